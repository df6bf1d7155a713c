package job

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// What faces show is asked of the ports of this file. All of them see what the last
// commit left, and none of them writes; Upkeep alone does, where it says so.

// Rows are the rows of the catalogue as they are listed, of whatever account.
type Rows interface {
	// ListRows gives the rows that a filter chooses, ordered by external id, with the fields
	// of importer.ListColumns, and of importer.NameColumns where the filter asks for names.
	ListRows(ctx context.Context, t *importer.Table, filter importer.ListFilter) iter.Seq2[importer.Record, error]
	// CountRows and Sums are about all rows that a filter chooses, its limit left aside.
	CountRows(ctx context.Context, t *importer.Table, filter importer.ListFilter) (int, error)
	SumRows(ctx context.Context, t *importer.Table, filter importer.ListFilter) (importer.Sums, error)
	// RecordName is what people call a record, "" when there is no row or it has no name.
	RecordName(ctx context.Context, of connector.ID, t *importer.Table, key string) string
}

// PastRuns is the runs that there were, and what is kept of them.
type PastRuns interface {
	// Runs lists runs, the newest first. One whose process died is shown as interrupted.
	Runs(ctx context.Context, filter importer.RunFilter) ([]importer.Run, error)
	// Run finds a run by its id, by a beginning of it that no other has, or as "latest", of
	// a store or, for "", of all. The error may be importer.ErrNoRun or ErrSeveralRuns.
	Run(ctx context.Context, store, id string) (importer.Run, error)
	// LastRun gives the newest run of a kind of a connector, nil when there is none.
	LastRun(ctx context.Context, of connector.ID, kind importer.Kind) (*importer.Run, error)
	RunOutput
}

// RunOutput is what runs made: it is dropped when it is old, which is importer.ErrNotKept.
type RunOutput interface {
	Plan(ctx context.Context, run string) (importer.Plan, error)
	// Remarks gives those of a run's plan in their order, of one code or of all for "".
	Remarks(ctx context.Context, run, code string) iter.Seq2[importer.Remark, error]
	// Changes gives those of a plan for one table, in the order of their keys.
	Changes(ctx context.Context, plan string, t *importer.Table) iter.Seq2[importer.Change, error]
	Snapshot(ctx context.Context, run string) (importer.Snapshot, error)
}

// Warehouses are the warehouses of a store and what they hold.
type Warehouses interface {
	// Warehouses lists them by the external id of their locations; those without come
	// first.
	Warehouses(ctx context.Context, store string) ([]Warehouse, error)
	// WarehouseNamed finds one by its id, by the external id of its location or by its
	// exact name, in that order. The error may be ErrNoWarehouse or ErrTwoWarehouses.
	WarehouseNamed(ctx context.Context, store, named string) (Warehouse, error)
	// UnlinkedWarehouses lists those that stand for no location.
	UnlinkedWarehouses(ctx context.Context, c connector.Connector) ([]UnlinkedWarehouse, error)
	// StockByPlace sums the levels by where they lie, also where no warehouse stands for
	// it; HoldsStockAt tells whether there are any, at whatever account.
	StockByPlace(ctx context.Context, store string) (map[importer.Place]WarehouseStock, error)
	HoldsStockAt(ctx context.Context, store, location string) (bool, error)
}

// Facts are what there is to know about a connector without asking its shop.
type Facts interface {
	// Freshness tells for each imported resource how old it is.
	Freshness(ctx context.Context, c connector.Connector) (map[connector.Resource]importer.Freshness, error)
	// CountEdited counts by table the records that somebody else changed since the last import.
	CountEdited(ctx context.Context, c connector.Connector) (map[string]int, error)
	// CountUntracked is how many variants the shop does not track.
	CountUntracked(ctx context.Context, store string) (int, error)
	// CheckConnector is nil while the record of the connector is as eshopctl wrote it.
	CheckConnector(ctx context.Context, c connector.Connector) error
}

// Upkeep looks after the place itself where everything is kept.
type Upkeep interface {
	Info(ctx context.Context) (Info, error)
	// Size is how many bytes it takes, and how many of them are free to be used again.
	Size(ctx context.Context) (bytes, free int64, err error)
	// Examine looks into it, for that long at most.
	Examine(ctx context.Context, limit time.Duration) Condition
	// RemoteKind names how other machines may share it, "" when they cannot.
	RemoteKind() string
	// Backup writes a copy of what one moment's readers see, which must not exist yet, and
	// returns its size. Secrets stay sealed in it.
	Backup(ctx context.Context, path string) (int64, error)
}

// Info describes the place where everything is kept.
type Info struct {
	Path      string
	Schema    int   // steps of the schema that were applied
	Known     int   // steps that this program knows
	Bytes     int64 // of the file
	LogBytes  int64 // of what is written and not in the file yet
	FreeBytes int64 // within the file, for what will be written
	SQLite    string
	Stores    []StoreInfo
	Locks     []HeldLock
}

// StoreInfo is what is kept of one store.
type StoreInfo struct {
	Store     string
	Rows      map[string]int // by table of the catalogue
	Runs      int
	Snapshots []KeptSnapshot // the newest first
}

// KeptSnapshot is a read of the shop that can still be planned from.
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

// Condition is how the place is, apart from what is kept there.
type Condition struct {
	Damage     error // what is wrong inside, nil when nothing was found
	Looked     bool  // all of it was looked through in the time that there was
	Unwritable error // why nothing can be written, nil when it can
	Room       int64 // what may still be written there
	RoomKnown  bool
}
