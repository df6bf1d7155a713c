package job

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/planning"
	"github.com/eshopos/eshopctl/importer/staging"
)

// Previewer reads a connected shop, stores a snapshot of it and plans the import. It cannot
// write the catalogue.
type Previewer struct {
	Stager  staging.Stager
	Planner planning.Planner
}

// Preview makes the plan of run and fills run as far as it gets, also if it fails. Earlier
// snapshots that cannot be read are done without, and the shop is read again if the new one
// shares their damage.
func (p *Previewer) Preview(ctx context.Context, run *importer.Run, c connector.Connector, resources []connector.Resource,
	choices importer.Choices) (plan importer.Plan, err error) {
	var snapshot importer.Snapshot
	for {
		if snapshot == nil {
			snapshot, err = p.Stager.Read(ctx, run, c, resources)
		}
		if err == nil {
			plan, err = p.planSnapshot(ctx, run, c, snapshot, choices)
		}
		if p.Stager.ReadsAgain(err, run.ID) {
			snapshot = nil
		} else if unread, learned := p.Stager.Dropped.LearnFrom(err); !learned || unread == run.ID {
			return plan, err
		}
		err = nil
	}
}

// Replay makes the plan of run from the snapshot of an earlier run, without network: of
// what was asked for, or of all that the connector is set up for and the snapshot has.
func (p *Previewer) Replay(ctx context.Context, run *importer.Run, c connector.Connector, earlier string, asked []connector.Resource,
	choices importer.Choices) (importer.Plan, error) {
	part, err := staging.PartOf(ctx, p.Stager.Workspace, c, earlier, asked)
	if err != nil {
		return importer.Plan{}, err
	}
	return p.planPart(ctx, run, c, part, choices)
}

// planPart plans from a part of an earlier snapshot. Other snapshots that cannot be read
// are done without.
func (p *Previewer) planPart(ctx context.Context, run *importer.Run, c connector.Connector, part staging.Part,
	choices importer.Choices) (importer.Plan, error) {
	from := part.Snapshot.Info()
	run.WillReplay(c, from, part.Resources)
	for {
		plan, err := p.planSnapshot(ctx, run, c, part, choices)
		if unread, learned := p.Stager.Dropped.LearnFrom(err); !learned || unread == from.Run {
			return plan, err
		}
	}
}

// TakeUp is Replay of a snapshot that a run which was cut off had finished. It remarks on
// the age of the stock.
func (p *Previewer) TakeUp(ctx context.Context, run *importer.Run, c connector.Connector, cutOff string, asked []connector.Resource,
	choices importer.Choices) (importer.Plan, error) {
	part, err := staging.PartOf(ctx, p.Stager.Workspace, c, cutOff, asked)
	if err != nil {
		return importer.Plan{}, err
	}
	info := part.Snapshot.Info()
	part.Older = importer.StockOlder("from a read of the shop that "+info.Run+" began", p.Stager.Now().Sub(info.AsOf))
	return p.planPart(ctx, run, c, part, choices)
}

func (p *Previewer) planSnapshot(ctx context.Context, run *importer.Run, c connector.Connector, snapshot importer.Snapshot,
	choices importer.Choices) (importer.Plan, error) {
	p.Planner.Dropped = p.Stager.Dropped
	plan, err := p.Planner.Plan(ctx, run.ID, c, snapshot, choices)
	if err != nil {
		return importer.Plan{}, err
	}
	*run = importer.FinishedRun(*run, plan, p.Stager.Now())
	return plan, plan.CheckBalance()
}
