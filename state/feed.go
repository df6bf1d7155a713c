package state

import (
	"context"
	"iter"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/eshopos/eshopctl/importer"
)

// feed is a sequence of records on its way into SQLite. A goroutine makes them
// ready; one connection takes them.
type feed struct {
	layout
	number  int64 // by which SQLite finds it
	cancel  context.CancelFunc
	batches chan *batch
	spent   chan *batch // to be filled again
	all     []*batch
	current *batch
	at      int // where the current record begins
	read    int // records so far, with the current one and those behind it in its batch
	asked   int // rows that were held against it
	err     error
}

// batchRecords is how many records a batch has at most, batchesAhead how many
// batches there are.
const (
	batchRecords = 256
	batchesAhead = 7
	batchText    = 64 << 10 // bytes of their texts, unless one record has more
)

// batch are the values of some records, one behind the other. Their texts stand in
// SQLite's memory, where it may look at them without a copy.
type batch struct {
	cells []cell
	text  []byte // as long as it is filled
	err   error
}

// cell is a value as SQLite takes it.
type cell struct {
	kind   kind
	number int64
	text   string // in the memory of its batch
}

type kind uint8

const (
	absent kind = iota
	whole
	text
)

// newFeed begins to make records ready. The caller closes it.
func newFeed(ctx context.Context, l layout, records iter.Seq2[importer.Record, error]) *feed {
	f := &feed{layout: l, batches: make(chan *batch, batchesAhead), spent: make(chan *batch, batchesAhead)}
	ctx, f.cancel = context.WithCancel(ctx)
	for range batchesAhead {
		b := &batch{cells: make([]cell, 0, batchRecords*len(l.Columns))}
		f.all = append(f.all, b)
		f.spent <- b
	}
	go func() {
		defer close(f.batches)
		f.fill(ctx, records)
	}()
	f.load()
	f.number = feeds.add(f)
	return f
}

// close ends the making ready, and frees its memory. Nobody may take any more.
func (f *feed) close() {
	feeds.remove(f.number)
	f.cancel()
	for range f.batches { // until it has ended
	}
	tls := libc.NewTLS()
	defer tls.Close()
	for _, b := range f.all {
		b.free(tls)
	}
}

func (f *feed) fill(ctx context.Context, records iter.Seq2[importer.Record, error]) {
	tls := libc.NewTLS()
	defer tls.Close()
	next, last := <-f.spent, lastRecord{make(importer.Record, len(f.Columns)), make([]cell, len(f.Columns))}
	for record, err := range records {
		if err != nil {
			f.batches <- &batch{err: err}
			return
		}
		if size := textSize(record); !next.fits(len(record), size) {
			if len(next.cells) > 0 {
				f.batches <- next
				select {
				case next = <-f.spent:
				case <-ctx.Done():
					return
				}
			}
			last.forget()
			if err := next.makeRoom(tls, max(size+1, batchText)); err != nil {
				f.batches <- &batch{err: err}
				return
			}
		}
		next.add(f.Columns, record, last)
	}
	f.batches <- next
}

// lastRecord is the one before in a batch. Values that stand in both are made ready
// once.
type lastRecord struct {
	values importer.Record
	cells  []cell
}

func (l lastRecord) forget() {
	clear(l.values)
	clear(l.cells)
}

func textSize(record importer.Record) (size int) {
	for _, value := range record {
		size += len(value.Text())
	}
	return size
}

// fits reports whether there is room for a record, and a byte more: an empty text
// stands somewhere, too.
func (b *batch) fits(values, size int) bool {
	return len(b.cells)+values <= cap(b.cells) && len(b.text)+size < cap(b.text)
}

// makeRoom gives an empty batch memory for its texts, unless it has that. What a
// giant took is not kept.
func (b *batch) makeRoom(tls *libc.TLS, size int) error {
	if cap(b.text) >= size && (size > batchText || cap(b.text) == batchText) {
		return nil
	}
	b.free(tls)
	memory := sqlite3.Xsqlite3_malloc(tls, int32(size))
	if memory == 0 {
		return errNoMemory
	}
	b.text = listAt[byte](memory, int32(size))[:0]
	return nil
}

func (b *batch) free(tls *libc.TLS) {
	if b.text != nil {
		sqlite3.Xsqlite3_free(tls, addressOfBytes(b.text))
		b.text = nil
	}
}

// add adds a record, for which there is room.
func (b *batch) add(columns []importer.Column, record importer.Record, last lastRecord) {
	for i, value := range record {
		if value != last.values[i] {
			last.values[i], last.cells[i] = value, b.cell(columns[i], value)
		}
	}
	b.cells = append(b.cells, last.cells...)
}

func (b *batch) cell(column importer.Column, value importer.Value) cell {
	if !value.Present() {
		return cell{}
	}
	if number, is := number(column, value); is {
		return cell{kind: whole, number: number}
	}
	from := len(b.text)
	b.text = append(b.text, value.Text()...)
	return cell{kind: text, text: textOf(b.text[from:])}
}

// load goes to the next batch.
func (f *feed) load() {
	next, more := <-f.batches
	if f.current, f.at = next, 0; !more {
		f.current = &batch{}
	}
	f.err = f.current.err
	f.read += len(f.current.cells) / len(f.Columns)
}

// left reports whether there is a current record.
func (f *feed) left() bool { return f.at < len(f.current.cells) }

// next goes to the next record.
func (f *feed) next() error {
	if f.at += len(f.Columns); !f.left() {
		f.current.cells, f.current.text = f.current.cells[:0], f.current.text[:0]
		f.spent <- f.current
		f.load()
	}
	return f.err
}
