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

// feed passes rows to SQLite. A goroutine prepares them in batches; one connection reads
// them.
type feed struct {
	columns []string
	number  int64 // under which it is registered
	cancel  context.CancelFunc
	batches chan *batch
	spent   chan *batch // batches to reuse
	all     []*batch
	current *batch
	at      int // index of the current row's first cell
	read    int // rows so far, including all rows of the current batch
	asked   int // rows of a table that were compared
	err     error
}

// batchRows is how many rows a batch has at most, batchesAhead how many
// batches there are.
const (
	batchRows    = 256
	batchesAhead = 7
	batchText    = 64 << 10 // bytes of their texts, unless one row has more
)

// batch is the cells of some rows, one after the other. Their texts are in memory of
// SQLite, which can use them without a copy.
type batch struct {
	cells []Cell
	text  []byte // the texts
	err   error
}

// newFeed starts preparing rows. The caller closes the feed.
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

// close stops the preparation and frees the memory. Nobody may read any more.
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

// lastRow is the previous row of a batch, as it was given and as it is in the batch. Equal
// texts in successive rows share memory.
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

// fitsRow reports whether there is room for a row, and one more byte: even an empty text
// has an address.
func (b *batch) fitsRow(cells, size int) bool {
	return len(b.cells)+cells <= cap(b.cells) && len(b.text)+size < cap(b.text)
}

// makeRoom allocates memory for texts, unless the batch has enough. Memory for an unusually
// large row is not kept.
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

// addRow adds a row, for which there must be room.
func (b *batch) addRow(row []Cell, last lastRow) {
	for i := range row {
		if row[i] != last.given[i] {
			last.given[i], last.cells[i] = row[i], b.placeCell(row[i])
		}
	}
	b.cells = append(b.cells, last.cells...)
}

// placeCell returns a cell whose text is in the batch.
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

// feeds are the open feeds by number. SQLite passes the number to functions of this package,
// which have no other way to find a feed.
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
