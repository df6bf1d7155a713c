package job

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// RunsOfStores is the stored runs of all stores.
type RunsOfStores interface {
	connector.Registry
	PastRuns
}

// FindRun returns a run of the chosen store by its id, by a beginning of it, or "latest".
func (c Choice) FindRun(ctx context.Context, db RunsOfStores, id string) (importer.Run, error) {
	if err := c.CheckStore(ctx, db); err != nil {
		return importer.Run{}, err
	}
	run, err := db.Run(ctx, c.Store, id)
	if errors.Is(err, importer.ErrNoRun) || errors.Is(err, importer.ErrSeveralRuns) {
		return run, misnamedFault(connector.Typed("runs list").For(c.Store).Next(), "%s", err)
	}
	return run, err
}

// BaselineRun returns the run whose warnings are accepted. "latest" is the last run that
// ended well: a run that was stopped for its warnings must not be what lets them pass next
// time.
func (c Choice) BaselineRun(ctx context.Context, db RunsOfStores, id string) (importer.Run, error) {
	if id != "latest" {
		return c.FindRun(ctx, db, id)
	}
	if err := c.CheckStore(ctx, db); err != nil {
		return importer.Run{}, err
	}
	runs, err := db.Runs(ctx, importer.RunFilter{Store: c.Store})
	if err != nil {
		return importer.Run{}, err
	}
	for _, run := range runs {
		if run.Kind != importer.KindReconcile && (run.Status == importer.Succeeded || run.Status == importer.Partial) {
			return run, nil
		}
	}
	return importer.Run{}, misnamedFault(connector.Typed("import preview").ForStoreAtHand().After("look at the first ones yourself: "), "there is no run yet whose warnings could be accepted")
}

// RunOfPlan returns the run that made a plan. "latest" is the newest preview with a plan,
// because a run that failed to apply it is newer and has none.
func (c Choice) RunOfPlan(ctx context.Context, db RunsOfStores, id string) (importer.Run, error) {
	if id != "latest" {
		return c.FindRun(ctx, db, id)
	}
	if err := c.CheckStore(ctx, db); err != nil {
		return importer.Run{}, err
	}
	previews, err := db.Runs(ctx, importer.RunFilter{Store: c.Store, Kind: string(importer.KindPreview)})
	if err != nil {
		return importer.Run{}, err
	}
	for _, run := range previews {
		if run.Plan != "" {
			return run, nil
		}
	}
	return c.FindRun(ctx, db, id)
}
