package job

import (
	"context"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/applying"
)

// ApplyRequest says which plan is to be applied, and under which limits.
type ApplyRequest struct {
	Plan   importer.Plan // see PlanOf
	MaxAge time.Duration
	Limits Limits
}

// ApplyPlan applies the plan of a preview as it was shown, without asking the shop again.
// If the plan is stale, or the operator says no, no run begins. If a limit stops it, the
// run fails.
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
			return plan.Resources, nil // do not ask: the run fails below
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

// PlanOf returns the plan of a preview, to be applied. It returns a fault if the run is not
// a preview or its plan is not kept.
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
