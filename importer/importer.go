package importer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
)

// Previewer reads a connected shop, keeps a snapshot of it and plans the
// import. Nothing in it can write the catalogue.
type Previewer struct {
	Source    Source
	Program   string // the version of this program
	Workspace Workspace
	Planner   Planner
	Report    Reporter
	Now       func() time.Time

	dropped dropped // snapshots of earlier runs that could not be read
	twice   bool    // the run's own was read once more
}

// Preview makes the plan of run: ready, read, verify, snapshot, plan. The
// returned run is filled as far as it got, also when it fails. What cannot be read of
// earlier snapshots is done without, and the shop read anew where it was needed.
func (p *Previewer) Preview(ctx context.Context, run *Run, c connector.Connector, resources []connector.Resource, choices Choices) (plan Plan, err error) {
	var snapshot Snapshot
	for {
		if snapshot == nil {
			snapshot, err = p.Read(ctx, run, c, resources)
		}
		if err == nil {
			plan, err = p.plan(ctx, run, c, snapshot, choices)
		}
		if p.Unread(err, run.ID) {
			snapshot = nil
		} else if unread, learned := p.dropped.learn(err); !learned || unread == run.ID {
			return plan, err
		}
		err = nil
	}
}

// Replay makes the plan of run from the snapshot of an earlier one, without the
// network: of what was asked for, or of all that the connector is set up for and the
// snapshot holds.
func (p *Previewer) Replay(ctx context.Context, run *Run, c connector.Connector, earlier string, asked []connector.Resource, choices Choices) (Plan, error) {
	part, err := partOf(ctx, p.Workspace, c, earlier, asked)
	if err != nil {
		return Plan{}, err
	}
	return p.replay(ctx, run, c, part, choices)
}

// replay plans from a part of an earlier snapshot. Others that cannot be read are done
// without.
func (p *Previewer) replay(ctx context.Context, run *Run, c connector.Connector, part replayed, choices Choices) (Plan, error) {
	from := part.Snapshot.Info()
	run.WillReplay(c, from, part.resources)
	for {
		plan, err := p.plan(ctx, run, c, part, choices)
		if unread, learned := p.dropped.learn(err); !learned || unread == from.Run {
			return plan, err
		}
	}
}

// TakeUp is Replay of what a run that was cut off had read to its end, which is told by
// its age.
func (p *Previewer) TakeUp(ctx context.Context, run *Run, c connector.Connector, cutOff string, asked []connector.Resource, choices Choices) (Plan, error) {
	part, err := partOf(ctx, p.Workspace, c, cutOff, asked)
	if err != nil {
		return Plan{}, err
	}
	info := part.Snapshot.Info()
	part.older = StockOlder("from a read of the shop that "+info.Run+" began", p.Now().Sub(info.AsOf))
	return p.replay(ctx, run, c, part, choices)
}

// freshSnapshot is how old the snapshot of a run that was cut off may be to be
// taken up; later its stock is not worth the time that it saves.
const freshSnapshot = time.Hour

// Serves reports whether a snapshot that an earlier run left behind is what a
// preview of the resources would read now, as far as that is known without reading.
func (i SnapshotInfo) Serves(c connector.Connector, resources []connector.Resource, reader Reader, now time.Time) bool {
	age := now.Sub(i.FinishedAt) // of a clock that was wrong meanwhile it says nothing
	sameResources := slices.Equal(slices.Sorted(slices.Values(i.Resources)), slices.Sorted(slices.Values(resources)))
	return SameShop(c, i.Shop) == nil && sameResources && (reader == ReaderAuto || reader == i.Reader) && age > -ClockSkew && age < freshSnapshot
}

func (p *Previewer) plan(ctx context.Context, run *Run, c connector.Connector, snapshot Snapshot, choices Choices) (Plan, error) {
	p.Planner.dropped = p.dropped
	plan, err := p.Planner.Plan(ctx, run.ID, c, snapshot, choices)
	if err != nil {
		return Plan{}, err
	}
	*run = finished(*run, plan, p.Now())
	return plan, plan.accounted()
}

// accounted makes sure that no record of the snapshot is left without an account.
func (p *Plan) accounted() error {
	for _, t := range Tables() {
		if !p.Counts.Of(t).Balanced() {
			return &connector.Fault{Code: connector.Internal,
				Message: "the accounting of " + t.Name + " does not balance; nothing was written", Next: connector.Advice("report it as a bug")}
		}
	}
	return nil
}

// Unread reports whether an error is that of the snapshot which a run read itself: it
// shares what is damaged, and has to be read once more.
func (p *Previewer) Unread(err error, run string) bool {
	var which *UnreadableError
	if !errors.As(err, &which) || which.Run != run || p.twice {
		return false
	}
	p.twice = true
	return true
}

// Read reads the shop into a new snapshot. What cannot be read of the one before is
// done without.
func (p *Previewer) Read(ctx context.Context, run *Run, c connector.Connector, resources []connector.Resource) (Snapshot, error) {
	for {
		snapshot, err := p.read(ctx, run, c, resources)
		if unread, learned := p.dropped.learn(err); !learned || unread == run.ID {
			return snapshot, err
		}
	}
}

func (p *Previewer) read(ctx context.Context, run *Run, c connector.Connector, resources []connector.Resource) (Snapshot, error) {
	began := p.Now().UTC()
	shop, err := p.Source.Shop(ctx)
	if err != nil {
		return nil, err
	}
	if err := SameShop(c, shop); err != nil {
		return nil, err
	}
	before, err := p.before(ctx, run, shop, resources)
	if err != nil {
		return nil, err
	}
	found := NewAssembly(p.Workspace.NewSorter, before, p.Report)
	defer found.Close()
	reading, err := p.Source.Read(ctx, resources, found)
	if err != nil {
		return nil, err
	}
	run.Reader = reading.Reader
	if !reading.Began.IsZero() {
		began = reading.Began.UTC()
	}
	if err := failpoint.Reach("stage/read"); err != nil {
		return nil, err
	}
	to, err := found.snapshot(ctx, run.ID, reading.Same, p.Source, p.Workspace, resources)
	if err != nil {
		return nil, err
	}
	return to.Commit(SnapshotInfo{
		Run: run.ID, Shop: shop, Reader: reading.Reader, Resources: resources, AsOf: began, FinishedAt: p.Now().UTC(),
		Given: found.given(p.Program, reading), Incomplete: found.incomplete(), Nameless: found.nameless, Lacking: found.lacking(), NotRead: reading.NotRead,
	})
}

// before is the newest snapshot of the connector, if the new one may be equal to it: this
// program made it, of the same resources of the same shop. Prices are read in the shop's
// currency, so the same text means another price in another. What the run itself read in
// vain is none.
func (p *Previewer) before(ctx context.Context, run *Run, shop Shop, resources []connector.Resource) (Snapshot, error) {
	if p.twice {
		return nil, nil // what is damaged came from there
	}
	before, err := p.Workspace.LastSnapshot(ctx, run.Connector())
	if errors.Is(err, ErrNotKept) || p.dropped.had(before, err) {
		return nil, nil
	}
	if err != nil {
		return before, err
	}
	info := before.Info()
	sameShop := info.Shop.AccountID == shop.AccountID && info.Shop.Currency == shop.Currency
	if info.Run == run.ID || !sameShop || info.Given.Program != madeBy(p.Program) || !slices.Equal(info.Resources, resources) {
		return nil, nil
	}
	return before, nil
}

// SameShop makes sure that the shop which answers is the one that was connected.
func SameShop(c connector.Connector, shop Shop) error {
	if shop.AccountID != c.AccountID {
		return &connector.Fault{Code: connector.NotConnected,
			Message: fmt.Sprintf("another shop answered: %s (%s) instead of %s (%s)", shop.Domain, shop.AccountID, c.Domain, c.AccountID),
			Next:    c.Connecting().Next()}
	}
	if c.Currency != "" && shop.Currency != c.Currency {
		return &connector.Fault{Code: connector.GuardTripped,
			Message: fmt.Sprintf("the shop's currency changed from %s to %s", c.Currency, shop.Currency),
			Next:    c.Connecting().After("if that was meant, connect again: ")}
	}
	return nil
}
