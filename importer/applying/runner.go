package applying

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/importer"
)

// Runner applies plans. It has no source, so it cannot ask the shop.
type Runner struct {
	Catalog   importer.Catalog
	Workspace importer.Workspace
	Report    importer.Reporter
	Now       func() time.Time
}

// Apply writes what the plan says into the catalogue and finishes run, all in one
// transaction. It returns the finished run. If it fails nothing was written, unless the
// error is an *UnknownOutcomeError.
func (r *Runner) Apply(ctx context.Context, run importer.Run, plan importer.Plan) (importer.Run, error) {
	if err := plan.CheckBalance(); err != nil {
		return run, err
	}
	snapshot, err := r.Workspace.Snapshot(ctx, plan.Snapshot)
	if StoredBadly(err) != nil {
		return run, StoredBadly(err)
	}
	if err != nil {
		return run, fmt.Errorf("snapshot of %s: %w", plan.Snapshot, err)
	}
	err = r.Catalog.InTransaction(ctx, func(to importer.CatalogWriter) error {
		if err := r.beginTransaction(ctx, to, &plan, run.ID, snapshot).applyPlan(); err != nil {
			return err
		}
		run = importer.FinishedRun(run, plan, r.Now())
		return to.FinishRun(ctx, run, plan.Resources, plan.AsOf)
	})
	return run, cmp.Or(StoredBadly(err), err)
}

func (r *Runner) beginTransaction(ctx context.Context, to importer.CatalogWriter, plan *importer.Plan, run string,
	snapshot importer.Snapshot) *transaction {
	s := &steps{ctx: ctx, plan: plan, snapshot: snapshot, workspace: r.Workspace, catalog: r.Catalog, to: to}
	return &transaction{
		ctx: ctx, to: to, plan: plan, run: run, steps: s,
		levels:   &readBack{ctx: ctx, plan: plan, steps: s, catalog: r.Catalog, to: to},
		progress: progress{report: r.Report, total: plan.Counts.RowWrites()},
	}
}
