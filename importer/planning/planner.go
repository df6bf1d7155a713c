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

// Planner compares a snapshot with the catalogue and keeps the difference as a
// plan. It has no way to write the catalogue.
type Planner struct {
	Catalog   importer.CatalogReader
	Workspace importer.Workspace
	Report    importer.Reporter
	Now       func() time.Time

	Dropped walk.Dropped // snapshots that are done without
}

// Plan makes the plan of run from a snapshot of the connected shop.
func (p *Planner) Plan(ctx context.Context, run string, c connector.Connector, snapshot importer.Snapshot, choices importer.Choices) (importer.Plan, error) {
	serial, edits, err := p.Catalog.Serial(ctx)
	if err != nil {
		return importer.Plan{}, err
	}
	to, err := p.Workspace.NewPlan(ctx, run)
	if err != nil {
		return importer.Plan{}, err
	}
	info := snapshot.Info()
	made := &planning{
		Planner: p, ctx: ctx, platform: c.Platform, snapshot: snapshot, choices: choices, to: to,
		rejected: map[importer.ParentRef]bool{}, unfit: map[importer.ParentRef]unfit{}, lost: map[importer.ParentRef]bool{}, gaps: importer.GapsOf(info), owners: walk.NewOwners(snapshot), covered: map[*importer.Table]bool{}, parents: map[*importer.Table]string{}, places: map[string]string{},
		plan: importer.Plan{
			ID: run, Store: c.Store, Provider: c.Provider, Domain: info.Shop.Domain, AccountID: info.Shop.AccountID, Currency: info.Shop.Currency,
			Scopes: slices.Sorted(slices.Values(c.Scopes)), Capabilities: c.Capabilities(), Resources: info.Resources, Choices: choices,
			Serial: serial, Edits: edits, Dropped: p.Dropped.Runs(), Snapshot: info.Run, AsOf: info.AsOf, Reader: info.Reader,
			Had: map[string]int{}, Withdrawn: map[string]int{}, WarningsBy: map[string]int{}, RejectedBy: map[string]int{},
			NotRead: info.NotRead,
		},
	}
	if err := made.tables(); err != nil {
		_ = to.Discard() // the first error is the one to tell
		return importer.Plan{}, err
	}
	made.plan.MadeAt = p.Now().UTC()
	return made.plan, to.Commit(made.plan)
}

// planning is one plan in the making. rejected names records whose parts must be
// left alone, as far as what they refer to stays.
type planning struct {
	*Planner
	ctx        context.Context
	platform   connector.Platform // of the shop
	snapshot   importer.Snapshot
	choices    importer.Choices
	to         importer.PlanWriter
	plan       importer.Plan
	rejected   map[importer.ParentRef]bool
	unfit      map[importer.ParentRef]unfit // why, where that is known
	lost       map[importer.ParentRef]bool  // not there when the plan is applied
	gaps       importer.Gaps
	owners     walk.Owners
	warehouses matching
	places     map[string]string // what warehouses are called, by location
	former     map[string]bool   // products of another shop, by external id

	unread  walk.Unread                // of the table at hand
	last    *walk.LastRead             // of the table at hand
	empty   bool                       // the table at hand holds no row of this account
	creates *importer.Change           // the Create that the next one may join
	apart   bool                       // what lies between them is no Create
	covered map[*importer.Table]bool   // read in full, so that every parent was met
	parents map[*importer.Table]string // the last of each table that was found to be there
}

func (p *planning) tables() error {
	for _, remark := range p.Dropped.Remarks() {
		if err := p.remark(remark); err != nil {
			return err
		}
	}
	for remark, err := range p.snapshot.Remarks() {
		if err == nil {
			err = p.remark(remark)
		}
		if err != nil {
			return err
		}
	}
	if err := p.lookForFormer(); err != nil {
		return err
	}
	for _, t := range importer.TablesOf(p.plan.Resources) {
		p.covered[t] = true
	}
	if err := p.lackParents(); err != nil {
		return err
	}
	for _, t := range importer.Tables() { // what a record refers to comes before it
		if err := p.tableOrWhatHangs(t); err != nil {
			return err
		}
	}
	return p.takeAlongForeign()
}

func (p *planning) tableOrWhatHangs(t *importer.Table) error {
	if !p.covered[t] {
		return p.takeAlong(t)
	}
	p.Report.Planning(t)
	return errors.Join(p.table(t), failpoint.Reach("plan/table"))
}

// table plans one table. What was imported last stands for the rows, except where
// they may deviate from it; only then, or to change them, are rows looked at.
func (p *planning) table(t *importer.Table) error {
	if t == importer.Warehouses {
		if err := p.matchWarehouses(); err != nil {
			return err
		}
	}
	var err error
	if p.empty, err = p.Catalog.Empty(p.ctx, t); err != nil {
		return err
	}
	imported, err := p.imported(t)
	if err != nil {
		return err
	}
	if p.unread, p.last, err = walk.UnreadSince(p.ctx, p.Catalog, t, p.snapshot, imported, p.Dropped); err != nil {
		return err
	}
	defer p.last.Stop()
	if err := p.untold(t); err != nil {
		return err
	}
	if err := walk.March(p.snapshot, imported, t, p.Catalog.Deviations(p.ctx, t), p.counts(t), func(m walk.Versions) error { return p.meet(t, m) }); err != nil {
		return err
	}
	if err := p.endCreates(); err != nil || p.plan.Takeover == nil || !t.Kept && t.Stocked == nil {
		return err
	}
	return p.foreign(t)
}

// imported is the snapshot that a table was brought to last, the rows themselves where
// there is none that can be read, and nil when there are no rows either.
func (p *planning) imported(t *importer.Table) (importer.Snapshot, error) {
	imported, err := p.Catalog.Imported(p.ctx, t)
	if !errors.Is(err, importer.ErrNotKept) && !p.Dropped.Had(imported, err) {
		return imported, err
	}
	if p.empty {
		return nil, nil
	}
	return walk.RowsAsSnapshot(p.ctx, p.Catalog), nil
}

// counts counts what is as it was imported, unless every record of the table has
// to be looked at.
func (p *planning) counts(t *importer.Table) walk.Hooks {
	c := walk.Hooks{Imported: func(c importer.Chunk) {
		p.plan.Had[t.Name] += c.Records
		p.plan.InStock += c.InStock
	}}
	if t == importer.Warehouses || p.rejectedParents(t) || p.gaps.In(t) || t == importer.Products && p.former != nil {
		return c
	}
	total := p.plan.Counts.Of(t)
	if p.empty && p.coveredParents(t) {
		c.Fresh = func(n int) bool {
			if p.creates == nil {
				return false // the Create needs to know its first key
			}
			total.Read += n
			total.Created += n
			p.creates.Records += n
			return true
		}
	}
	if p.unread.Forgets() {
		return c
	}
	c.Alike = func(n int) {
		total.Read += n
		total.Unchanged += n
		p.apart = p.apart || n > 0
	}
	return c
}

// rejectedParents reports whether records of the table may have lost a parent to
// a rejection.
func (p *planning) rejectedParents(t *importer.Table) bool {
	for ref := range p.rejected {
		if slices.ContainsFunc(t.Parents, func(parent importer.Parent) bool { return parent.Table == ref.Part }) {
			return true
		}
	}
	return false
}

// coveredParents reports whether all that the records of t belong to was read as
// well, so that to name a parent is enough.
func (p *planning) coveredParents(t *importer.Table) bool {
	return !slices.ContainsFunc(t.Parents, func(parent importer.Parent) bool { return !p.covered[parent.Table] })
}

// meet decides about one key.
func (p *planning) meet(t *importer.Table, m walk.Versions) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	if err := p.last.Complete(m.Key, &m.Imported); err != nil {
		return err
	}
	m.Fresh = m.Fresh.Keeping(m.Imported, p.unread.Now)
	row, err := p.row(t, m)
	if err != nil {
		return err
	}
	p.correct(t, m, row)
	if row != nil {
		m.Fresh, m.Imported = p.unread.Keep(m.Fresh, m.Imported, row.Record)
		m.Hold(row.Record)
	}
	if m.Fresh != nil {
		p.plan.Counts.Of(t).Read++
		if t == importer.Products && p.former[m.Key] {
			p.plan.Takeover.Matching++
		}
		return p.fresh(t, m, row)
	}
	if row == nil {
		p.lose(t, m.Key)
		return nil // it went from here and from the shop
	}
	return p.gone(t, m, *row)
}

// correct mends what was counted of the catalogue by what was imported, where a
// row is not that.
func (p *planning) correct(t *importer.Table, m walk.Versions, row *importer.Row) {
	if m.Counted != nil {
		p.plan.Had[t.Name]--
		p.plan.InStock -= t.InStock(m.Counted)
	}
	if row != nil {
		p.had(t, row.Record)
	}
}

// had counts a row that the catalogue holds.
func (p *planning) had(t *importer.Table, row importer.Record) {
	p.plan.Had[t.Name]++
	p.plan.InStock += t.InStock(row)
}

// row is the row of a key, nil when there is none. What was imported stands for
// a row that nobody touched and that has no id of its own to be told, if all of it is
// known.
func (p *planning) row(t *importer.Table, m walk.Versions) (*importer.Row, error) {
	if p.empty {
		return nil, nil
	}
	known := m.Deviation == nil && m.Imported != nil && !p.unread.Forgets() && m.Imported.UnheldColumns() == 0
	whole := !t.Local && p.unread.Then == 0
	if known && (whole || m.Fresh != nil && t != importer.Warehouses && t.Equal(m.Imported, m.Fresh)) {
		return &importer.Row{Key: m.Key, Record: m.Imported}, nil
	}
	row, ok, err := p.Catalog.Find(p.ctx, t, m.Key)
	if err != nil || !ok {
		return nil, err
	}
	return &row, nil
}

// create joins neighbours in the snapshot into one change.
func (p *planning) create(t *importer.Table, key string) error {
	p.plan.Counts.Of(t).Created++
	if p.creates != nil && !p.apart {
		p.creates.Records++
		return nil
	}
	err := p.endCreates()
	p.creates, p.apart = &importer.Change{Action: importer.Create, Table: t, Key: key, Records: 1}, false
	return err
}

func (p *planning) endCreates() error {
	if p.creates == nil {
		return nil
	}
	change := *p.creates
	p.creates = nil
	return p.to.Change(change)
}

// change keeps one step of the plan and counts it.
func (p *planning) change(c importer.Change) error {
	if err := p.endCreates(); err != nil {
		return err
	}
	counts := p.plan.Counts.Of(c.Table)
	switch c.Action {
	case importer.Update:
		counts.Updated++
		if c.Filled {
			counts.Filled++
		}
	case importer.Remove:
		counts.Removed++
		p.lose(c.Table, c.Key)
		if c.Rejected {
			p.plan.Withdrawn[c.Table.Name]++
		}
	case importer.Mend:
		counts.Mended++
	case importer.Miss:
		counts.Missing++
	case importer.Archive:
		counts.Missing++
		counts.Archived++
	case importer.Skip:
		counts.Skipped++
	}
	if c.Rejected {
		counts.Rejected++
		p.keepParts(c.Table, c.Key)
	}
	if c.Drifted {
		counts.Drifted++
	}
	if c.Zeroed {
		p.plan.Zeroed++
	}
	if !c.Leaves() && !c.Both {
		c.Imported = nil // nobody will ask for it
	}
	return p.to.Change(c)
}

// keepParts notes a record whose parts are to be left alone.
func (p *planning) keepParts(t *importer.Table, key string) {
	if len(importer.PartsOf(t)) > 0 {
		p.rejected[importer.ParentRef{Part: t, ID: key}] = true
	}
}

// remark keeps a remark and counts it.
func (p *planning) remark(r importer.Remark) error {
	if r.Severity == importer.Rejected {
		p.plan.RejectedBy[r.Code]++
	} else {
		p.plan.WarningsBy[r.Code]++
		p.plan.Warnings++
	}
	return p.to.Remark(r)
}

func (p *planning) warn(code string, t *importer.Table, key, localID, message string, next connector.Next) error {
	return p.remark(importer.Remark{
		Code: code, Severity: importer.Warning, Resource: t.Name, ExternalID: importer.ShowKey(key), LocalID: localID, Message: message, Next: next,
	})
}

// reject keeps a record out of the catalogue and says why. A row that it has
// stays as it is, unless what it refers to does not stay. The stock of a location
// that lost its warehouse stays, until somebody says which it was.
func (p *planning) reject(t *importer.Table, m walk.Versions, row *importer.Row, code, message string, next connector.Next) error {
	if err := p.refuse(code, t, m.Key, message, next); err != nil {
		return err
	}
	change := importer.Change{Action: importer.Reject, Table: t, Key: m.Key, Rejected: true}
	p.nameParent(t, m.Key, m.Fresh)
	if row == nil {
		if t == importer.Warehouses { // it tells that the location was imported before, and its stock waits for a link
			change.Imported = m.Imported
			p.plan.Waiting = append(p.plan.Waiting, m.Key)
		} else {
			p.lose(t, m.Key)
		}
		return p.change(change)
	}
	return p.keepStanding(t, m, *row, true)
}
