package workspace

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/chunks"
	"github.com/eshopos/eshopctl/state/engine"
)

// Plan returns the plan that a run made, or importer.ErrNotKept.
func (w *Workspace) Plan(ctx context.Context, run string) (importer.Plan, error) {
	var encoded string
	err := w.db.Read().QueryRowContext(ctx, "SELECT info FROM plans WHERE run = ? AND complete = 1", run).Scan(&encoded)
	if errors.Is(err, sql.ErrNoRows) {
		return importer.Plan{}, importer.ErrNotKept
	}
	if err != nil {
		return importer.Plan{}, w.db.Unusable(err)
	}
	var plan importer.Plan
	if err := json.Unmarshal([]byte(encoded), &plan); err != nil {
		return plan, w.chunks.unreadableError(run, err)
	}
	if plan.ID != run {
		return plan, w.chunks.unreadableError(run, errors.New("it names another run"))
	}
	return plan, nil
}

// Changes yields the changes of a plan for one table, in key order. It reads each chunk in
// a short query of its own.
func (w *Workspace) Changes(ctx context.Context, plan string, t *importer.Table) iter.Seq2[importer.Change, error] {
	return func(yield func(importer.Change, error) bool) {
		for seq := 0; ; seq++ {
			var chunk chunks.Content
			err := w.db.Statements().QueryRowContext(ctx, "SELECT data FROM plan_chunks WHERE plan = ? AND resource = ? AND seq = ?",
				plan, t.Name, seq).Scan(&chunk)
			if errors.Is(err, sql.ErrNoRows) {
				return
			}
			if err != nil {
				yield(importer.Change{}, w.chunks.unreadableError(plan, err))
				return
			}
			for change, err := range chunk.Changes(t) {
				if !yield(change, w.chunks.unreadableError(plan, err)) || err != nil {
					return
				}
			}
		}
	}
}

// Remarks yields the remarks of the run that made a plan, with one code or with any if code
// is "".
func (w *Workspace) Remarks(ctx context.Context, run, code string) iter.Seq2[importer.Remark, error] {
	return func(yield func(importer.Remark, error) bool) {
		rows, err := w.db.Read().QueryContext(ctx, `SELECT code, severity, resource, local_id, external_id, message, hint
			FROM remarks WHERE run = ?1 AND (?2 = '' OR code = ?2) ORDER BY seq`, run, code)
		if err != nil {
			yield(importer.Remark{}, w.db.Unusable(err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var r importer.Remark
			var next string
			err := rows.Scan(append(engine.ShortTexts(&r.Code, &r.Severity, &r.Resource, &r.LocalID), &r.ExternalID, &r.Message, &next)...)
			r.Next = connector.NextOf(next)
			if !yield(r, w.db.Unusable(err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(importer.Remark{}, w.db.Unusable(err))
		}
	}
}
