package workspace

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
)

// snapshotsKept is how many snapshots of a connector are kept, so that a job that runs
// every hour does not fill the disk.
const snapshotsKept = 5

// keptPlans selects the plans whose changes and remarks are kept: those of the newest runs,
// of runs whose warnings one of these accepts, and of the last import that wrote.
const keptPlans = `
	WITH newest AS (SELECT plan, accepted_of FROM runs WHERE store = ?1 AND provider = ?2 AND plan <> '' ORDER BY seq DESC LIMIT ?3),
	written AS (SELECT plan FROM runs WHERE store = ?1 AND provider = ?2 AND kind = 'import' AND status IN ('succeeded', 'partial') ORDER BY seq DESC LIMIT 1)
	SELECT plan FROM newest UNION SELECT plan FROM written
	UNION SELECT CASE plan WHEN '' THEN id ELSE plan END FROM runs WHERE id IN (SELECT accepted_of FROM newest)`

// keptSnapshots selects the newest snapshots and those from which tables or columns were
// imported last, which stand for the rows and tell local edits from changes in the shop.
const keptSnapshots = `
	SELECT run FROM (SELECT run FROM snapshots JOIN runs ON runs.id = run WHERE runs.store = ?1 AND provider = ?2 ORDER BY seq DESC LIMIT ?3)
	UNION SELECT snapshot FROM imported UNION SELECT snapshot FROM last_read`

// itsRuns selects all runs of the connector.
const itsRuns = "(SELECT id FROM runs WHERE store = ?1 AND provider = ?2)"

// PruneRuns drops what is stored of a connector's runs beyond the newest: their changes,
// their remarks, and their snapshots with the chunks that nothing uses any more. SQLite
// reuses the space. The runs themselves are never dropped. The caller holds the connector's
// lock.
func (w *Workspace) PruneRuns(ctx context.Context, of connector.ID, runs int) error {
	return w.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		for _, drop := range []struct {
			statement string
			kept      int
		}{
			{"DELETE FROM snapshots WHERE run IN " + itsRuns + " AND run NOT IN (" + keptSnapshots + ")", min(runs, snapshotsKept)},
			{"DELETE FROM remarks WHERE run IN " + itsRuns + " AND run NOT IN (" + keptPlans + ")", runs},
			{"DELETE FROM plans WHERE run IN " + itsRuns + " AND run NOT IN (" + keptPlans + ")", runs},
		} {
			if _, err := tx.ExecContext(ctx, drop.statement, of.Store, of.Provider, drop.kept); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM chunks WHERE digest NOT IN (SELECT digest FROM snapshot_chunks)
			AND digest NOT IN (SELECT base FROM chunks WHERE base IS NOT NULL AND digest IN (SELECT digest FROM snapshot_chunks))`)
		return errors.Join(err, failpoint.Reach("finish/pruning"))
	})
}

// DropUnfinished deletes what a killed run left half-written.
func DropUnfinished(ctx context.Context, tx *sql.Tx, of connector.ID) error {
	const unfinished = " WHERE complete = 0 AND run IN (SELECT id FROM runs WHERE store = ? AND provider = ?)"
	for _, statement := range []string{
		"DELETE FROM remarks WHERE run IN (SELECT run FROM plans" + unfinished + ")",
		"DELETE FROM plans" + unfinished,
		"DELETE FROM snapshots" + unfinished,
	} {
		if _, err := tx.ExecContext(ctx, statement, of.Store, of.Provider); err != nil {
			return err
		}
	}
	return nil
}
