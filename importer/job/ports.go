package job

import (
	"context"
	"iter"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// State is where everything is kept. What a job needs of it is the sum of these.
type State interface {
	importer.Workspace
	History
	Plans
	Locks
	Mapping
	// Connector is the record of a store as it is now.
	Connector(ctx context.Context, store, provider string) (connector.Connector, error)
	// Catalog is the catalogue of a store as linked to the connector's account.
	Catalog(ctx context.Context, c connector.Connector) (importer.Catalog, error)
	// Reopen closes the state and opens it anew, to see what a commit came to.
	Reopen(ctx context.Context) error
}

// RunsKept is how many of the newest runs keep their changes and remarks when nobody says
// otherwise. What runs every hour must not fill the disk.
const RunsKept = 20

// History is the runs that there were.
type History interface {
	// BeginRun records that a run has started, and gives it its id. The caller holds its
	// connector's lock: whatever still counts as running there is noted as interrupted.
	BeginRun(ctx context.Context, run importer.Run) (importer.Run, error)
	// EndRun records how a run ended.
	EndRun(ctx context.Context, run importer.Run) error
	// DeadRuns lists the runs of a connector that count as running. For who holds its lock
	// these are the ones that died at work.
	DeadRuns(ctx context.Context, of connector.ID) ([]string, error)
	Run(ctx context.Context, store, id string) (importer.Run, error)
	// PruneRuns drops what is kept of a connector's runs beyond so many of the newest. The
	// caller holds the lock.
	PruneRuns(ctx context.Context, of connector.ID, runs int) error
}

// Plans are the plans and snapshots that runs made.
type Plans interface {
	// Plan gives the plan of a run, or importer.ErrNotKept.
	Plan(ctx context.Context, run string) (importer.Plan, error)
	// Remarks gives those of a run's plan, of one code or of all for "".
	Remarks(ctx context.Context, run, code string) iter.Seq2[importer.Remark, error]
	// Leftover gives the snapshot that a run had read to its end when it was cut off,
	// or importer.ErrNotKept.
	Leftover(ctx context.Context, of connector.ID) (importer.Snapshot, error)
}

// Ledgers remember what the shops go on gathering.
type Ledgers interface {
	// Operations is the ledger of a connector's account.
	Operations(c connector.Connector) importer.Ledger
}

// Locks keep runs apart. They end with the process that holds them.
type Locks interface {
	// StoreLock is the one that a run holds on what its store has of one provider.
	StoreLock(of connector.ID) Lock
	// ApplyLock is the one under which one run at a time writes the catalogue.
	ApplyLock() Lock
}

// Lock is one of them.
type Lock interface {
	// Holder is who took it last, in words.
	Holder(ctx context.Context) string
	// IsHeld reports whether anybody holds it now.
	IsHeld() bool
	// Take takes it at once or fails with the code Locked; Wait waits for its turn.
	Take(ctx context.Context, what string) error
	Wait(ctx context.Context, what string) error
	Release() error
}
