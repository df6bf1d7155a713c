package workspace

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

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
