package planning

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// Planner compares a snapshot with the catalogue and keeps the difference as a plan. It
// cannot write the catalogue.
type Planner struct {
	Catalog   importer.CatalogReader
	Workspace importer.Workspace
	Report    importer.Reporter
	Now       func() time.Time

	Dropped walk.UnreadableSnapshots // snapshots to plan without
}

// Plan makes the plan of a run from a snapshot of the connected shop.
func (p *Planner) Plan(ctx context.Context, run string, c connector.Connector, snapshot importer.Snapshot,
	choices importer.Choices) (importer.Plan, error) {
	serial, edits, err := p.Catalog.Serial(ctx)
	if err != nil {
		return importer.Plan{}, err
	}
	to, err := p.Workspace.NewPlan(ctx, run)
	if err != nil {
		return importer.Plan{}, err
	}
	made := &draft{
		ctx: ctx, catalog: p.Catalog, report: p.Report, dropped: p.Dropped, platform: c.Platform, snapshot: snapshot, choices: choices,
		book: &book{to: to, plan: p.emptyPlan(run, c, snapshot.Info(), choices)},
	}
	made.book.plan.Serial, made.book.plan.Edits = serial, edits
	made.lost, made.mapping = newLostRecords(ctx, p.Catalog, snapshot, made.book), newMatcher(ctx, p.Catalog, snapshot, made.book)
	if err := made.planTables(); err != nil {
		_ = to.Discard() // the first error is the one to tell
		return importer.Plan{}, err
	}
	made.book.plan.MadeAt = p.Now().UTC()
	return made.book.plan, to.Commit(made.book.plan)
}

// emptyPlan returns the plan before anything is compared.
func (p *Planner) emptyPlan(run string, c connector.Connector, info importer.SnapshotInfo, choices importer.Choices) importer.Plan {
	return importer.Plan{
		ID: run, Store: c.Store, Provider: c.Provider, Domain: info.Shop.Domain, AccountID: info.Shop.AccountID, Currency: info.Shop.Currency,
		Scopes: slices.Sorted(slices.Values(c.Scopes)), Capabilities: c.Capabilities(), Resources: info.Resources, Choices: choices,
		Dropped: p.Dropped.Runs(), Snapshot: info.Run, AsOf: info.AsOf, Reader: info.Reader,
		Had: map[string]int{}, Withdrawn: map[string]int{}, WarningsBy: map[string]int{}, RejectedBy: map[string]int{},
		NotRead: info.NotRead,
	}
}

func (d *draft) planTables() error {
	for _, remark := range d.dropped.Remarks() {
		if err := d.book.remark(remark); err != nil {
			return err
		}
	}
	for remark, err := range d.snapshot.Remarks() {
		if err == nil {
			err = d.book.remark(remark)
		}
		if err != nil {
			return err
		}
	}
	if err := d.lookForFormer(); err != nil {
		return err
	}
	for _, t := range importer.TablesOf(d.book.plan.Resources) {
		d.lost.covered[t] = true
	}
	if err := d.lost.lackParents(); err != nil {
		return err
	}
	for _, t := range importer.Tables() { // what a record refers to comes before it
		if err := d.tableOrWhatHangs(t); err != nil {
			return err
		}
	}
	return d.takeAlongForeign()
}

func (d *draft) tableOrWhatHangs(t *importer.Table) error {
	if !d.lost.covered[t] {
		return d.takeAlong(t)
	}
	d.report.Planning(t)
	return errors.Join(d.planTable(t), failpoint.Reach("plan/table"))
}

// planTable plans one table. The imported snapshot stands for the rows, except for those
// that may deviate from it: only these, and those that are changed, are looked up.
func (d *draft) planTable(t *importer.Table) error {
	if t == importer.Warehouses {
		if err := d.mapping.matchWarehouses(); err != nil {
			return err
		}
	}
	var err error
	if d.at.empty, err = d.catalog.IsTableEmpty(d.ctx, t); err != nil {
		return err
	}
	imported, err := d.importedSnapshot(t)
	if err != nil {
		return err
	}
	if d.at.unread, d.at.last, err = walk.UnreadSince(d.ctx, d.catalog, t, d.snapshot, imported, d.dropped); err != nil {
		return err
	}
	defer d.at.last.Stop()
	if err := d.countUntold(t); err != nil {
		return err
	}
	if err := walk.MarchThrough(d.snapshot, imported, t, d.catalog.Deviations(d.ctx, t), d.marchHooks(t),
		func(m walk.Versions) error { return d.meetKey(t, m) }); err != nil {
		return err
	}
	if err := d.book.endCreates(); err != nil || d.book.plan.Takeover == nil || !t.Kept && t.Stocked == nil {
		return err
	}
	return d.decideForeign(t)
}

// marchHooks counts records that are as they were imported, unless every record of the
// table must be looked at.
func (d *draft) marchHooks(t *importer.Table) walk.Hooks {
	c := walk.Hooks{Imported: func(c importer.Chunk) {
		d.book.plan.Had[t.Name] += c.Records
		d.book.plan.InStock += c.InStock
	}}
	if t == importer.Warehouses || d.lost.rejectedParents(t) || d.lost.gaps.ShortOf(t) || t == importer.Products && d.former != nil {
		return c
	}
	total := d.book.plan.Counts.Of(t)
	if d.at.empty && d.lost.coveredParents(t) {
		c.Fresh = func(n int) bool {
			if d.book.creates == nil {
				return false // the Create needs to know its first key
			}
			total.Read += n
			total.Created += n
			d.book.creates.Records += n
			return true
		}
	}
	if d.at.unread.ForgetsImported() {
		return c
	}
	c.Alike = func(n int) {
		total.Read += n
		total.Unchanged += n
		d.book.apart = d.book.apart || n > 0
	}
	return c
}

// meetKey decides what becomes of one key.
func (d *draft) meetKey(t *importer.Table, m walk.Versions) error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	if err := d.at.last.CompleteRecords(m.Key, &m.Imported); err != nil {
		return err
	}
	m.Fresh = m.Fresh.WithColumns(m.Imported, d.at.unread.Now)
	row, err := d.rowOf(t, m)
	if err != nil {
		return err
	}
	d.book.correctCounts(t, m, row)
	if row != nil {
		m.Fresh, m.Imported = d.at.unread.KeepUnread(m.Fresh, m.Imported, row.Record)
		m.FillUnheld(row.Record)
	}
	if m.Fresh != nil {
		d.book.plan.Counts.Of(t).Read++
		if t == importer.Products && d.former[m.Key] {
			d.book.plan.Takeover.Matching++
		}
		return d.decideFresh(t, m, row)
	}
	if row == nil {
		d.lost.loseRecord(t, m.Key)
		return nil // it is in neither the shop nor the store
	}
	return d.decideGone(t, m, *row)
}

// rowOf returns the row of a key, nil if there is none. The imported record stands for a
// row that nobody edited, if its local id is not needed.
func (d *draft) rowOf(t *importer.Table, m walk.Versions) (*importer.Row, error) {
	if d.at.empty {
		return nil, nil
	}
	known := m.Deviation == nil && m.Imported != nil && !d.at.unread.ForgetsImported() && m.Imported.UnheldColumns() == 0
	whole := !t.Local && d.at.unread.Then == 0
	if known && (whole || m.Fresh != nil && t != importer.Warehouses && t.Equal(m.Imported, m.Fresh)) {
		return &importer.Row{Key: m.Key, Record: m.Imported}, nil
	}
	row, ok, err := d.catalog.FindRow(d.ctx, t, m.Key)
	if err != nil || !ok {
		return nil, err
	}
	return &row, nil
}
