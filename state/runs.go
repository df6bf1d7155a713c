package state

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
)

// Begin records that a run has started, and returns it with its id. The caller
// holds the connector's lock, so whatever still counts as running there has died and is
// marked interrupted.
func (db *DB) Begin(ctx context.Context, run importer.Run) (importer.Run, error) {
	err := db.update(ctx, func(tx *sql.Tx, now time.Time) error {
		if _, err := tx.ExecContext(ctx, "UPDATE runs SET status = 'interrupted', finished_at = ? WHERE store = ? AND provider = ? AND status = 'running'",
			formatTime(now), run.Store, run.Provider); err != nil {
			return err
		}
		if err := dropUnfinished(ctx, tx, run.Connector()); err != nil {
			return err
		}
		id, err := db.insertRun(ctx, tx, run)
		run.ID = id
		return errors.Join(err, failpoint.Reach("preview/beginning"))
	})
	return run, err
}

// Died lists the ids of a connector's runs that count as running. For the caller, who
// holds its lock, these are the ones that died at work.
func (db *DB) Died(ctx context.Context, of connector.ID) ([]string, error) {
	ids, err := texts(ctx, db.read, "SELECT id FROM runs WHERE store = ? AND provider = ? AND status = 'running' ORDER BY seq", of.Store, of.Provider)
	return ids, unusable(db.path, err)
}

// dropUnfinished removes what a killed run left half-written.
func dropUnfinished(ctx context.Context, tx *sql.Tx, of connector.ID) error {
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

// End records how a run ended that wrote nothing into the catalogue.
func (db *DB) End(ctx context.Context, run importer.Run) error {
	return db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		return errors.Join(endRun(ctx, tx, run), failpoint.Reach("preview/ending"))
	})
}

func endRun(ctx context.Context, tx *sql.Tx, run importer.Run) error {
	var failure any
	if run.Error != nil {
		failure = encode(run.Error)
	}
	reconciled := ""
	if run.Reconciliation != nil {
		reconciled = encode(run.Reconciliation)
	}
	var finished, asOf any
	if run.FinishedAt != nil {
		finished = formatTime(*run.FinishedAt)
	}
	if run.AsOf != nil {
		asOf = formatTime(*run.AsOf)
	}
	_, err := tx.ExecContext(ctx, `UPDATE runs
		SET kind = ?, status = ?, error = ?, plan = ?, reader = ?, finished_at = ?, counts = ?, warnings_by = ?, rejected_by = ?, accepted_of = ?, reconciliation = ?,
		resources = ?, not_read = ?, as_of = ? WHERE id = ?`,
		run.Kind, run.Status, failure, run.Plan, run.Reader, finished, encode(run.Counts), encode(run.WarningsBy), encode(run.RejectedBy), run.AcceptedOf, reconciled,
		jsonList(run.Resources), jsonList(run.NotRead), asOf, run.ID)
	return err
}

func encode(v any) string {
	encoded, err := json.Marshal(v)
	if err != nil {
		panic("state: " + err.Error()) // plain structs and maps only
	}
	return string(encoded)
}

const runColumns = `id, kind, store, provider, domain, account_id, status, plan, reader, started_at, finished_at, accepted_of, as_of, started_by,
	error, counts, warnings_by, rejected_by, reconciliation, resources, not_read`

// Runs lists runs, the newest first. A run whose process died is shown as
// interrupted, though nothing has marked it yet.
func (db *DB) Runs(ctx context.Context, filter importer.RunFilter) ([]importer.Run, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT "+runColumns+" FROM runs WHERE (?1 = '' OR store = ?1) AND (?2 = '' OR provider = ?2) AND (?3 = '' OR kind = ?3) ORDER BY seq DESC",
		filter.Store, filter.Provider, filter.Kind)
	if err != nil {
		return nil, unusable(db.path, err)
	}
	defer rows.Close()
	runs := []importer.Run{}
	for rows.Next() {
		run, err := db.scanRun(rows)
		if err != nil {
			return nil, err
		}
		if filter.Status != "" && string(run.Status) != filter.Status {
			continue
		}
		if runs = append(runs, run); len(runs) == filter.Limit {
			break
		}
	}
	return runs, rows.Err()
}

// Run finds a run by its id, an unambiguous beginning of it, or "latest", which
// means the newest of the store, or of all when store is "". A whole id names its
// run, whatever else begins with it.
func (db *DB) Run(ctx context.Context, store, id string) (importer.Run, error) {
	query := "SELECT " + runColumns + " FROM runs WHERE substr(id, 1, length(?1)) = ?1 AND (?2 = '' OR store = ?2) ORDER BY id = ?1 DESC, seq DESC LIMIT 2"
	if id == "latest" {
		query = "SELECT " + runColumns + " FROM runs WHERE ?1 = 'latest' AND (?2 = '' OR store = ?2) ORDER BY seq DESC LIMIT 1"
	}
	rows, err := db.read.QueryContext(ctx, query, id, store)
	if err != nil {
		return importer.Run{}, unusable(db.path, err)
	}
	defer rows.Close()
	var found []importer.Run
	for rows.Next() {
		run, err := db.scanRun(rows)
		if err != nil {
			return importer.Run{}, err
		}
		if run.ID == id {
			return run, nil
		}
		found = append(found, run)
	}
	switch {
	case rows.Err() != nil:
		return importer.Run{}, unusable(db.path, rows.Err())
	case len(found) == 0 || id == "":
		return importer.Run{}, fmt.Errorf("%.80q: %w", id, importer.ErrNoRun)
	case len(found) == 2:
		return importer.Run{}, fmt.Errorf("%.80q: %w", id, importer.ErrSeveralRuns)
	}
	return found[0], nil
}

func (db *DB) scanRun(rows *sql.Rows) (importer.Run, error) {
	var run importer.Run
	var failure sql.NullString
	var finished, asOf time.Time
	var counts, warnings, rejections, reconciled, resources, notRead string
	into := short(&run.ID, &run.Kind, &run.Store, &run.Provider, &run.Domain, &run.AccountID, &run.Status, &run.Plan, &run.Reader,
		timeColumn{&run.StartedAt}, timeColumn{&finished}, &run.AcceptedOf, timeColumn{&asOf}, &run.StartedBy)
	if err := rows.Scan(append(into, &failure, &counts, &warnings, &rejections, &reconciled, &resources, &notRead)...); err != nil {
		return run, unusable(db.path, &contentError{fmt.Sprintf("run %.40q", run.ID), err})
	}
	if !finished.IsZero() {
		run.FinishedAt = &finished
	}
	if !asOf.IsZero() {
		run.AsOf = &asOf
	}
	err := cmp.Or(decode("counts", counts, &run.Counts), decode("warnings", warnings, &run.WarningsBy), decode("rejections", rejections, &run.RejectedBy))
	if failure.Valid {
		err = cmp.Or(err, decode("error", failure.String, &run.Error))
	}
	if reconciled != "" {
		err = cmp.Or(err, decode("reconciliation", reconciled, &run.Reconciliation))
	}
	for _, n := range run.WarningsBy {
		run.Warnings += n
	}
	if run.Status == importer.Running && !db.storeLock(run.Connector()).Held() {
		run.Status = importer.Interrupted
	}
	if err = cmp.Or(err, scanRead(&run, resources, notRead), possible(&run)); err != nil {
		return run, unusable(db.path, &contentError{fmt.Sprintf("run %.40s", run.ID), err})
	}
	return run, nil
}

// scanRead fills in what a run was to read and what it did not look at.
func scanRead(run *importer.Run, resources, notRead string) error {
	if resources != "" {
		if err := decode("resources", resources, &run.Resources); err != nil {
			return err
		}
	}
	if notRead == "" { // from before this was noted
		run.InferRead()
		return nil
	}
	err := decode("not_read", notRead, &run.NotRead)
	if run.Status == importer.Running {
		run.NotEnded()
	}
	return err
}

// Remarks gives the stored remarks of the run that made a plan, with that code
// or, when code is "", all.
func (db *DB) Remarks(ctx context.Context, run, code string) iter.Seq2[importer.Remark, error] {
	return func(yield func(importer.Remark, error) bool) {
		rows, err := db.read.QueryContext(ctx, `SELECT code, severity, resource, local_id, external_id, message, hint
			FROM remarks WHERE run = ?1 AND (?2 = '' OR code = ?2) ORDER BY seq`, run, code)
		if err != nil {
			yield(importer.Remark{}, unusable(db.path, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var r importer.Remark
			var next string
			err := rows.Scan(append(short(&r.Code, &r.Severity, &r.Resource, &r.LocalID), &r.ExternalID, &r.Message, &next)...)
			r.Next = connector.NextOf(next)
			if !yield(r, unusable(db.path, err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(importer.Remark{}, unusable(db.path, err))
		}
	}
}
