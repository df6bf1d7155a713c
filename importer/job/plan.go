package job

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/planning"
	"github.com/eshopos/eshopctl/importer/staging"
)

// Selection says what to read of a shop, how, and what is chosen about the plan.
type Selection struct {
	Asked   []connector.Resource // empty for all that the store is set up for
	Reader  importer.Reader
	Choices importer.Choices
}

// makePlan makes the plan of the run: from the snapshot of the run named from, from one
// that a run which was cut off has left behind, or from the shop.
func (w *work) makePlan(ctx context.Context, want Selection, from string) (importer.Plan, error) {
	previewer, err := w.newPreviewer(want.Reader)
	if err != nil {
		return importer.Plan{}, err
	}
	plan, err := w.planFrom(ctx, previewer, want, from)
	if err != nil {
		return plan, err
	}
	w.planned = true
	w.env.Listener.Tell(PlanMade{plan})
	return plan, nil
}

// newPreviewer returns a previewer of the connected shop.
func (w *work) newPreviewer(reader importer.Reader) (*Previewer, error) {
	source, err := w.env.Shops.Source(w.connector, reader)
	if err != nil {
		return nil, err
	}
	state, report := w.env.State, w.env.Listener
	return &Previewer{
		Stager:  staging.Stager{Source: source, Program: w.env.Program, Workspace: state, Report: report, Now: w.now},
		Planner: planning.Planner{Catalog: w.catalog, Workspace: state, Report: report, Now: w.now},
	}, nil
}

func (w *work) planFrom(ctx context.Context, by *Previewer, want Selection, from string) (importer.Plan, error) {
	if from != "" {
		return by.Replay(ctx, &w.run, w.connector, from, want.Asked, want.Choices)
	}
	if err := w.meetShop(ctx, by.Stager.Source); err != nil {
		return importer.Plan{}, err
	}
	resources := w.run.Resources
	cutOff, err := w.cutOff(ctx, want.Reader)
	if err != nil {
		return importer.Plan{}, err
	}
	if cutOff != "" {
		plan, err := by.TakeUp(ctx, &w.run, w.connector, cutOff, want.Asked, want.Choices)
		if !importer.IsUnreadable(err) { // an unreadable snapshot is read anew
			return plan, err
		}
	}
	return by.Preview(ctx, &w.run, w.connector, resources, want.Choices)
}

// cutOff returns the run that was cut off after it had read what this one is to read, "" if
// there is none.
func (w *work) cutOff(ctx context.Context, reader importer.Reader) (string, error) {
	left, err := w.env.State.Leftover(ctx, w.connector.ID())
	if errors.Is(err, importer.ErrNotKept) || importer.IsUnreadable(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	info := left.Info()
	if !servesPreview(info, w.connector, w.run.Resources, reader, w.env.Now()) {
		return "", nil
	}
	w.env.Listener.Tell(ReadTakenUp{Run: info.Run, FinishedAt: info.FinishedAt})
	return info.Run, nil
}
