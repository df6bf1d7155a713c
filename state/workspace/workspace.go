package workspace

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/extsort"
)

// Workspace is what runs read and planned, in an open place.
type Workspace struct {
	db     *engine.DB
	temp   scratch.Folder // of sorters
	chunks *chunkStore
}

// New returns the workspace of an open place. What does not fit the memory goes to temp.
func New(db *engine.DB, temp scratch.Folder) *Workspace {
	return &Workspace{db: db, temp: temp, chunks: &chunkStore{db: db}}
}

// NewSorter returns an empty sorter, whose temporary file is where all others of the
// command are.
func (w *Workspace) NewSorter() importer.Sorter { return extsort.New(w.temp) }

// Operations returns the memory of c's operations.
func (w *Workspace) Operations(c connector.Connector) importer.Ledger {
	return &operations{w.db, c.Store, c.Provider, c.AccountID}
}

// NewSnapshot begins the snapshot of a run.
func (w *Workspace) NewSnapshot(ctx context.Context, run string) (importer.SnapshotWriter, error) {
	return newSnapshotWriter(ctx, w.chunks, run)
}

// NewPlan begins the plan of a run.
func (w *Workspace) NewPlan(ctx context.Context, run string) (importer.PlanWriter, error) {
	return newPlanWriter(ctx, w.db, run)
}

// Snapshot gives the snapshot that run read, or importer.ErrNotKept.
func (w *Workspace) Snapshot(ctx context.Context, run string) (importer.Snapshot, error) {
	return w.SnapshotBy(ctx, wholeSnapshot, run)
}

// LastSnapshot gives the newest snapshot of a connector, or importer.ErrNotKept.
func (w *Workspace) LastSnapshot(ctx context.Context, of connector.ID) (importer.Snapshot, error) {
	return w.SnapshotBy(ctx, `SELECT run, info FROM snapshots JOIN runs ON runs.id = run
		WHERE runs.store = ? AND provider = ? AND complete ORDER BY seq DESC LIMIT 1`, of.Store, of.Provider)
}

// leftSnapshot is the snapshot of a run that was cut off before anything came of
// it, as long as nothing was read or planned since.
const leftSnapshot = `
	SELECT run, info FROM snapshots JOIN runs ON runs.id = run
	WHERE runs.store = ?1 AND runs.provider = ?2 AND complete AND status = 'interrupted' AND kind IN ('preview', 'import') AND NOT EXISTS (
		SELECT 1 FROM runs AS later WHERE later.store = ?1 AND later.provider = ?2 AND later.seq > runs.seq
		AND (later.plan <> '' OR later.id IN (SELECT run FROM snapshots WHERE complete)))
	ORDER BY seq DESC LIMIT 1`

// Leftover gives what a connector's last run had read to its end when it was cut off,
// or importer.ErrNotKept.
func (w *Workspace) Leftover(ctx context.Context, of connector.ID) (importer.Snapshot, error) {
	return w.SnapshotBy(ctx, leftSnapshot, of.Store, of.Provider)
}

// SnapshotBy gives the snapshot of which a query finds run and info, or importer.ErrNotKept.
func (w *Workspace) SnapshotBy(ctx context.Context, query string, args ...any) (importer.Snapshot, error) {
	return findSnapshot(ctx, w.chunks, query, args...)
}
