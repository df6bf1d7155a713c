package importer

import (
	"context"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Planner compares a snapshot with the catalogue and keeps the difference as a
// plan. It has no way to write the catalogue.
type Planner struct {
	Catalog   CatalogReader
	Workspace Workspace
	Report    Reporter
	Now       func() time.Time
}

// Choices are what an operator may choose about a plan.
type Choices struct {
	KeepLocalEdits bool // records edited here are skipped, not overwritten
	ArchiveMissing bool // what the shop no longer shows is archived
}

// Plan makes the plan of run from a snapshot of the connected shop.
func (p *Planner) Plan(ctx context.Context, run string, c connector.Connector, snapshot Snapshot, choices Choices) (Plan, error) {
	serial, err := p.Catalog.Serial(ctx)
	if err != nil {
		return Plan{}, err
	}
	to, err := p.Workspace.NewPlan(ctx, run)
	if err != nil {
		return Plan{}, err
	}
	info := snapshot.Info()
	made := &planning{
		Planner: p, ctx: ctx, snapshot: snapshot, choices: choices, to: to,
		rejected: map[ParentRef]bool{}, vanished: map[ParentRef]bool{},
		plan: Plan{
			ID: run, Store: c.Store, Provider: c.Provider, Domain: info.Shop.Domain, AccountID: info.Shop.AccountID,
			Scopes: slices.Sorted(slices.Values(c.Scopes)), Capabilities: c.Capabilities(), Resources: info.Resources,
			Serial: serial, Snapshot: info.Run, AsOf: info.AsOf, Reader: info.Reader,
			Had: map[string]int{}, WarningsBy: map[string]int{}, RejectedBy: map[string]int{},
		},
	}
	if err := made.tables(); err != nil {
		_ = to.Discard() // the first error is the one to tell
		return Plan{}, err
	}
	made.plan.MadeAt = p.Now().UTC()
	return made.plan, to.Commit(made.plan)
}

// planning is one plan in the making. rejected and vanished name records whose
// parts must be left alone.
type planning struct {
	*Planner
	ctx        context.Context
	snapshot   Snapshot
	choices    Choices
	to         PlanWriter
	plan       Plan
	rejected   map[ParentRef]bool
	vanished   map[ParentRef]bool
	warehouses map[string]match // locations without a mapping
	former     map[string]bool  // products of another shop, by external id
}

func (p *planning) tables() error {
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
		p.Report.Planning(t)
		if err := p.table(t); err != nil {
			return err
		}
	}
	return nil
}

func (p *planning) table(t *Table) error {
	if t == Warehouses {
		if err := p.matchWarehouses(); err != nil {
			return err
		}
	}
	err := pair(p.snapshot.Records(t), p.Catalog.Rows(p.ctx, t), t.Key, func(r Row) string { return r.Key },
		func(key string, fresh *Record, row *Row) error {
			if err := p.ctx.Err(); err != nil {
				return err
			}
			if row != nil {
				p.count(t, *row)
			}
			if fresh == nil {
				return p.gone(t, *row)
			}
			p.plan.Counts.Of(t).Read++
			if t == Products && p.former[key] {
				p.plan.Takeover.Matching++
			}
			return p.fresh(t, key, *fresh, row)
		})
	if err != nil || p.plan.Takeover == nil || !t.Kept && t != Stock {
		return err
	}
	return p.foreign(t)
}

// count notes what the catalogue holds, which guards measure shares of.
func (p *planning) count(t *Table, row Row) {
	p.plan.Had[t.Name]++
	if t == Stock && sellable(row.Record) {
		p.plan.InStock++
	}
}

// sellable reports whether a level is tracked and above zero.
func sellable(level Record) bool {
	return level[stockTracked].text == "true" && level[stockAvailable].Int() > 0
}

// change keeps one step of the plan and counts it.
func (p *planning) change(c Change) error {
	counts := p.plan.Counts.Of(c.Table)
	switch c.Action {
	case Create:
		counts.Created++
	case Update:
		counts.Updated++
	case Remove:
		counts.Removed++
	case Miss:
		counts.Missing++
	case Archive:
		counts.Missing++
		counts.Archived++
	case Skip:
		counts.Skipped++
	case Reject:
		counts.Rejected++
		p.rejected[ParentRef{c.Table, c.Key}] = true
	}
	if c.Drifted {
		counts.Drifted++
	}
	return p.to.Change(c)
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

func (p *planning) warn(code string, t *Table, key, localID, message, hint string) error {
	return p.remark(Remark{
		Code: code, Severity: Warning, Resource: t.Name, ExternalID: ShowKey(key), LocalID: localID, Message: message, Hint: hint,
	})
}

// reject keeps a record out of the catalogue and says why.
func (p *planning) reject(t *Table, key, code, message, hint string) error {
	if err := p.remark(Remark{
		Code: code, Severity: Rejected, Resource: t.Name, ExternalID: ShowKey(key), Message: message, Hint: hint,
	}); err != nil {
		return err
	}
	return p.change(Change{Action: Reject, Table: t, Key: key})
}
