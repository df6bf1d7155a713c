package job

import (
	"context"
	"iter"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// State is where everything is stored.
type State interface {
	importer.Workspace
	History
	Plans
	Locks
	Mapping
	// Connector returns the present record of a store.
	Connector(ctx context.Context, store, provider string) (connector.Connector, error)
	// Catalog returns the catalogue of a store as linked to the connector's account.
	Catalog(ctx context.Context, c connector.Connector) (importer.Catalog, error)
	// Reopen closes the state and opens it again, to see whether a commit happened.
	Reopen(ctx context.Context) error
}

// RunsKept is how many of the newest runs keep their changes and remarks by default, so
// that a job that runs every hour does not fill the disk.
const RunsKept = 20

// History stores runs.
type History interface {
	// BeginRun stores that a run has started and gives it its id. The caller holds the
	// connector's lock, so runs that still count as running are marked interrupted.
	BeginRun(ctx context.Context, run importer.Run) (importer.Run, error)
	// EndRun stores how a run ended.
	EndRun(ctx context.Context, run importer.Run) error
	// DeadRuns returns the ids of the connector's runs that count as running. Since the
	// caller holds the lock, these have died.
	DeadRuns(ctx context.Context, of connector.ID) ([]string, error)
	Run(ctx context.Context, store, id string) (importer.Run, error)
	// PruneRuns drops what is stored of a connector's runs beyond that many of the newest.
	// The caller holds the lock.
	PruneRuns(ctx context.Context, of connector.ID, runs int) error
}

// Plans are the plans and snapshots that runs made.
type Plans interface {
	// Plan returns the plan of a run, or importer.ErrNotKept.
	Plan(ctx context.Context, run string) (importer.Plan, error)
	// Remarks yields the remarks of a run's plan, with one code or with any if code is "".
	Remarks(ctx context.Context, run, code string) iter.Seq2[importer.Remark, error]
	// Leftover returns the snapshot that a run had finished when it was cut off, or
	// importer.ErrNotKept.
	Leftover(ctx context.Context, of connector.ID) (importer.Snapshot, error)
}

// Ledgers remember operations that shops are working on.
type Ledgers interface {
	// Operations returns the ledger of a connector's account.
	Operations(c connector.Connector) importer.Ledger
}

// Locks keep runs apart. A lock ends with the process that holds it.
type Locks interface {
	// StoreLock returns the lock that a run holds on the data that its store has from one
	// provider.
	StoreLock(of connector.ID) Lock
	// ApplyLock returns the lock under which one run at a time writes the catalogue.
	ApplyLock() Lock
}

// Lock is a lock between processes.
type Lock interface {
	// Holder returns who took the lock last, in words.
	Holder(ctx context.Context) string
	// IsHeld reports whether anybody holds the lock now.
	IsHeld() bool
	// Take takes the lock at once or fails with the code Locked; Wait waits until it is free.
	// what is told to others who want the lock.
	Take(ctx context.Context, what string) error
	Wait(ctx context.Context, what string) error
	Release() error
}
