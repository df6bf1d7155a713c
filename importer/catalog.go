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
	Key     string // "" for a row that is linked to no record of a shop
	LocalID string // "" when the table has none
	Record  Record
	Missing bool // the shop did not show it any more
	Foreign bool // it is linked to a record of another external account of the provider
	Linked  bool // it is linked to a record of this account
	Astray  bool // it is linked to this account, but somebody moved it to another store
}

// Deviation is a row that may differ from the snapshot that was imported last.
type Deviation struct {
	Key      string
	Edited   bool   // touched by somebody else since
	Found    bool   // a reconciliation found that it differs, though no edit of it is known
	Left     bool   // the last import left the row alone
	Imported Record // what was imported last into a row left alone; nil: unknown
}

// CatalogReader reads the catalogue of one store as linked to one external account. It has
// no method that writes.
type CatalogReader interface {
	// Serial returns how many times eshopctl has written the store's catalogue, and how
	// many edits others have made to rows of the account.
	Serial(ctx context.Context) (serial, edits int64, err error)
	// ImportedSnapshot returns the snapshot from which the rows of a table were imported
	// last, or ErrNotKept when nothing was imported yet.
	ImportedSnapshot(ctx context.Context, t *Table) (Snapshot, error)
	// LastReadSnapshots is about the columns that ImportedSnapshot was read without. It
	// returns, by column name, the snapshot from which the column was imported last: nil if
	// it never was. A column that is not in the map was imported from a snapshot that is
	// not kept.
	LastReadSnapshots(ctx context.Context, t *Table) (map[string]Snapshot, error)
	// Deviations yields the rows of a table that may differ from ImportedSnapshot, in the
	// order of their keys.
	Deviations(ctx context.Context, t *Table) iter.Seq2[Deviation, error]
	// FindRow returns the row with that key; ok is false if there is none.
	FindRow(ctx context.Context, t *Table, key string) (row Row, ok bool, err error)
	// RowOf returns the row that a change is about; ok is false if there is none.
	RowOf(ctx context.Context, change Change) (row Row, ok bool, err error)
	// CountRows counts all rows of the table, of every account.
	CountRows(ctx context.Context, t *Table) (int, error)
	// IsTableEmpty reports whether the table has no row of this account.
	IsTableEmpty(ctx context.Context, t *Table) (bool, error)
	// Rows yields the rows of the account in the order of their keys.
	Rows(ctx context.Context, t *Table) iter.Seq2[Row, error]
	// RowsNaming yields the rows of the account that refer to one of these records in a
	// column, in the order of their keys.
	RowsNaming(ctx context.Context, t *Table, column int, ids []string) iter.Seq2[Row, error]
	// UnlinkedRows yields the rows of the store that are not linked to a record of this
	// account, nor to one of another provider.
	UnlinkedRows(ctx context.Context, t *Table) iter.Seq2[Row, error]
	// StoodFor returns the local ids of the warehouses that are or were linked to a
	// location of the account, newest first, with "" for each that has been deleted.
	StoodFor(ctx context.Context, location string) ([]string, error)
	// FormerShops returns the domains of the shops of other accounts of this provider whose
	// products are in the store and not marked missing yet.
	FormerShops(ctx context.Context) ([]string, error)
}

// Catalog is a catalogue that can be written, by one transaction at a time.
type Catalog interface {
	CatalogReader
	// InTransaction calls work in one transaction and commits it if work returns nil. If
	// the commit itself fails the error is an *UnknownOutcomeError.
	InTransaction(ctx context.Context, work func(CatalogWriter) error) error
}

// CatalogWriter is a catalogue inside a transaction. It reads what it has written.
type CatalogWriter interface {
	CatalogReader
	// InsertAll inserts a row for each record; run is the id of the run that writes. It
	// returns ErrRowExists if a row with the same key exists.
	InsertAll(ctx context.Context, t *Table, records iter.Seq2[Record, error], run string) error
	// HoldsRecords reports whether the rows with the keys of the records are equal to these
	// records, which come in key order. It also returns what CountRows would. most says
	// that the records make up most of the table, which decides how they are looked up.
	HoldsRecords(ctx context.Context, t *Table, records iter.Seq2[Record, error], most bool) (holds bool, rows int, err error)
	// FirstAbsent returns the first of these ids without a row in t, "" if all have one.
	FirstAbsent(ctx context.Context, t *Table, ids []string) (string, error)
	// FirstDangling returns an id to which a row of t refers as this parent although it has
	// no row, "" if there is none. It looks only for ids, or for any if ids is nil, and
	// never for those in may. Rows of all accounts of the store are looked at.
	FirstDangling(ctx context.Context, t *Table, parent Parent, ids, may []string) (string, error)
	// UpdateRow gives the row the content of record, links it to the record's key and
	// clears its missing mark. It returns ErrRowExists if another row has that key.
	UpdateRow(ctx context.Context, t *Table, row Row, record Record, run string) error
	// MarkMissing marks the row missing and gives it the content of record.
	MarkMissing(ctx context.Context, t *Table, row Row, record Record, run string) error
	RemoveRow(ctx context.Context, t *Table, row Row) error
	// NoteUnread remembers from which snapshot columns were imported last that are not read
	// any more.
	NoteUnread(ctx context.Context, t *Table, fields []string) error
	// NoteBrought remembers that the table was imported from the snapshot of that run,
	// which was read without some columns. It forgets which rows were left alone.
	NoteBrought(ctx context.Context, t *Table, snapshot string, without []string) error
	// NoteLeftAlone remembers a row that the import leaves as it is, and what was imported
	// into it last; nil if that is not known.
	NoteLeftAlone(ctx context.Context, t *Table, key string, imported Record) error
	// ForgetEdits forgets the edits up to a number that Serial returned. Edits of a row
	// that was left alone stay if it is not known what was imported into it.
	ForgetEdits(ctx context.Context, t *Table, edits int64) error
	// DropSnapshot forgets the snapshot of a run, and that tables were imported from it.
	DropSnapshot(ctx context.Context, run string) error
	// FinishRun records the end of the run, and that the data of the resources is as of
	// asOf.
	FinishRun(ctx context.Context, run Run, resources []connector.Resource, asOf time.Time) error
}

// ErrRowExists means that another row has the key that was to be given to a row.
var ErrRowExists = errors.New("there is such a row already")

// UnknownOutcomeError is the error of a commit that failed: whether it happened is not
// known. The caller must reopen the state and look.
type UnknownOutcomeError struct{ Err error }

func (e *UnknownOutcomeError) Error() string {
	return "the commit reported an error, so it is not known whether it happened: " + e.Err.Error()
}

// Unwrap returns the driver's error.
func (e *UnknownOutcomeError) Unwrap() error { return e.Err }
