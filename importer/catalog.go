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
	// ImportedSnapshot gives the snapshot that a table was brought to last, or
	// ErrNotKept when nothing was imported yet.
	ImportedSnapshot(ctx context.Context, t *Table) (Snapshot, error)
	// LastReadSnapshots gives, by the columns that Imported was read without, the snapshots that
	// brought them last; nil is one that never was, and of a column that is not in it
	// nobody knows.
	LastReadSnapshots(ctx context.Context, t *Table) (map[string]Snapshot, error)
	// Deviations gives the rows of a table that need not hold what Imported
	// says, in the order of their keys.
	Deviations(ctx context.Context, t *Table) iter.Seq2[Deviation, error]
	// FindRow gives the row with that key; ok is false when there is none.
	FindRow(ctx context.Context, t *Table, key string) (row Row, ok bool, err error)
	// RowOf gives the row that a change is about; ok is false when there is none.
	RowOf(ctx context.Context, change Change) (row Row, ok bool, err error)
	// CountRows is how many rows the table has, of whatever account.
	CountRows(ctx context.Context, t *Table) (int, error)
	// IsTableEmpty reports whether the table holds no row of the account.
	IsTableEmpty(ctx context.Context, t *Table) (bool, error)
	// Rows gives the rows of a table in the order of their keys.
	Rows(ctx context.Context, t *Table) iter.Seq2[Row, error]
	// RowsNaming gives the rows of the account that name one of these records in a
	// column, in the order of their keys.
	RowsNaming(ctx context.Context, t *Table, column int, ids []string) iter.Seq2[Row, error]
	// UnlinkedRows gives the rows of the store that no record of this account stands
	// for, nor one of another provider.
	UnlinkedRows(ctx context.Context, t *Table) iter.Seq2[Row, error]
	// StoodFor gives the local ids of the warehouses that ever stood for a location
	// of the account, the newest first, "" for those that are not there any more.
	StoodFor(ctx context.Context, location string) ([]string, error)
	// FormerShops names the shops of other accounts of the provider whose products the
	// store holds and does not count as missing yet.
	FormerShops(ctx context.Context) ([]string, error)
}

// Catalog can be written, in one transaction at a time.
type Catalog interface {
	CatalogReader
	// InTransaction runs work in one transaction and commits when it returns nil. An
	// error of the commit itself is an *UnknownOutcomeError.
	InTransaction(ctx context.Context, work func(CatalogWriter) error) error
}

// CatalogWriter is the catalogue inside a transaction; what it reads includes
// what it wrote.
type CatalogWriter interface {
	CatalogReader
	// InsertAll makes a row of each record. run is the import that writes. A row
	// that is there already is ErrRowExists.
	InsertAll(ctx context.Context, t *Table, records iter.Seq2[Record, error], run string) error
	// HoldsRecords reports whether the rows with the keys of the records, which come in
	// their order, hold exactly these, and counts all rows as Count does. most says
	// that the records are most of the table.
	HoldsRecords(ctx context.Context, t *Table, records iter.Seq2[Record, error], most bool) (holds bool, rows int, err error)
	// FirstAbsent gives the first of these records that has no row, "" when all have.
	FirstAbsent(ctx context.Context, t *Table, ids []string) (string, error)
	// FirstDangling gives one of these records, or of all when ids is nil, that a row of t
	// names as this parent although it has no row, and none of those that may lack one;
	// "" when there is none. Rows of all accounts of the store count.
	FirstDangling(ctx context.Context, t *Table, parent Parent, ids, may []string) (string, error)
	// UpdateRow gives the row new content, links it to the record's key and takes
	// the mark of a missing row away. Where another row has that key it is
	// ErrRowExists.
	UpdateRow(ctx context.Context, t *Table, row Row, record Record, run string) error
	// MarkMissing marks the row missing and gives it the content of record.
	MarkMissing(ctx context.Context, t *Table, row Row, record Record, run string) error
	RemoveRow(ctx context.Context, t *Table, row Row) error
	// NoteUnread notes columns that Imported brought, if it ever was, and that are not read
	// any more.
	NoteUnread(ctx context.Context, t *Table, fields []string) error
	// NoteBrought notes that a table is brought to the snapshot of that run, which was read
	// without some columns, and forgets which rows were left alone. Leave then notes those that are, and
	// Forget forgets edits up to the given one. An edit stays known where a row is
	// left alone that cannot be compared with what was imported.
	NoteBrought(ctx context.Context, t *Table, snapshot string, without []string) error
	NoteLeftAlone(ctx context.Context, t *Table, key string, imported Record) error
	ForgetEdits(ctx context.Context, t *Table, edits int64) error
	// DropSnapshot forgets the snapshot of a run, and that tables were brought to it.
	DropSnapshot(ctx context.Context, run string) error
	// FinishRun records the end of the run and that the catalogue is as of asOf
	// for the resources, in the same transaction.
	FinishRun(ctx context.Context, run Run, resources []connector.Resource, asOf time.Time) error
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
