package importer

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// Takeover says that a store which held the catalogue of one shop is now to take
// another's. What the old shop left is kept and marked missing.
type Takeover struct {
	From     string // domains of the shops before
	Products int    // that the store holds of them
	Matching int    // of these, how many ids the new shop shows as well
}

// lookForFormer notes what another external account left in the store.
func (p *planning) lookForFormer() error {
	domains, err := p.Catalog.Former(p.ctx)
	if err != nil || len(domains) == 0 {
		return err
	}
	p.plan.Takeover = &Takeover{From: strings.Join(domains, ", ")}
	p.former = map[string]bool{}
	for row, err := range p.Catalog.Unlinked(p.ctx, Products) {
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
func (p *planning) foreign(t *Table) error {
	for row, err := range p.Catalog.Unlinked(p.ctx, t) {
		if err != nil {
			return err
		}
		if t == Warehouses && row.Key != "" {
			p.places[row.Key] = row.Record[warehouseName].text
		}
		if row.Foreign && !row.Missing && !p.adopted(t, row) {
			p.had(t, row.Record)
			if err := p.gone(t, met{key: row.Key}, row); err != nil {
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
	if len(taken) == 0 || p.plan.Takeover != nil && p.covered[Stock] {
		return nil
	}
	for row, err := range p.Catalog.Unlinked(p.ctx, Stock) {
		if err != nil {
			return err
		}
		if !row.Foreign || !taken[row.Record[stockWarehouse].text] {
			continue
		}
		change := Change{Table: Stock, Key: row.Key, LocalID: row.LocalID, Seen: Stock.Fingerprint(row.Record), Foreign: true}
		if err := p.remove(change, row.Record); err != nil {
			return err
		}
	}
	return nil
}

// adopted reports whether a location of the new shop takes the warehouse.
func (p *planning) adopted(t *Table, row Row) bool {
	if t != Warehouses {
		return false
	}
	for _, m := range p.warehouses.found {
		if m.adopt != nil && m.adopt.LocalID == row.LocalID {
			return true
		}
	}
	return false
}

// Question is what the operator has to be sure of, "" without a takeover.
func (p *Plan) Question() string {
	if p.Takeover == nil {
		return ""
	}
	return fmt.Sprintf("this store holds %s products of %s; %s of %s's ids match: is this the right shop?",
		Thousands(p.Takeover.Products), p.Takeover.From, Thousands(p.Takeover.Matching), p.Domain)
}

// Thousands writes a number with its thousands apart: 12,340.
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// CheckTakeover refuses to take another shop's catalogue unless that is meant.
func (p *Plan) CheckTakeover(meant bool) error {
	if p.Takeover == nil || meant {
		return nil
	}
	return &connector.Fault{Code: connector.GuardTripped, Message: "stopped, nothing was written: " + p.Question(),
		Next: runImport(p.Store).With("--account-change").After("if it is: ")}
}
