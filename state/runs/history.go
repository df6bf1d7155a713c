package runs

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/locks"
	"github.com/eshopos/eshopctl/state/workspace"
)

// History stores the runs in an open place.
type History struct {
	db    *engine.DB
	locks *locks.Locks // they know which runs are still at work
}

// New returns the runs of an open place.
func New(db *engine.DB, all *locks.Locks) *History { return &History{db, all} }

// BeginRun stores that a run has started, and returns it with its id. The caller holds the
// connector's lock, so runs that still count as running have died and are marked
// interrupted.
func (h *History) BeginRun(ctx context.Context, run importer.Run) (importer.Run, error) {
	err := h.db.Update(ctx, func(tx *sql.Tx, now time.Time) error {
		if _, err := tx.ExecContext(ctx, "UPDATE runs SET status = 'interrupted', finished_at = ? WHERE store = ? AND provider = ? AND status = 'running'",
			engine.FormatTime(now), run.Store, run.Provider); err != nil {
			return err
		}
		if err := workspace.DropUnfinished(ctx, tx, run.ConnectorID()); err != nil {
			return err
		}
		id, err := insertRun(ctx, tx, run)
		if errors.Is(err, errNoNewRun) {
			err = h.db.Unusable(err)
		}
		run.ID = id
		return errors.Join(err, failpoint.Reach("preview/beginning"))
	})
	return run, err
}

// DeadRuns returns the ids of the connector's runs that count as running. Since the caller
// holds the lock, these have died.
func (h *History) DeadRuns(ctx context.Context, of connector.ID) ([]string, error) {
	ids, err := engine.QueryTexts(ctx, h.db.Read(), "SELECT id FROM runs WHERE store = ? AND provider = ? AND status = 'running' ORDER BY seq", of.Store, of.Provider)
	return ids, h.db.Unusable(err)
}

// EndRun stores how a run ended that wrote nothing into the catalogue.
func (h *History) EndRun(ctx context.Context, run importer.Run) error {
	return h.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		return errors.Join(EndRun(ctx, tx, run), failpoint.Reach("preview/ending"))
	})
}

// EndRun stores how a run ended, in the transaction that wrote the catalogue.
func EndRun(ctx context.Context, tx *sql.Tx, run importer.Run) error {
	var failure any
	if run.Error != nil {
		failure = engine.EncodeJSON(run.Error)
	}
	reconciled := ""
	if run.Reconciliation != nil {
		reconciled = engine.EncodeJSON(run.Reconciliation)
	}
	var finished, asOf any
	if run.FinishedAt != nil {
		finished = engine.FormatTime(*run.FinishedAt)
	}
	if run.AsOf != nil {
		asOf = engine.FormatTime(*run.AsOf)
	}
	_, err := tx.ExecContext(ctx, `UPDATE runs
		SET kind = ?, status = ?, error = ?, plan = ?, reader = ?, finished_at = ?, counts = ?, warnings_by = ?, rejected_by = ?, accepted_of = ?, reconciliation = ?,
		resources = ?, not_read = ?, as_of = ? WHERE id = ?`,
		run.Kind, run.Status, failure, run.Plan, run.Reader, finished, engine.EncodeJSON(run.Counts), engine.EncodeJSON(run.WarningsBy), engine.EncodeJSON(run.RejectedBy), run.AcceptedOf, reconciled,
		engine.EncodeList(run.Resources), engine.EncodeList(run.NotRead), asOf, run.ID)
	return err
}

const runColumns = `id, kind, store, provider, domain, account_id, status, plan, reader, started_at, finished_at, accepted_of, as_of, started_by,
	error, counts, warnings_by, rejected_by, reconciliation, resources, not_read`

// Runs returns runs, newest first. A run whose process died counts as interrupted, though
// nothing has marked it yet.
func (h *History) Runs(ctx context.Context, filter importer.RunFilter) ([]importer.Run, error) {
	rows, err := h.db.Read().QueryContext(ctx, "SELECT "+runColumns+" FROM runs WHERE (?1 = '' OR store = ?1) AND (?2 = '' OR provider = ?2) AND (?3 = '' OR kind = ?3) ORDER BY seq DESC",
		filter.Store, filter.Provider, filter.Kind)
	if err != nil {
		return nil, h.db.Unusable(err)
	}
	defer rows.Close()
	runs := []importer.Run{}
	for rows.Next() {
		run, err := h.scanRun(rows)
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

// Run returns a run by its id, by an unambiguous beginning of it, or by "latest": the
// newest of the store, or of all if store is "". A whole id names its run even if another
// id begins with it.
func (h *History) Run(ctx context.Context, store, id string) (importer.Run, error) {
	query := "SELECT " + runColumns + " FROM runs WHERE substr(id, 1, length(?1)) = ?1 AND (?2 = '' OR store = ?2) ORDER BY id = ?1 DESC, seq DESC LIMIT 2"
	if id == "latest" {
		query = "SELECT " + runColumns + " FROM runs WHERE ?1 = 'latest' AND (?2 = '' OR store = ?2) ORDER BY seq DESC LIMIT 1"
	}
	rows, err := h.db.Read().QueryContext(ctx, query, id, store)
	if err != nil {
		return importer.Run{}, h.db.Unusable(err)
	}
	defer rows.Close()
	var found []importer.Run
	for rows.Next() {
		run, err := h.scanRun(rows)
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
		return importer.Run{}, h.db.Unusable(rows.Err())
	case len(found) == 0 || id == "":
		return importer.Run{}, fmt.Errorf("%.80q: %w", id, importer.ErrNoRun)
	case len(found) == 2:
		return importer.Run{}, fmt.Errorf("%.80q: %w", id, importer.ErrSeveralRuns)
	}
	return found[0], nil
}

func (h *History) scanRun(rows *sql.Rows) (importer.Run, error) {
	var run importer.Run
	var failure sql.NullString
	var finished, asOf time.Time
	var counts, warnings, rejections, reconciled, resources, notRead string
	into := engine.ShortTexts(&run.ID, &run.Kind, &run.Store, &run.Provider, &run.Domain, &run.AccountID, &run.Status, &run.Plan,
		&run.Reader,
		engine.TimeInto(&run.StartedAt), engine.TimeInto(&finished), &run.AcceptedOf, engine.TimeInto(&asOf), &run.StartedBy)
	if err := rows.Scan(append(into, &failure, &counts, &warnings, &rejections, &reconciled, &resources, &notRead)...); err != nil {
		return run, h.db.Unusable(engine.NewContentError(fmt.Sprintf("run %.40q", run.ID), err))
	}
	if !finished.IsZero() {
		run.FinishedAt = &finished
	}
	if !asOf.IsZero() {
		run.AsOf = &asOf
	}
	err := cmp.Or(engine.DecodeJSON("counts", counts, &run.Counts), engine.DecodeJSON("warnings", warnings, &run.WarningsBy),
		engine.DecodeJSON("rejections", rejections, &run.RejectedBy))
	if failure.Valid {
		err = cmp.Or(err, engine.DecodeJSON("error", failure.String, &run.Error))
	}
	if reconciled != "" {
		err = cmp.Or(err, engine.DecodeJSON("reconciliation", reconciled, &run.Reconciliation))
	}
	for _, n := range run.WarningsBy {
		run.Warnings += n
	}
	if run.Status == importer.Running && !h.locks.StoreLock(run.ConnectorID()).IsHeld() {
		run.Status = importer.Interrupted
	}
	if err = cmp.Or(err, scanRead(&run, resources, notRead), checkRun(&run)); err != nil {
		return run, h.db.Unusable(engine.NewContentError(fmt.Sprintf("run %.40s", run.ID), err))
	}
	return run, nil
}

// scanRead sets what the run was to read and what it did not read.
func scanRead(run *importer.Run, resources, notRead string) error {
	if resources != "" {
		if err := engine.DecodeJSON("resources", resources, &run.Resources); err != nil {
			return err
		}
	}
	err := engine.DecodeJSON("not_read", notRead, &run.NotRead)
	if run.Status == importer.Running {
		run.NotEnded()
	}
	return err
}

// LastRun returns the newest run of a kind of a connector, nil if there is none.
func (h *History) LastRun(ctx context.Context, of connector.ID, kind importer.Kind) (*importer.Run, error) {
	runs, err := h.Runs(ctx, importer.RunFilter{Store: of.Store, Provider: of.Provider, Kind: string(kind), Limit: 1})
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	return &runs[0], nil
}
