package workspace

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/extsort"
)

// Workspace stores what runs read and planned, in an open place.
type Workspace struct {
	db     *engine.DB
	temp   scratch.Folder // for sorters
	chunks *chunkStore
}

// New returns the workspace of an open place. Sorters make their temporary files in temp.
func New(db *engine.DB, temp scratch.Folder) *Workspace {
	return &Workspace{db: db, temp: temp, chunks: &chunkStore{db: db}}
}

// NewSorter returns an empty sorter.
func (w *Workspace) NewSorter() importer.Sorter { return extsort.New(w.temp) }

// Operations returns the ledger of c's account.
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

// Snapshot returns the snapshot that run read, or importer.ErrNotKept.
func (w *Workspace) Snapshot(ctx context.Context, run string) (importer.Snapshot, error) {
	return w.SnapshotBy(ctx, wholeSnapshot, run)
}

// LastSnapshot returns the newest snapshot of a connector, or importer.ErrNotKept.
func (w *Workspace) LastSnapshot(ctx context.Context, of connector.ID) (importer.Snapshot, error) {
	return w.SnapshotBy(ctx, `SELECT run, info FROM snapshots JOIN runs ON runs.id = run
		WHERE runs.store = ? AND provider = ? AND complete ORDER BY seq DESC LIMIT 1`, of.Store, of.Provider)
}

// leftSnapshot selects the snapshot of a run that was cut off before it was used, if
// nothing was read or planned since.
const leftSnapshot = `
	SELECT run, info FROM snapshots JOIN runs ON runs.id = run
	WHERE runs.store = ?1 AND runs.provider = ?2 AND complete AND status = 'interrupted' AND kind IN ('preview', 'import') AND NOT EXISTS (
		SELECT 1 FROM runs AS later WHERE later.store = ?1 AND later.provider = ?2 AND later.seq > runs.seq
		AND (later.plan <> '' OR later.id IN (SELECT run FROM snapshots WHERE complete)))
	ORDER BY seq DESC LIMIT 1`

// Leftover returns the snapshot that a connector's last run had finished when it was cut
// off, or importer.ErrNotKept.
func (w *Workspace) Leftover(ctx context.Context, of connector.ID) (importer.Snapshot, error) {
	return w.SnapshotBy(ctx, leftSnapshot, of.Store, of.Provider)
}

// SnapshotBy returns the snapshot whose run and info a query selects, or
// importer.ErrNotKept.
func (w *Workspace) SnapshotBy(ctx context.Context, query string, args ...any) (importer.Snapshot, error) {
	return findSnapshot(ctx, w.chunks, query, args...)
}
