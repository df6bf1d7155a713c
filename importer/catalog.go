package importer

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Row is one row of the catalogue.
type Row struct {
	Key     string // "" for a row that belongs to no shop record
	LocalID string // "" when the table has none
	Record  Record
	Missing bool // the shop did not show it any more
	Foreign bool // it was imported from another external account of the provider
	Linked  bool // it was imported from this one
	Astray  bool // somebody put it into another store, where it does not belong
}

// Deviation is a row that need not hold what the last imported snapshot says: it
// was edited here, left alone by an import, or is missing in the shop.
type Deviation struct {
	Key      string
	Edited   bool   // touched by somebody else since
	Found    bool   // touched by nobody that is known, as a reconciliation found
	Left     bool   // the last import left the row alone
	Imported Record // what was imported last into a row left alone; nil: unknown
}

// CatalogReader sees the catalogue of one store as linked to one external
// account. It has no method that writes.
type CatalogReader interface {
	// Serial counts the writes to the store's catalogue by eshopctl, and edits
	// those by others to rows of the account.
	Serial(ctx context.Context) (serial, edits int64, err error)
	// Imported gives the snapshot that a table was brought to last, or
	// ErrNotKept when nothing was imported yet.
	Imported(ctx context.Context, t *Table) (Snapshot, error)
	// LastRead gives, by the columns that Imported was read without, the snapshots that
	// brought them last; nil is one that never was, and of a column that is not in it
	// nobody knows.
	LastRead(ctx context.Context, t *Table) (map[string]Snapshot, error)
	// Deviations gives the rows of a table that need not hold what Imported
	// says, in the order of their keys.
	Deviations(ctx context.Context, t *Table) iter.Seq2[Deviation, error]
	// Find gives the row with that key; ok is false when there is none.
	Find(ctx context.Context, t *Table, key string) (row Row, ok bool, err error)
	// Row gives the row that a change is about; ok is false when there is none.
	Row(ctx context.Context, change Change) (row Row, ok bool, err error)
	// Count is how many rows the table has, of whatever account.
	Count(ctx context.Context, t *Table) (int, error)
	// Empty reports whether the table holds no row of the account.
	Empty(ctx context.Context, t *Table) (bool, error)
	// Rows gives the rows of a table in the order of their keys.
	Rows(ctx context.Context, t *Table) iter.Seq2[Row, error]
	// Referring gives the rows of the account that name one of these records in a
	// column, in the order of their keys.
	Referring(ctx context.Context, t *Table, column int, ids []string) iter.Seq2[Row, error]
	// Unlinked gives the rows of the store that no record of this account stands
	// for, nor one of another provider.
	Unlinked(ctx context.Context, t *Table) iter.Seq2[Row, error]
	// StoodFor gives the local ids of the warehouses that ever stood for a location
	// of the account, the newest first, "" for those that are not there any more.
	StoodFor(ctx context.Context, location string) ([]string, error)
	// Former names the shops of other accounts of the provider whose products the
	// store holds and does not count as missing yet.
	Former(ctx context.Context) ([]string, error)
}

// Catalog can be written, in one transaction at a time.
type Catalog interface {
	CatalogReader
	// Apply runs work in one transaction and commits when it returns nil. An
	// error of the commit itself is an *UnknownOutcomeError.
	Apply(ctx context.Context, work func(CatalogWriter) error) error
}

// CatalogWriter is the catalogue inside a transaction; what it reads includes
// what it wrote.
type CatalogWriter interface {
	CatalogReader
	// InsertAll makes a row of each record. run is the import that writes. A row
	// that is there already is ErrRowExists.
	InsertAll(ctx context.Context, t *Table, records iter.Seq2[Record, error], run string) error
	// Holds reports whether the rows with the keys of the records, which come in
	// their order, hold exactly these, and counts all rows as Count does. most says
	// that the records are most of the table.
	Holds(ctx context.Context, t *Table, records iter.Seq2[Record, error], most bool) (holds bool, rows int, err error)
	// Absent gives the first of these records that has no row, "" when all have.
	Absent(ctx context.Context, t *Table, ids []string) (string, error)
	// Dangling gives one of these records, or of all when ids is nil, that a row of t
	// names as this parent although it has no row, and none of those that may lack one;
	// "" when there is none. Rows of all accounts of the store count.
	Dangling(ctx context.Context, t *Table, parent Parent, ids, may []string) (string, error)
	// Update gives the row new content, links it to the record's key and takes
	// the mark of a missing row away. Where another row has that key it is
	// ErrRowExists.
	Update(ctx context.Context, t *Table, row Row, record Record, run string) error
	// Miss marks the row missing and gives it the content of record.
	Miss(ctx context.Context, t *Table, row Row, record Record, run string) error
	Remove(ctx context.Context, t *Table, row Row) error
	// Unread notes columns that Imported brought, if it ever was, and that are not read
	// any more.
	Unread(ctx context.Context, t *Table, fields []string) error
	// Brought notes that a table is brought to the snapshot of that run, which was read
	// without some columns, and forgets which rows were left alone. Leave then notes those that are, and
	// Forget forgets edits up to the given one. An edit stays known where a row is
	// left alone that cannot be compared with what was imported.
	Brought(ctx context.Context, t *Table, snapshot string, without []string) error
	Leave(ctx context.Context, t *Table, key string, imported Record) error
	Forget(ctx context.Context, t *Table, edits int64) error
	// Drop forgets the snapshot of a run, and that tables were brought to it.
	Drop(ctx context.Context, run string) error
	// Finish records the end of the run and that the catalogue is as of asOf
	// for the resources, in the same transaction.
	Finish(ctx context.Context, run Run, resources []connector.Resource, asOf time.Time) error
}

// ErrRowExists means that another row has the key that one is to get.
var ErrRowExists = errors.New("there is such a row already")

// UnknownOutcomeError says that a commit reported an error: it may or may not
// have happened. The caller must reopen the state and look.
type UnknownOutcomeError struct{ Err error }

func (e *UnknownOutcomeError) Error() string {
	return "the commit reported an error, so it is not known whether it happened: " + e.Err.Error()
}

// Unwrap returns the driver's error.
func (e *UnknownOutcomeError) Unwrap() error { return e.Err }
