package job

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// The ports in this file are for showing things. They see the last commit and write nothing,
// except Upkeep.Backup.

// Rows lists the rows of the catalogue, of all accounts.
type Rows interface {
	// ListRows yields the rows that a filter chooses, ordered by external id, with the
	// columns of importer.ListColumns, followed by importer.NameColumns if the filter asks
	// for names.
	ListRows(ctx context.Context, t *importer.Table, filter importer.ListFilter) iter.Seq2[importer.Record, error]
	// CountRows counts the rows that a filter chooses, regardless of its limit, and SumRows
	// adds them up.
	CountRows(ctx context.Context, t *importer.Table, filter importer.ListFilter) (int, error)
	SumRows(ctx context.Context, t *importer.Table, filter importer.ListFilter) (importer.Sums, error)
	// RecordName returns what people call a record, "" if it has no row or no name.
	RecordName(ctx context.Context, of connector.ID, t *importer.Table, key string) string
}

// PastRuns are the stored runs and what they made.
type PastRuns interface {
	// Runs returns runs, newest first. A run whose process died counts as interrupted.
	Runs(ctx context.Context, filter importer.RunFilter) ([]importer.Run, error)
	// Run returns a run by its id, by a beginning of it that no other has, or by "latest",
	// of one store or of all if store is "". The error may be importer.ErrNoRun or
	// ErrSeveralRuns.
	Run(ctx context.Context, store, id string) (importer.Run, error)
	// LastRun returns the newest run of a kind of a connector, nil if there is none.
	LastRun(ctx context.Context, of connector.ID, kind importer.Kind) (*importer.Run, error)
	RunOutput
}

// RunOutput is what runs made. Old output is dropped; then the error is
// importer.ErrNotKept.
type RunOutput interface {
	Plan(ctx context.Context, run string) (importer.Plan, error)
	// Remarks yields the remarks of a run's plan in order, with one code or with any if
	// code is "".
	Remarks(ctx context.Context, run, code string) iter.Seq2[importer.Remark, error]
	// Changes yields the changes of a plan for one table, in key order.
	Changes(ctx context.Context, plan string, t *importer.Table) iter.Seq2[importer.Change, error]
	Snapshot(ctx context.Context, run string) (importer.Snapshot, error)
}

// Warehouses are the warehouses of stores and their stock.
type Warehouses interface {
	// Warehouses returns the warehouses of a store by the external id of their locations;
	// those without a location come first.
	Warehouses(ctx context.Context, store string) ([]Warehouse, error)
	// WarehouseNamed returns a warehouse by its id, by the external id of its location or
	// by its exact name, tried in that order. The error may be ErrNoWarehouse or
	// ErrTwoWarehouses.
	WarehouseNamed(ctx context.Context, store, named string) (Warehouse, error)
	// UnlinkedWarehouses returns the warehouses without a location.
	UnlinkedWarehouses(ctx context.Context, c connector.Connector) ([]UnlinkedWarehouse, error)
	// StockByPlace adds up the stock of a store by place, also where there is no warehouse.
	// HoldsStockAt reports whether there is stock at a location of any account.
	StockByPlace(ctx context.Context, store string) (map[importer.Place]WarehouseStock, error)
	HoldsStockAt(ctx context.Context, store, location string) (bool, error)
}

// Facts is what is known about a connector without asking its shop.
type Facts interface {
	// Freshness returns how old the data of each imported resource is.
	Freshness(ctx context.Context, c connector.Connector) (map[connector.Resource]importer.Freshness, error)
	// CountEdited counts by table the records that somebody else changed since the last
	// import.
	CountEdited(ctx context.Context, c connector.Connector) (map[string]int, error)
	// CountUntracked counts the variants that the shop does not track.
	CountUntracked(ctx context.Context, store string) (int, error)
	// CheckConnector returns an error if the stored record of the connector was altered.
	CheckConnector(ctx context.Context, c connector.Connector) error
}

// Upkeep looks after the place where everything is stored.
type Upkeep interface {
	Info(ctx context.Context) (Info, error)
	// Size returns how many bytes the place takes, and how many of them are free to be
	// reused.
	Size(ctx context.Context) (bytes, free int64, err error)
	// Examine checks the place, for that long at most.
	Examine(ctx context.Context, limit time.Duration) Condition
	// RemoteKind returns the kind of file system if other machines may share the place, ""
	// if they cannot.
	RemoteKind() string
	// Backup writes a copy of the last commit to path, which must not exist, and returns
	// its size. Secrets in it stay sealed.
	Backup(ctx context.Context, path string) (int64, error)
}

// Info describes the place where everything is stored.
type Info struct {
	Path      string
	Schema    int   // steps of the schema that were applied
	Known     int   // steps that this program knows
	Bytes     int64 // of the file
	LogBytes  int64 // of the write-ahead log
	FreeBytes int64 // within the file, free to be reused
	SQLite    string
	Stores    []StoreInfo
	Locks     []HeldLock
}

// StoreInfo says how much is stored of one store.
type StoreInfo struct {
	Store     string
	Rows      map[string]int // by table of the catalogue
	Runs      int
	Snapshots []KeptSnapshot // the newest first
}

// KeptSnapshot is a read of the shop from which a plan can still be made.
type KeptSnapshot struct {
	Run    string
	ReadAt time.Time
}

// HeldLock is a lock that a process holds now.
type HeldLock struct {
	Name  string
	PID   int
	Host  string
	What  string
	Since time.Time
}

func (h HeldLock) String() string {
	return fmt.Sprintf("%s (process %d on %s, since %s)", h.What, h.PID, h.Host, h.Since.UTC().Format("2006-01-02 15:04:05 UTC"))
}

// Condition is the state of the place itself.
type Condition struct {
	Damage     error // what is wrong in the file, nil if nothing was found
	Looked     bool  // the whole file was checked within the time limit
	Unwritable error // why nothing can be written, nil if it can
	Room       int64 // bytes that may still be written
	RoomKnown  bool
}
