package planning

import (
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// lookForFormer notes which products other accounts left in the store.
func (d *draft) lookForFormer() error {
	domains, err := d.catalog.FormerShops(d.ctx)
	if err != nil || len(domains) == 0 {
		return err
	}
	d.book.plan.Takeover = &importer.Takeover{From: strings.Join(domains, ", ")}
	d.former = map[string]bool{}
	for row, err := range d.catalog.UnlinkedRows(d.ctx, importer.Products) {
		if err != nil {
			return err
		}
		if row.Foreign && !row.Missing {
			d.book.plan.Takeover.Products++
			d.former[row.Key] = true
		}
	}
	return nil
}

// decideForeign decides what becomes of a table's rows of other accounts: records are
// marked missing, stock is removed.
func (d *draft) decideForeign(t *importer.Table) error {
	for row, err := range d.catalog.UnlinkedRows(d.ctx, t) {
		if err != nil {
			return err
		}
		if t == importer.Warehouses && row.Key != "" {
			d.mapping.places[row.Key] = row.Record[importer.WarehouseName].Text()
		}
		if row.Foreign && !row.Missing && !d.mapping.isAdopted(t, row) {
			d.book.countRow(t, row.Record)
			if err := d.decideGone(t, walk.Versions{Key: row.Key}, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeAlongForeign removes the stock of another account in warehouses that locations of
// this shop adopt.
func (d *draft) takeAlongForeign() error {
	taken := map[string]bool{}
	for _, m := range d.mapping.found {
		if m.adopt != nil && m.adopt.Foreign {
			taken[m.adopt.Key] = true
		}
	}
	if len(taken) == 0 || d.book.plan.Takeover != nil && d.lost.covered[importer.Stock] {
		return nil
	}
	for row, err := range d.catalog.UnlinkedRows(d.ctx, importer.Stock) {
		if err != nil {
			return err
		}
		if !row.Foreign || !taken[row.Record[importer.StockWarehouse].Text()] {
			continue
		}
		change := importer.Change{Table: importer.Stock, Key: row.Key, LocalID: row.LocalID,
			Seen: importer.Stock.Fingerprint(row.Record), Foreign: true}
		if err := d.removeRow(change, row.Record); err != nil {
			return err
		}
	}
	return nil
}

// CheckTakeover refuses to import another shop's catalogue into the store unless that is
// meant.
func CheckTakeover(p *importer.Plan, meant bool) error {
	if p.Takeover == nil || meant {
		return nil
	}
	return &connector.Fault{Code: connector.GuardTripped, Message: "stopped, nothing was written: " + p.TakeoverQuestion(),
		Next: importer.KindImport.Command(p.Store).With("--account-change").After("if it is: ")}
}
