package cmd

import (
	"context"
	"iter"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

func (s *session) showRun(ctx context.Context, run importer.Run, withChanges bool) error {
	return view.JSON(s.env.Stdout, run)
}
func (s *session) showPlan(ctx context.Context, run importer.Run) error { return nil }
func (s *session) showFailed(ctx context.Context, err error) error     { return err }
func (p *program) showRuns(runs []importer.Run) error {
	return view.JSON(p.env.Stdout, map[string]any{"runs": runs})
}
func (p *program) showStoredRun(ctx context.Context, db *state.DB, run importer.Run) error {
	return view.JSON(p.env.Stdout, run)
}
func (p *program) showWarnings(remarks iter.Seq2[importer.Remark, error]) error {
	return stream(p, "warnings", remarks, func(r importer.Remark) any { return r })
}
func (p *program) showChanges(ctx context.Context, db *state.DB, run importer.Run, tables []*importer.Table, action importer.Action) error {
	return stream(p, "changes", changes(ctx, db, planOf(run), tables, action), func(c importer.Change) any { return jsonOf(c) })
}
func (p *program) showCatalog(ctx context.Context, db *state.DB, t *importer.Table, filter state.ListFilter) error {
	columns := state.ListColumns(t)
	return stream(p, t.Name, db.List(ctx, t, filter), func(r importer.Record) any { return rowJSON{columns, r} })
}
func (p *program) showWarehouses(ctx context.Context, db *state.DB, store string) error { return nil }
