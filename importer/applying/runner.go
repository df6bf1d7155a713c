package applying

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// Runner applies plans. It holds no source: it cannot ask the shop.
type Runner struct {
	Catalog   importer.Catalog
	Workspace importer.Workspace
	Report    importer.Reporter
	Now       func() time.Time
}

// Apply writes what the plan says into the catalogue and finishes run with it,
// all in one transaction. It returns the finished run. When it fails nothing
// was written, unless the error is an *UnknownOutcomeError.
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
	err = r.Catalog.Apply(ctx, func(to importer.CatalogWriter) error {
		applying := &applying{Runner: r, ctx: ctx, to: to, plan: plan, run: run.ID, total: plan.Counts.Writes(), snapshot: snapshot}
		if err := applying.all(); err != nil {
			return err
		}
		run = importer.Finished(run, plan, r.Now())
		return to.Finish(ctx, run, plan.Resources, plan.AsOf)
	})
	return run, cmp.Or(StoredBadly(err), err)
}

// applying is one plan on its way into the catalogue.
type applying struct {
	*Runner
	ctx      context.Context
	to       importer.CatalogWriter
	plan     importer.Plan
	run      string
	snapshot importer.Snapshot
	edited   bool // somebody edited rows since the plan was made
	refers   *referring
	counting errgroup.Group
	levels   map[*importer.Table]int // that the catalogue had, where stock is written
	done     int
	total    int
}

func (a *applying) all() error {
	serial, edits, err := a.to.Serial(a.ctx)
	if err != nil {
		return err
	}
	a.edited = edits != a.plan.Edits
	if err := unwrittenSince(&a.plan, serial); err != nil {
		return err
	}
	if len(a.stocked()) > 0 {
		a.counting.Go(a.countLevels)
		defer a.counting.Wait() //nolint:errcheck // asked for where it matters
	}
	a.refers = newReferring(a)
	if a.edited {
		if err := a.refers.lookForEdits(); err != nil {
			return err
		}
	}
	covered := importer.TablesOf(a.plan.Resources)
	for _, t := range covered {
		if err := errors.Join(a.table(t), failpoint.Reach("apply/table")); err != nil {
			return err
		}
	}
	for _, t := range importer.Tables() {
		if !slices.Contains(covered, t) && a.plan.Counts.Of(t).Writes() > 0 {
			if err := a.alongside(t); err != nil {
				return err
			}
		}
	}
	for _, run := range a.plan.Dropped {
		if err := a.to.Drop(a.ctx, run); err != nil {
			return err
		}
	}
	return errors.Join(a.refers.check(), failpoint.Reach("read-back/begun"), a.readBack(), failpoint.Reach("read-back/compared"))
}

// countLevels counts them as they were when the transaction began, beside it: no
// other can be committed before it ends.
func (a *applying) countLevels() (err error) {
	a.levels = map[*importer.Table]int{}
	for _, t := range a.stocked() {
		if a.levels[t], err = a.Catalog.Count(a.ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// stocked are the tables of what is in stock that the plan writes.
func (a *applying) stocked() (written []*importer.Table) {
	for _, t := range importer.Tables() {
		if t.Stocked != nil && a.plan.Counts.Of(t).Writes() > 0 {
			written = append(written, t)
		}
	}
	return written
}

// table applies the changes of one table: first those to rows that are there,
// then the new rows, all in one go.
func (a *applying) table(t *importer.Table) error {
	if err := a.bring(t); err != nil {
		return err
	}
	for met, err := range a.meetings(t) {
		if err != nil {
			return err
		}
		if err := a.ctx.Err(); err != nil {
			return err
		}
		if err := a.change(met); err != nil {
			return err
		}
	}
	if err := a.forget(t); err != nil {
		return err
	}
	if a.plan.Counts.Of(t).Created == 0 {
		return nil
	}
	err := a.to.InsertAll(a.ctx, t, a.refers.passing(t, a.counted(a.records(t, importer.Create))), a.run)
	if errors.Is(err, importer.ErrRowExists) {
		return Stale(fmt.Sprintf("somebody else made one of the %s that it would create", t.Name))
	}
	return err
}

// alongside applies changes to rows of a table that the plan does not cover, because
// what they refer to goes. The next plan that covers it must not take them for what was
// imported.
func (a *applying) alongside(t *importer.Table) error {
	for met, err := range a.meetings(t) {
		if err == nil {
			err = a.change(met)
		}
		if err != nil {
			return err
		}
		if met.Action != importer.Remove || met.Foreign {
			continue
		}
		if err := a.to.Leave(a.ctx, t, met.Key, nil); err != nil {
			return err
		}
	}
	return nil
}

// meeting is a change with the row that it is about.
type meeting struct {
	importer.Change
	row   importer.Row
	there bool
}

// meetings gives the changes of a table. Levels are found ahead, beside the
// transaction: what it began with is what it sees of them, since each has one change
// at most.
func (a *applying) meetings(t *importer.Table) iter.Seq2[meeting, error] {
	if t == importer.Stock {
		return beside(a.met(t, a.Catalog))
	}
	return a.met(t, a.to)
}

func (a *applying) met(t *importer.Table, in importer.CatalogReader) iter.Seq2[meeting, error] {
	return func(yield func(meeting, error) bool) {
		for change, err := range a.Workspace.Changes(a.ctx, a.plan.ID, t) {
			m := meeting{Change: change}
			if err == nil && change.Touches() {
				m.row, m.there, err = in.Row(a.ctx, change)
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// records gives the snapshot's records of the changes of a table that do one of
// these things.
func (a *applying) records(t *importer.Table, actions ...importer.Action) iter.Seq2[importer.Record, error] {
	return func(yield func(importer.Record, error) bool) {
		shop, err := walk.NewMakings(a.snapshot, t)
		if err != nil {
			yield(nil, err)
			return
		}
		defer shop.Close()
		for change, err := range a.Workspace.Changes(a.ctx, a.plan.ID, t) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !slices.Contains(actions, change.Action) {
				continue
			}
			for record, err := range shop.Of(change) {
				if !yield(record, err) || err != nil {
					return
				}
			}
		}
	}
}

// change applies a change to its row, if that still is what the plan saw.
func (a *applying) change(m meeting) error {
	t, row := m.Table, m.row
	if m.Leaves() && m.Action != importer.Mend {
		if err := a.to.Leave(a.ctx, t, m.Key, m.Imported); err != nil {
			return err
		}
	}
	if !m.Touches() {
		return nil
	}
	if err := a.asSeen(m); err != nil {
		return err
	}
	a.step()
	record := m.ApplyTo(row.Record)
	a.refers.changed(m, record)
	switch m.Action {
	case importer.Remove:
		return a.remove(m.Change, row)
	case importer.Miss, importer.Archive:
		return a.to.Miss(a.ctx, t, row, record, a.run)
	case importer.Mend:
		if err := a.to.Leave(a.ctx, t, m.Key, record); err != nil {
			return err
		}
	}
	row.Key = m.Key
	err := a.to.Update(a.ctx, t, row, record, a.run)
	if errors.Is(err, importer.ErrRowExists) {
		return stoodForSince(m.Change)
	}
	return err
}

// remove deletes a row and makes sure that it is gone.
func (a *applying) remove(change importer.Change, row importer.Row) error {
	if err := a.to.Remove(a.ctx, change.Table, row); err != nil {
		return err
	}
	if _, still, err := a.to.Row(a.ctx, change); err != nil || still {
		return errors.Join(err, a.reconciliationBug(change.Table, change.Key))
	}
	return nil
}

// step reports progress, not at every row.
func (a *applying) step() {
	a.done++
	if a.done%256 == 0 || a.done == a.total {
		a.Report.Applying(a.done, a.total)
	}
}

// counted reports each record as a step.
func (a *applying) counted(records iter.Seq2[importer.Record, error]) iter.Seq2[importer.Record, error] {
	return func(yield func(importer.Record, error) bool) {
		for record, err := range records {
			a.step()
			if !yield(record, err) {
				return
			}
		}
	}
}

// readBack compares the stock that was written, as it now stands in the
// catalogue, with the snapshot's, level by level, before anything is committed, and
// makes sure that there are no more levels than that.
func (a *applying) readBack() error {
	for _, t := range a.stocked() {
		if err := a.readBackLevels(t); err != nil {
			return err
		}
	}
	return nil
}

func (a *applying) readBackLevels(t *importer.Table) error {
	if !slices.Contains(a.plan.Resources, t.Resource) {
		return a.countBack(t)
	}
	counts := a.plan.Counts.Of(t)
	holds, levels, err := a.to.Holds(a.ctx, t, a.records(t, importer.Create, importer.Update), counts.Created+counts.Updated > counts.Read/2)
	if err != nil {
		return err
	}
	if !holds {
		if err := a.nameOff(t); err != nil {
			return err
		}
	}
	return a.counts(t, levels)
}

// countBack is for levels that only go along with what they belong to.
func (a *applying) countBack(t *importer.Table) error {
	levels, err := a.to.Count(a.ctx, t)
	return errors.Join(err, a.counts(t, levels))
}

// counts makes sure that there are as many levels as there should be.
func (a *applying) counts(t *importer.Table, levels int) error {
	if err := a.counting.Wait(); err != nil {
		return err
	}
	if counts := a.plan.Counts.Of(t); levels != a.levels[t]+counts.Created-counts.Removed {
		return a.reconciliationBug(t, "a level")
	}
	return nil
}

// nameOff names the level that is not what the shop has. There is none where they only
// differ in what the snapshot did not hold yet.
func (a *applying) nameOff(t *importer.Table) error {
	var unheld importer.ColumnSet
	for level, err := range a.records(t, importer.Create, importer.Update) {
		if err != nil {
			return err
		}
		row, ok, err := a.to.Find(a.ctx, t, t.Key(level))
		if err != nil {
			return err
		}
		if !ok || !t.Equal(level.Holding(row.Record), row.Record) {
			return a.reconciliationBug(t, t.Key(level))
		}
		unheld |= level.UnheldColumns()
	}
	if unheld != 0 {
		return nil
	}
	return a.reconciliationBug(t, "a level")
}

func (a *applying) reconciliationBug(t *importer.Table, key string) error {
	return &connector.Fault{Code: connector.Internal,
		Message: fmt.Sprintf("reconciliation bug: after writing, the %s of %s is not what the shop has; everything was rolled back", t.Name, importer.ShowKey(key)),
		Next:    reported(a.plan.ID, t)}
}

// reported is what to do about what should never be: it is looked into by others.
func reported(plan string, t *importer.Table) connector.Next {
	return connector.Typed("runs changes", plan, "--resource", t.Name, "-o", "jsonl").After("do not run it again blindly; report it with: ")
}
