package load

import (
	"context"
	"errors"
	"iter"
	"sync"

	"github.com/eshopos/eshopctl/state/sqlite/memory"
	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

var errNoMemory = errors.New("SQLite has no memory left")

// feed is rows on their way into SQLite. A goroutine makes them ready; one connection
// takes them.
type feed struct {
	columns []string
	number  int64 // by which SQLite finds it
	cancel  context.CancelFunc
	batches chan *batch
	spent   chan *batch // to be filled again
	all     []*batch
	current *batch
	at      int // where the current row begins
	read    int // rows so far, with the current one and those behind it in its batch
	asked   int // rows of a table that were held against it
	err     error
}

// batchRows is how many rows a batch has at most, batchesAhead how many
// batches there are.
const (
	batchRows    = 256
	batchesAhead = 7
	batchText    = 64 << 10 // bytes of their texts, unless one row has more
)

// batch are the cells of some rows, one behind the other. Their texts stand in
// SQLite's memory, where it may look at them without a copy.
type batch struct {
	cells []Cell
	text  []byte // as long as it is filled
	err   error
}

// newFeed begins to make rows ready. The caller closes it.
func newFeed(ctx context.Context, rows Rows) *feed {
	f := &feed{columns: rows.Columns, batches: make(chan *batch, batchesAhead), spent: make(chan *batch, batchesAhead)}
	ctx, f.cancel = context.WithCancel(ctx)
	for range batchesAhead {
		b := &batch{cells: make([]Cell, 0, batchRows*len(rows.Columns))}
		f.all = append(f.all, b)
		f.spent <- b
	}
	go func() {
		defer close(f.batches)
		f.fillBatches(ctx, rows.Cells)
	}()
	f.nextBatch()
	f.number = feeds.addFeed(f)
	return f
}

// close ends the making ready, and frees its memory. Nobody may take any more.
func (f *feed) close() {
	feeds.removeFeed(f.number)
	f.cancel()
	for range f.batches { // until it has ended
	}
	tls := libc.NewTLS()
	defer tls.Close()
	for _, b := range f.all {
		b.freeText(tls)
	}
}

func (f *feed) fillBatches(ctx context.Context, rows iter.Seq2[[]Cell, error]) {
	tls := libc.NewTLS()
	defer tls.Close()
	next, last := <-f.spent, lastRow{make([]Cell, len(f.columns)), make([]Cell, len(f.columns))}
	for row, err := range rows {
		if err != nil {
			f.batches <- &batch{err: err}
			return
		}
		if size := textSize(row); !next.fitsRow(len(row), size) {
			if len(next.cells) > 0 {
				f.batches <- next
				select {
				case next = <-f.spent:
				case <-ctx.Done():
					return
				}
			}
			last.forgetCells()
			if err := next.makeRoom(tls, max(size+1, batchText)); err != nil {
				f.batches <- &batch{err: err}
				return
			}
		}
		next.addRow(row, last)
	}
	f.batches <- next
}

// lastRow is the one before in a batch, as it was given and as it stands there. Texts
// that stand in both are there once.
type lastRow struct{ given, cells []Cell }

func (l lastRow) forgetCells() {
	clear(l.given)
	clear(l.cells)
}

func textSize(row []Cell) (size int) {
	for i := range row {
		size += len(row[i].text)
	}
	return size
}

// fitsRow reports whether there is room for a row, and a byte more: an empty text
// stands somewhere, too.
func (b *batch) fitsRow(cells, size int) bool {
	return len(b.cells)+cells <= cap(b.cells) && len(b.text)+size < cap(b.text)
}

// makeRoom gives an empty batch memory for its texts, unless it has that. What a
// giant took is not kept.
func (b *batch) makeRoom(tls *libc.TLS, size int) error {
	if cap(b.text) >= size && (size > batchText || cap(b.text) == batchText) {
		return nil
	}
	b.freeText(tls)
	place := sqlite3.Xsqlite3_malloc(tls, int32(size))
	if place == 0 {
		return errNoMemory
	}
	b.text = memory.ListAt[byte](place, int32(size))[:0]
	return nil
}

func (b *batch) freeText(tls *libc.TLS) {
	if b.text != nil {
		sqlite3.Xsqlite3_free(tls, memory.AddressOfBytes(b.text))
		b.text = nil
	}
}

// addRow adds a row, for which there is room.
func (b *batch) addRow(row []Cell, last lastRow) {
	for i := range row {
		if row[i] != last.given[i] {
			last.given[i], last.cells[i] = row[i], b.placeCell(row[i])
		}
	}
	b.cells = append(b.cells, last.cells...)
}

// placeCell is a cell whose text stands in the batch.
func (b *batch) placeCell(of Cell) Cell {
	if of.kind != text {
		return of
	}
	from := len(b.text)
	b.text = append(b.text, of.text...)
	return TextCell(memory.TextOf(b.text[from:]))
}

// nextBatch goes to the next batch.
func (f *feed) nextBatch() {
	next, more := <-f.batches
	if f.current, f.at = next, 0; !more {
		f.current = &batch{}
	}
	f.err = f.current.err
	f.read += len(f.current.cells) / len(f.columns)
}

// hasRow reports whether there is a current row.
func (f *feed) hasRow() bool { return f.at < len(f.current.cells) }

// nextRow goes to the next row.
func (f *feed) nextRow() error {
	if f.at += len(f.columns); !f.hasRow() {
		f.current.cells, f.current.text = f.current.cells[:0], f.current.text[:0]
		f.spent <- f.current
		f.nextBatch()
	}
	return f.err
}

// feeds are those that SQLite may read, by the number that its table names: what it
// calls are functions of this package, which know no DB.
var feeds = registry{byNumber: map[int64]*feed{}}

type registry struct {
	mu       sync.Mutex
	last     int64
	byNumber map[int64]*feed
}

func (r *registry) addFeed(f *feed) (number int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last++
	r.byNumber[r.last] = f
	return r.last
}

func (r *registry) removeFeed(number int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.byNumber, number)
}

func (r *registry) feedOf(number int64) *feed {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.byNumber[number]
}
