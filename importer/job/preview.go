package job

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/staging"
)

// PreviewRequest says what a preview is to read and when it fails.
type PreviewRequest struct {
	Selection
	From   string // the run whose snapshot is planned from, "" to read the shop
	FailOn FailOn
}

// Preview reads the shop, or takes what an earlier run read, and plans an import of it. It
// writes nothing into the catalogue. A preview that FailOn fails keeps its plan, so that it
// can be looked at.
func Preview(ctx context.Context, env Env, c connector.Connector, want PreviewRequest) (Report, error) {
	w, err := beginRun(ctx, env, c, importer.KindPreview, func(w *work) ([]connector.Resource, error) {
		resources, err := importer.ReadyResources(w.connector, want.Asked)
		if err == nil && want.From != "" {
			resources, err = staging.ReplayResources(ctx, env.State, w.connector, want.From, want.Asked)
		}
		return resources, err
	})
	if err != nil {
		return Report{}, err
	}
	defer w.close(ctx)
	plan, err := w.makePlan(ctx, want.Selection, want.From)
	if err != nil {
		return w.endRun(ctx, err)
	}
	w.run.Stop = StopOf(plan)
	w.run.AcceptedOf = want.FailOn.Baseline
	if err := want.FailOn.checkRemarks(plan, env.State.Remarks(ctx, plan.ID, "")); err != nil {
		return w.endRun(ctx, err)
	}
	w.run.Status = importer.Succeeded // a preview that would reject records did its work
	return w.finishRun(ctx)
}

// SnapshotOf returns the run that read the snapshot from which a run was planned: itself,
// or the run whose plan it applied.
func SnapshotOf(ctx context.Context, plans Plans, run importer.Run) (string, error) {
	if run.Plan == "" {
		return run.ID, nil
	}
	plan, err := plans.Plan(ctx, run.Plan)
	if errors.Is(err, importer.ErrNotKept) {
		return run.ID, nil
	}
	return plan.Snapshot, err
}
