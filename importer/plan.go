package importer

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
)

// Planner compares a snapshot with the catalogue and keeps the difference as a
// plan. It has no way to write the catalogue.
type Planner struct {
	Catalog   CatalogReader
	Workspace Workspace
	Report    Reporter
	Now       func() time.Time

	dropped dropped // snapshots that are done without
}

// Choices are what an operator may choose about a plan.
type Choices struct {
	KeepLocalEdits bool // records edited here are skipped, not overwritten
	ArchiveMissing bool // what the shop no longer shows is archived
}

// Plan makes the plan of run from a snapshot of the connected shop.
func (p *Planner) Plan(ctx context.Context, run string, c connector.Connector, snapshot Snapshot, choices Choices) (Plan, error) {
	serial, edits, err := p.Catalog.Serial(ctx)
	if err != nil {
		return Plan{}, err
	}
	to, err := p.Workspace.NewPlan(ctx, run)
	if err != nil {
		return Plan{}, err
	}
	info := snapshot.Info()
	made := &planning{
		Planner: p, ctx: ctx, platform: c.Platform, snapshot: snapshot, choices: choices, to: to,
		rejected: map[ParentRef]bool{}, unfit: map[ParentRef]unfit{}, lost: map[ParentRef]bool{}, gaps: gapsOf(info), owners: owners{in: snapshot}, covered: map[*Table]bool{}, parents: map[*Table]string{}, places: map[string]string{},
		plan: Plan{
			ID: run, Store: c.Store, Provider: c.Provider, Domain: info.Shop.Domain, AccountID: info.Shop.AccountID, Currency: info.Shop.Currency,
			Scopes: slices.Sorted(slices.Values(c.Scopes)), Capabilities: c.Capabilities(), Resources: info.Resources, Choices: choices,
			Serial: serial, Edits: edits, Dropped: p.dropped.runs(), Snapshot: info.Run, AsOf: info.AsOf, Reader: info.Reader,
			Had: map[string]int{}, Withdrawn: map[string]int{}, WarningsBy: map[string]int{}, RejectedBy: map[string]int{},
			NotRead: info.NotRead,
		},
	}
	if err := made.tables(); err != nil {
		_ = to.Discard() // the first error is the one to tell
		return Plan{}, err
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
	snapshot   Snapshot
	choices    Choices
	to         PlanWriter
	plan       Plan
	rejected   map[ParentRef]bool
	unfit      map[ParentRef]unfit // why, where that is known
	lost       map[ParentRef]bool  // not there when the plan is applied
	gaps       gaps
	owners     owners
	warehouses matching
	places     map[string]string // what warehouses are called, by location
	former     map[string]bool   // products of another shop, by external id

	unread  unread            // of the table at hand
	last    *lastRead         // of the table at hand
	empty   bool              // the table at hand holds no row of this account
	creates *Change           // the Create that the next one may join
	apart   bool              // what lies between them is no Create
	covered map[*Table]bool   // read in full, so that every parent was met
	parents map[*Table]string // the last of each table that was found to be there
}

func (p *planning) tables() error {
	for _, remark := range p.dropped.remarks() {
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
	for _, t := range TablesOf(p.plan.Resources) {
		p.covered[t] = true
	}
	if err := p.lackParents(); err != nil {
		return err
	}
	for _, t := range Tables() { // what a record refers to comes before it
		if err := p.tableOrWhatHangs(t); err != nil {
			return err
		}
	}
	return p.takeAlongForeign()
}

func (p *planning) tableOrWhatHangs(t *Table) error {
	if !p.covered[t] {
		return p.takeAlong(t)
	}
	p.Report.Planning(t)
	return errors.Join(p.table(t), failpoint.Reach("plan/table"))
}

// table plans one table. What was imported last stands for the rows, except where
// they may deviate from it; only then, or to change them, are rows looked at.
func (p *planning) table(t *Table) error {
	if t == Warehouses {
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
	if p.unread, p.last, err = unreadSince(p.ctx, p.Catalog, t, p.snapshot, imported, p.dropped); err != nil {
		return err
	}
	defer p.last.stop()
	if err := p.untold(t); err != nil {
		return err
	}
	if err := march(p.snapshot, imported, t, p.Catalog.Deviations(p.ctx, t), p.counts(t), func(m met) error { return p.meet(t, m) }); err != nil {
		return err
	}
	if err := p.endCreates(); err != nil || p.plan.Takeover == nil || !t.Kept && t.Stocked == nil {
		return err
	}
	return p.foreign(t)
}

// imported is the snapshot that a table was brought to last, the rows themselves where
// there is none that can be read, and nil when there are no rows either.
func (p *planning) imported(t *Table) (Snapshot, error) {
	imported, err := p.Catalog.Imported(p.ctx, t)
	if !errors.Is(err, ErrNotKept) && !p.dropped.had(imported, err) {
		return imported, err
	}
	if p.empty {
		return nil, nil
	}
	return rowsAsSnapshot{ctx: p.ctx, rows: p.Catalog}, nil
}

// counts counts what is as it was imported, unless every record of the table has
// to be looked at.
func (p *planning) counts(t *Table) counts {
	c := counts{imported: func(c Chunk) {
		p.plan.Had[t.Name] += c.Records
		p.plan.InStock += c.InStock
	}}
	if t == Warehouses || p.rejectedParents(t) || p.gaps.in(t) || t == Products && p.former != nil {
		return c
	}
	total := p.plan.Counts.Of(t)
	if p.empty && p.coveredParents(t) {
		c.fresh = func(n int) bool {
			if p.creates == nil {
				return false // the Create needs to know its first key
			}
			total.Read += n
			total.Created += n
			p.creates.Records += n
			return true
		}
	}
	if p.unread.forgets() {
		return c
	}
	c.alike = func(n int) {
		total.Read += n
		total.Unchanged += n
		p.apart = p.apart || n > 0
	}
	return c
}

// rejectedParents reports whether records of the table may have lost a parent to
// a rejection.
func (p *planning) rejectedParents(t *Table) bool {
	for ref := range p.rejected {
		if slices.ContainsFunc(t.Parents, func(parent Parent) bool { return parent.Table == ref.Part }) {
			return true
		}
	}
	return false
}

// coveredParents reports whether all that the records of t belong to was read as
// well, so that to name a parent is enough.
func (p *planning) coveredParents(t *Table) bool {
	return !slices.ContainsFunc(t.Parents, func(parent Parent) bool { return !p.covered[parent.Table] })
}

// meet decides about one key.
func (p *planning) meet(t *Table, m met) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	if err := p.last.into(m.key, &m.imported); err != nil {
		return err
	}
	m.fresh = m.fresh.keeping(m.imported, p.unread.now)
	row, err := p.row(t, m)
	if err != nil {
		return err
	}
	p.correct(t, m, row)
	if row != nil {
		m.fresh, m.imported = p.unread.keep(m.fresh, m.imported, row.Record)
		m.hold(row.Record)
	}
	if m.fresh != nil {
		p.plan.Counts.Of(t).Read++
		if t == Products && p.former[m.key] {
			p.plan.Takeover.Matching++
		}
		return p.fresh(t, m, row)
	}
	if row == nil {
		p.lose(t, m.key)
		return nil // it went from here and from the shop
	}
	return p.gone(t, m, *row)
}

// correct mends what was counted of the catalogue by what was imported, where a
// row is not that.
func (p *planning) correct(t *Table, m met, row *Row) {
	if m.counted != nil {
		p.plan.Had[t.Name]--
		p.plan.InStock -= t.InStock(m.counted)
	}
	if row != nil {
		p.had(t, row.Record)
	}
}

// had counts a row that the catalogue holds.
func (p *planning) had(t *Table, row Record) {
	p.plan.Had[t.Name]++
	p.plan.InStock += t.InStock(row)
}

// row is the row of a key, nil when there is none. What was imported stands for
// a row that nobody touched and that has no id of its own to be told, if all of it is
// known.
func (p *planning) row(t *Table, m met) (*Row, error) {
	if p.empty {
		return nil, nil
	}
	known := m.deviation == nil && m.imported != nil && !p.unread.forgets() && m.imported.unheld() == 0
	whole := !t.Local && p.unread.then == 0
	if known && (whole || m.fresh != nil && t != Warehouses && t.Equal(m.imported, m.fresh)) {
		return &Row{Key: m.key, Record: m.imported}, nil
	}
	row, ok, err := p.Catalog.Find(p.ctx, t, m.key)
	if err != nil || !ok {
		return nil, err
	}
	return &row, nil
}

// InStock is 1 for a level that is tracked and above zero.
func (t *Table) InStock(r Record) int {
	if t.tracked(r) && r[t.Stocked.Number].Int() > 0 {
		return 1
	}
	return 0
}

// tracked reports whether a record tells how much there is of something.
func (t *Table) tracked(r Record) bool {
	return t.Stocked != nil && r[t.Stocked.Tracked].text == "true"
}

// create joins neighbours in the snapshot into one change.
func (p *planning) create(t *Table, key string) error {
	p.plan.Counts.Of(t).Created++
	if p.creates != nil && !p.apart {
		p.creates.Records++
		return nil
	}
	err := p.endCreates()
	p.creates, p.apart = &Change{Action: Create, Table: t, Key: key, Records: 1}, false
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
func (p *planning) change(c Change) error {
	if err := p.endCreates(); err != nil {
		return err
	}
	counts := p.plan.Counts.Of(c.Table)
	switch c.Action {
	case Update:
		counts.Updated++
		if c.Filled {
			counts.Filled++
		}
	case Remove:
		counts.Removed++
		p.lose(c.Table, c.Key)
		if c.Rejected {
			p.plan.Withdrawn[c.Table.Name]++
		}
	case Mend:
		counts.Mended++
	case Miss:
		counts.Missing++
	case Archive:
		counts.Missing++
		counts.Archived++
	case Skip:
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
	if !c.leaves() && !c.Both {
		c.Imported = nil // nobody will ask for it
	}
	return p.to.Change(c)
}

// keepParts notes a record whose parts are to be left alone.
func (p *planning) keepParts(t *Table, key string) {
	if len(t.parts()) > 0 {
		p.rejected[ParentRef{t, key}] = true
	}
}

// remark keeps a remark and counts it.
func (p *planning) remark(r Remark) error {
	if r.Severity == Rejected {
		p.plan.RejectedBy[r.Code]++
	} else {
		p.plan.WarningsBy[r.Code]++
		p.plan.Warnings++
	}
	return p.to.Remark(r)
}

func (p *planning) warn(code string, t *Table, key, localID, message string, next connector.Next) error {
	return p.remark(Remark{
		Code: code, Severity: Warning, Resource: t.Name, ExternalID: ShowKey(key), LocalID: localID, Message: message, Next: next,
	})
}

// reject keeps a record out of the catalogue and says why. A row that it has
// stays as it is, unless what it refers to does not stay. The stock of a location
// that lost its warehouse stays, until somebody says which it was.
func (p *planning) reject(t *Table, m met, row *Row, code, message string, next connector.Next) error {
	if err := p.refuse(code, t, m.key, message, next); err != nil {
		return err
	}
	change := Change{Action: Reject, Table: t, Key: m.key, Rejected: true}
	p.nameParent(t, m.key, m.fresh)
	if row == nil {
		if t == Warehouses { // it tells that the location was imported before, and its stock waits for a link
			change.Imported = m.imported
			p.plan.Waiting = append(p.plan.Waiting, m.key)
		} else {
			p.lose(t, m.key)
		}
		return p.change(change)
	}
	return p.keepStanding(t, m, *row, true)
}
