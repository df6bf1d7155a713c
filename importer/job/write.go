package job

import (
	"context"
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/applying"
)

// checkLimits returns an error if a limit stops the plan.
func (w *work) checkLimits(ctx context.Context, plan importer.Plan, limits Limits) error {
	if err := limits.checkPlan(plan); err != nil {
		return err
	}
	w.run.AcceptedOf = limits.FailOn.Baseline
	return limits.FailOn.checkRemarks(plan, w.env.State.Remarks(ctx, plan.ID, ""))
}

// askToWrite asks whether to write the plan, unless there is nothing to write.
func (w *work) askToWrite(ctx context.Context, plan importer.Plan) error {
	if plan.Counts.RowWrites() == 0 {
		return nil
	}
	preview, err := w.env.State.Run(ctx, plan.Store, plan.ID)
	if err != nil {
		return err
	}
	preview.Kind, preview.Status, preview.Counts = importer.KindPreview, importer.Succeeded, plan.Counts
	preview.Warnings, preview.WarningsBy, preview.RejectedBy = plan.Warnings, plan.WarningsBy, plan.RejectedBy
	return w.env.Operator.Confirm(ctx, WriteQuestion{Plan: plan, Preview: preview, Remarks: w.env.State.Remarks(ctx, plan.ID, "")})
}

// takeOver copies into the run what the preview of its plan found.
func (w *work) takeOver(ctx context.Context, plan importer.Plan) error {
	preview, err := w.env.State.Run(ctx, plan.Store, plan.ID)
	if err != nil {
		return err
	}
	w.planned = true
	w.run.Counts, w.run.Plan, w.run.Reader = plan.Counts, plan.ID, plan.Reader
	w.run.Warnings, w.run.WarningsBy, w.run.RejectedBy = plan.Warnings, plan.WarningsBy, plan.RejectedBy
	w.run.Resources, w.run.NotRead, w.run.AsOf = preview.Resources, preview.NotRead, &plan.AsOf
	return nil
}

// writePlan waits for its turn and applies the plan.
func (w *work) writePlan(ctx context.Context, plan importer.Plan) error {
	turn := w.env.State.ApplyLock()
	if err := turn.Wait(ctx, "an import of store "+plan.Store); err != nil {
		return err
	}
	defer turn.Release() //nolint:errcheck // it ends with the process in any case
	if err := failpoint.Reach("apply/turn"); err != nil {
		return err
	}
	if err := w.stillConnected(ctx); err != nil {
		return err
	}
	runner := applying.Runner{Catalog: w.catalog, Workspace: w.env.State, Report: w.env.Listener, Now: w.now}
	applied, err := runner.Apply(ctx, w.run, plan)
	if err == nil {
		w.run = applied
	}
	return err
}

// stillConnected makes sure that the store was not disconnected or connected again since
// the run began.
func (w *work) stillConnected(ctx context.Context) error {
	current, err := w.env.State.Connector(ctx, w.connector.Store, w.connector.Provider)
	if err != nil || current.Generation == w.connector.Generation {
		return err
	}
	return &connector.Fault{Code: connector.NotConnected, Err: connector.ErrInstallChanged,
		Message: fmt.Sprintf("store %s was disconnected or connected anew while the run was at work; nothing was written", current.Store),
		Next:    connector.Typed("status").For(current.Store).Next()}
}
