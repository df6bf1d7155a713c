package planning

import (
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// lookForFormer notes what another external account left in the store.
func (p *planning) lookForFormer() error {
	domains, err := p.Catalog.Former(p.ctx)
	if err != nil || len(domains) == 0 {
		return err
	}
	p.plan.Takeover = &importer.Takeover{From: strings.Join(domains, ", ")}
	p.former = map[string]bool{}
	for row, err := range p.Catalog.Unlinked(p.ctx, importer.Products) {
		if err != nil {
			return err
		}
		if row.Foreign && !row.Missing {
			p.plan.Takeover.Products++
			p.former[row.Key] = true
		}
	}
	return nil
}

// foreign decides about what another external account left in a table: records
// are marked missing, stock goes.
func (p *planning) foreign(t *importer.Table) error {
	for row, err := range p.Catalog.Unlinked(p.ctx, t) {
		if err != nil {
			return err
		}
		if t == importer.Warehouses && row.Key != "" {
			p.places[row.Key] = row.Record[importer.WarehouseName].Text()
		}
		if row.Foreign && !row.Missing && !p.adopted(t, row) {
			p.had(t, row.Record)
			if err := p.gone(t, walk.Versions{Key: row.Key}, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeAlongForeign removes the stock that another account had in warehouses which
// locations of this shop take.
func (p *planning) takeAlongForeign() error {
	taken := map[string]bool{}
	for _, m := range p.warehouses.found {
		if m.adopt != nil && m.adopt.Foreign {
			taken[m.adopt.Key] = true
		}
	}
	if len(taken) == 0 || p.plan.Takeover != nil && p.covered[importer.Stock] {
		return nil
	}
	for row, err := range p.Catalog.Unlinked(p.ctx, importer.Stock) {
		if err != nil {
			return err
		}
		if !row.Foreign || !taken[row.Record[importer.StockWarehouse].Text()] {
			continue
		}
		change := importer.Change{Table: importer.Stock, Key: row.Key, LocalID: row.LocalID, Seen: importer.Stock.Fingerprint(row.Record), Foreign: true}
		if err := p.remove(change, row.Record); err != nil {
			return err
		}
	}
	return nil
}

// adopted reports whether a location of the new shop takes the warehouse.
func (p *planning) adopted(t *importer.Table, row importer.Row) bool {
	if t != importer.Warehouses {
		return false
	}
	for _, m := range p.warehouses.found {
		if m.adopt != nil && m.adopt.LocalID == row.LocalID {
			return true
		}
	}
	return false
}

// CheckTakeover refuses to take another shop's catalogue unless that is meant.
func CheckTakeover(p *importer.Plan, meant bool) error {
	if p.Takeover == nil || meant {
		return nil
	}
	return &connector.Fault{Code: connector.GuardTripped, Message: "stopped, nothing was written: " + p.Question(),
		Next: importer.KindImport.Command(p.Store).With("--account-change").After("if it is: ")}
}
