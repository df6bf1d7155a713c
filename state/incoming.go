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
}

const incomingModule = "eshopctl_incoming"

// InsertAll makes a row of each record. run is the import that writes.
func (w *catalogWriter) InsertAll(ctx context.Context, t *importer.Table, records iter.Seq2[importer.Record, error], run string) error {
	l := layoutOf(t)
	names, values, args := "store, account, "+l.names(), "?, ?, "+l.names(), []any{w.store, w.account}
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

// Holds reports whether the rows with the keys of the records hold exactly these.
func (w *catalogWriter) Holds(ctx context.Context, t *importer.Table, records iter.Seq2[importer.Record, error]) (holds bool, err error) {
	l := layoutOf(t)
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
			t.Name, strings.Join(same, " AND ")), w.account).Scan(&n)
		holds = n == f.read
		return unusable(w.path, err)
	})
	return holds, err
}

// feeding runs work while temp.incoming has the records.
func (w *catalogWriter) feeding(ctx context.Context, l layout, records iter.Seq2[importer.Record, error], work func(context.Context, *feed) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	f := w.db.incoming.feed(ctx, l, records)
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
// the one that inserts them at a time.
const batchRecords = 256

// feed is a sequence of records on its way into SQLite.
type feed struct {
	layout
	batches <-chan batch
	values  []vtab.Value // the rest of a batch, the current row first
	read    int
	err     error
}

// batch are the values of some records, as SQLite takes them.
type batch struct {
	values  []vtab.Value
	records int
	err     error
}

// feed makes records what the virtual table of l reads next.
func (m *incoming) feed(ctx context.Context, l layout, records iter.Seq2[importer.Record, error]) *feed {
	batches := make(chan batch, 4)
	go func() {
		defer close(batches)
		l.fill(ctx, batches, records)
	}()
	m.mu.Lock()
	defer m.mu.Unlock()
	f := &feed{layout: l, batches: batches}
	m.feeds[l.Name] = f
	return f
}

func (l layout) fill(ctx context.Context, batches chan<- batch, records iter.Seq2[importer.Record, error]) {
	next := batch{}
	send := func() bool {
		select {
		case batches <- next:
			next = batch{}
			return true
		case <-ctx.Done():
			return false
		}
	}
	for record, err := range records {
		if next.err = err; err == nil {
			if next.values == nil {
				next.values = make([]vtab.Value, 0, batchRecords*len(l.Columns))
			}
			for i, value := range record {
				next.values = append(next.values, argument(l.Columns[i], value))
			}
			next.records++
		}
		if (err != nil || next.records == batchRecords) && !send() || err != nil {
			return
		}
	}
	send()
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

// Filter goes to the first record.
func (f *feed) Filter(int, string, []vtab.Value) error { return f.load() }

// Next goes to the next record.
func (f *feed) Next() error {
	if f.values = f.values[len(f.Columns):]; len(f.values) > 0 {
		return nil
	}
	return f.load()
}

func (f *feed) load() error {
	next := <-f.batches // an empty one when it is closed
	f.values, f.err = next.values, next.err
	f.read += next.records
	return f.err
}

// Eof reports whether there is no current record.
func (f *feed) Eof() bool { return len(f.values) == 0 }

// Column gives a value of the current record.
func (f *feed) Column(i int) (vtab.Value, error) {
	return f.values[i], nil
}

// Rowid is not known.
func (f *feed) Rowid() (int64, error) { return 0, nil }

// Close does nothing.
func (f *feed) Close() error { return nil }

// opener opens connections that know the module.
type opener struct {
	driver *sqlite.Driver
	dsn    string
}

// newOpener returns what opens connections to the file named by dsn.
func newOpener(dsn string, module *incoming) (opener, error) {
	o := opener{&sqlite.Driver{}, dsn}
	return o, o.driver.RegisterModule(incomingModule, module)
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
