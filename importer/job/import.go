package job

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// ImportRequest is what an import of everything that a shop has now is to do.
type ImportRequest struct {
	Wanted
	Limits Limits
}

// Import reads, plans and applies as one run. Where the operator does not want the plan
// to be applied the run stays behind as the preview that it was so far.
func Import(ctx context.Context, env Env, c connector.Connector, want ImportRequest) (Report, error) {
	w, err := beginReading(ctx, env, c, importer.KindImport, want.Asked)
	if err != nil {
		return Report{}, err
	}
	defer w.close(ctx)
	plan, err := w.makePlan(ctx, want.Wanted, "")
	if err == nil {
		err = w.hold(ctx, plan, want.Limits)
	}
	if err != nil {
		return w.ended(ctx, err)
	}
	if err := w.ask(ctx, plan); err != nil {
		return w.keepAsPreview(ctx, err)
	}
	return w.ended(ctx, w.write(ctx, plan))
}

// keepAsPreview leaves a run that was not confirmed as the preview that it was so far:
// its plan can still be applied.
func (w *work) keepAsPreview(ctx context.Context, why error) (Report, error) {
	w.run.Kind, w.run.Status = importer.KindPreview, importer.Succeeded
	later := w.applyLater()
	switch {
	case errors.Is(why, context.Canceled):
		why = &connector.Fault{Code: connector.Interrupted, Message: "interrupted; nothing was written, and the plan is kept", Hint: later, Err: why}
	case errors.Is(why, ErrNoAnswer):
		why = &connector.Fault{Code: connector.Usage, Message: "no answer came; nothing was written, and the plan is kept", Hint: later, Err: why}
	default:
		w.env.Listener.Tell(PlanKept{later})
	}
	err := w.endHurried(ctx, why)
	return w.report(nil), err
}

// applyLater is the command that applies the run's plan.
func (w *work) applyLater() string {
	if w.env.Again != nil {
		return w.env.Again("--store " + w.run.Store + " " + w.run.ID)
	}
	return append(importer.KindImport.Command(w.run.Store), w.run.ID).String()
}
