package job

import (
	"context"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/applying"
)

// ApplyRequest is how a plan is to be applied.
type ApplyRequest struct {
	Plan   importer.Plan // see PlanOf
	MaxAge time.Duration
	Limits Limits
}

// ApplyPlan applies the plan of a preview as it was shown, without asking the shop again.
// One that is stale, or not wanted, is refused before anything begins; one that a limit
// stops is a run that failed.
func ApplyPlan(ctx context.Context, env Env, c connector.Connector, want ApplyRequest) (Report, error) {
	plan := want.Plan
	var stopped error
	w, err := beginRun(ctx, env, c, importer.KindImport, func(w *work) ([]connector.Resource, error) {
		if err := importer.CheckConnected(w.connector); err != nil {
			return nil, err
		}
		if err := applying.CheckFit(ctx, &plan, w.connector, w.catalog, env.State, env.Now(), want.MaxAge); err != nil {
			return nil, err
		}
		if stopped = w.checkLimits(ctx, plan, want.Limits); stopped != nil {
			return plan.Resources, nil // nothing to ask: it is told below, as a run that failed
		}
		return plan.Resources, w.askToWrite(ctx, plan)
	})
	if err != nil {
		return Report{}, err
	}
	defer w.close(ctx)
	err = w.takeOver(ctx, plan)
	if err == nil {
		err = stopped
	}
	if err == nil {
		err = w.writePlan(ctx, plan)
	}
	return w.endRun(ctx, err)
}

// PlanOf is the plan that a run made, to be applied. What is no plan of a preview is
// refused.
func PlanOf(ctx context.Context, plans Plans, run importer.Run) (importer.Plan, error) {
	refused := func(why string) error {
		return &connector.Fault{Code: connector.Usage, Message: "run " + run.ID + why, Next: importer.KindPreview.Command(run.Store).Next()}
	}
	plan, err := plans.Plan(ctx, run.ID)
	switch {
	case importer.IsUnreadable(err):
		return plan, applying.StoredBadly(err)
	case errors.Is(err, importer.ErrNotKept):
		return plan, refused(" has no plan that could be applied")
	case err == nil && run.Kind != importer.KindPreview:
		return plan, refused(" is an " + string(run.Kind) + "; only the plan of a preview can be applied")
	}
	return plan, err
}
