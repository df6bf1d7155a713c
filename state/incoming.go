package state

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
	"modernc.org/sqlite/vtab"

	"github.com/eshopos/eshopctl/importer"
)

// incoming lets SQLite read records of an import as if they were a table, so
// that one INSERT ... SELECT makes all new rows: about twice as fast as a
// statement for each. A virtual table of that module is named after the table
// that it feeds, and reads what was fed last.
type incoming struct {
	mu    sync.Mutex
	feeds map[string]*feed

	beside atomic.Pointer[feed] // what rows are compared with, one by one
}

const (
	incomingModule = "eshopctl_incoming"
	isNext         = "eshopctl_is_next" // an SQL function, see feed.isNext
)

// InsertAll makes a row of each record. run is the import that writes. All columns
// are named in their order, so that SQLite need not put them into it row by row.
func (w *catalogWriter) InsertAll(ctx context.Context, t *importer.Table, records iter.Seq2[importer.Record, error], run string) error {
	l := layoutOf(t)
	names, values, args := "store, account, "+l.names(), "?, ?, "+l.names(), []any{w.store, w.account}
	if l.Local {
		names, values = "id, "+names, "NULL, "+values
	}
	if l.Kept {
		names, values = names+", missing_since", values+", NULL"
	}
	if l.createdRun {
		names, values, args = names+", created_run", values+", ?", append(args, run)
	}
	if l.updatedRun {
		names, values, args = names+", updated_run", values+", ?", append(args, run)
	}
	err := w.feeding(ctx, l, records, func(ctx context.Context, _ *feed) error {
		return w.exec(ctx, fmt.Sprintf("INSERT INTO main.%s (%s) SELECT %s FROM temp.incoming", t.Name, names, values), args...)
	})
	if isConstraint(err) {
		return fmt.Errorf("%w: %w", importer.ErrRowExists, err)
	}
	return err
}

// Holds reports whether the rows with the keys of the records hold exactly these,
// and how many rows the table has, of whatever account. A few are looked up; where
// they are most of the table, its rows are gone through beside them, which have the
// same order. Meanwhile the log goes to the disk.
func (w *catalogWriter) Holds(ctx context.Context, t *importer.Table, records iter.Seq2[importer.Record, error], most bool) (holds bool, rows int, err error) {
	var synced errgroup.Group
	synced.Go(w.db.syncLog)
	if l := layoutOf(t); most {
		holds, rows, err = w.goesThrough(ctx, l, records)
	} else {
		holds, rows, err = w.looksUp(ctx, l, records)
	}
	return holds, rows, cmp.Or(err, unusable(w.path, synced.Wait()))
}

func (w *catalogWriter) looksUp(ctx context.Context, l layout, records iter.Seq2[importer.Record, error]) (holds bool, rows int, err error) {
	same := make([]string, len(l.Columns))
	for i, column := range l.Columns {
		operator := "IS"
		if slices.Contains(l.Keys, i) {
			operator = "="
		}
		same[i] = fmt.Sprintf("held.%s %s incoming.%s", column.Name, operator, column.Name)
	}
	err = w.feeding(ctx, l, records, func(ctx context.Context, f *feed) error {
		var n int
		err := w.from.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM temp.incoming CROSS JOIN main.%s AS held WHERE held.account = ? AND %s",
			l.Name, strings.Join(same, " AND ")), w.account).Scan(&n)
		holds = n == f.read
		return unusable(w.path, err)
	})
	if err == nil {
		rows, err = w.Count(ctx, l.Table)
	}
	return holds, rows, err
}

// goesThrough goes through the rows by their key, whatever other index somebody
// made. Each row of the account is asked about, which counts them.
func (w *catalogWriter) goesThrough(ctx context.Context, l layout, records iter.Seq2[importer.Record, error]) (holds bool, rows int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	f := w.db.incoming.feed(ctx, l, records)
	w.db.incoming.beside.Store(f)
	defer w.db.incoming.forget(f)
	var n, others int
	err = w.from.QueryRowContext(ctx, fmt.Sprintf("SELECT count(*) FROM main.%s INDEXED BY sqlite_autoindex_%s_1 WHERE account = ? AND %s(%s)",
		l.Name, l.Name, isNext, l.names()), w.account).Scan(&n)
	if err == nil {
		err = w.from.QueryRowContext(ctx, fmt.Sprintf("SELECT (SELECT count(*) FROM main.%s WHERE account < ?1) + (SELECT count(*) FROM main.%s WHERE account > ?1)",
			l.Name, l.Name), w.account).Scan(&others)
	}
	return n == f.read, f.asked + others, cmp.Or(f.err, unusable(w.path, err))
}

// feeding runs work while temp.incoming has the records.
func (w *catalogWriter) feeding(ctx context.Context, l layout, records iter.Seq2[importer.Record, error], work func(context.Context, *feed) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	f := w.db.incoming.feed(ctx, l, records)
	defer w.db.incoming.forget(f)
	if _, err := w.tx.ExecContext(ctx, fmt.Sprintf("CREATE VIRTUAL TABLE temp.incoming USING %s(%s)", incomingModule, l.Name)); err != nil {
		return unusable(w.path, err)
	}
	if err := work(ctx, f); err != nil || f.err != nil {
		return cmp.Or(f.err, err)
	}
	_, err := w.tx.ExecContext(ctx, "DROP TABLE temp.incoming")
	return unusable(w.path, err)
}

func isConstraint(err error) bool {
	var failure *sqlite.Error
	return errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}

// batchRecords is how many records go from the goroutine that unpacks them to
// the one that inserts them at a time, batchesAhead how many batches there are.
const (
	batchRecords = 256
	batchesAhead = 6
)

// feed is a sequence of records on its way into SQLite.
type feed struct {
	layout
	batches chan batch
	spent   chan batch // to be filled again
	current batch
	at      int // where the current record begins
	read    int // records so far, with the current one and those behind it in its batch
	asked   int // rows that were held against it
	err     error
}

// batch are the values of some records, one behind the other, as SQLite takes them.
type batch struct {
	values []vtab.Value
	err    error
}

// feed makes records what the virtual table of l reads next.
func (m *incoming) feed(ctx context.Context, l layout, records iter.Seq2[importer.Record, error]) *feed {
	f := &feed{layout: l, batches: make(chan batch, batchesAhead), spent: make(chan batch, batchesAhead)}
	for range batchesAhead {
		f.spent <- batch{values: make([]vtab.Value, 0, batchRecords*len(l.Columns))}
	}
	go func() {
		defer close(f.batches)
		f.fill(ctx, records)
	}()
	f.load()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.feeds[l.Name] = f
	return f
}

// forget lets the records go.
func (m *incoming) forget(f *feed) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.feeds, f.Name)
	m.beside.Store(nil)
}

// fill sends the records in batches. A value that stands in the record before as
// well is made ready for SQLite only once.
func (f *feed) fill(ctx context.Context, records iter.Seq2[importer.Record, error]) {
	before, ready := make(importer.Record, len(f.Columns)), make([]vtab.Value, len(f.Columns))
	next := <-f.spent
	for record, err := range records {
		if err != nil {
			f.batches <- batch{err: err}
			return
		}
		for i, value := range record {
			if value != before[i] {
				before[i], ready[i] = value, argument(f.Columns[i], value)
			}
		}
		if next.values = append(next.values, ready...); len(next.values) < cap(next.values) {
			continue
		}
		f.batches <- next
		select {
		case next = <-f.spent:
		case <-ctx.Done():
			return
		}
	}
	f.batches <- next
}

// Create is Connect: the table has nothing of its own.
func (m *incoming) Create(ctx vtab.Context, args []string) (vtab.Table, error) {
	return m.Connect(ctx, args)
}

// Connect makes a table that reads what was fed for the catalogue table named by
// its argument.
func (m *incoming) Connect(ctx vtab.Context, args []string) (vtab.Table, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.feeds[args[len(args)-1]]
	if f == nil {
		return nil, fmt.Errorf("nothing was fed for %s", strings.Join(args, " "))
	}
	return f, ctx.Declare("CREATE TABLE incoming (" + f.names() + ")")
}

// BestIndex has no choice: the records come once, in their order.
func (f *feed) BestIndex(*vtab.IndexInfo) error { return nil }

// Open begins to read.
func (f *feed) Open() (vtab.Cursor, error) { return f, nil }

// Disconnect does nothing.
func (f *feed) Disconnect() error { return nil }

// Destroy does nothing.
func (f *feed) Destroy() error { return nil }

// Filter is at the first record already.
func (f *feed) Filter(int, string, []vtab.Value) error { return f.err }

// Next goes to the next record.
func (f *feed) Next() error {
	if f.at += len(f.Columns); !f.left() {
		clear(f.current.values) // the texts go with their chunks
		f.spent <- batch{values: f.current.values[:0]}
		f.load()
	}
	return f.err
}

// isNext reports whether a row is the current record, and goes on if it is. So a
// record that the rows do not have, or have otherwise, holds up all that follow it.
func (f *feed) isNext(row []driver.Value) (bool, error) {
	if f == nil {
		return false, nil
	}
	f.asked++
	if !f.left() || !slices.Equal(f.current.values[f.at:f.at+len(f.Columns)], row) {
		return false, nil
	}
	return true, f.Next()
}

// left reports whether there is a current record.
func (f *feed) left() bool { return f.at < len(f.current.values) }

func (f *feed) load() {
	f.current, f.at = <-f.batches, 0 // an empty one when it is closed
	f.err = f.current.err
	f.read += len(f.current.values) / len(f.Columns)
}

// Eof reports whether there is no current record.
func (f *feed) Eof() bool { return !f.left() }

// Column gives a value of the current record.
func (f *feed) Column(i int) (vtab.Value, error) {
	return f.current.values[f.at+i], nil
}

// Rowid is not known.
func (f *feed) Rowid() (int64, error) { return 0, nil }

// Close does nothing.
func (f *feed) Close() error { return nil }

// opener opens connections that know the module and the function.
type opener struct {
	driver *sqlite.Driver
	dsn    string
}

// newOpener returns what opens connections to the file named by dsn.
func newOpener(dsn string, module *incoming) (opener, error) {
	o := opener{&sqlite.Driver{}, dsn}
	return o, errors.Join(o.driver.RegisterModule(incomingModule, module), o.driver.RegisterFunction(isNext, &sqlite.FunctionImpl{
		NArgs: -1,
		Scalar: func(_ *sqlite.FunctionContext, row []driver.Value) (driver.Value, error) {
			return module.beside.Load().isNext(row)
		},
		// The row is only looked at where it lies in SQLite's memory; the driver would
		// copy texts, up to a zero byte.
		VolatileArgs: true,
	}))
}

// Connect opens a connection.
func (o opener) Connect(ctx context.Context) (driver.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return o.driver.Open(o.dsn)
}

// Driver returns the driver.
func (o opener) Driver() driver.Driver { return o.driver }
