package view

import (
	"cmp"

	"github.com/eshopos/eshopctl/importer"
)

// movedWords say who moved, in the order in which it is told.
var movedWords = []struct {
	moved importer.Moved
	text  string
	mark  string // behind a record in a list
}{
	{importer.ByShop, "the shop changed since the last run", "changed in the shop"},
	{importer.ByStore, "the store was edited since the last run", "edited here"},
	{importer.ByBoth, "both changed since the last run", "edited here and changed in the shop"},
	{importer.ByRejected, "the last run rejected or left it", "rejected or left by the last run"},
	{importer.ByNeither, "neither changed: reconciliation bug", "reconciliation bug"},
}

// reconciliation adds what a comparison of shop and store found.
func (p *page) reconciliation(run importer.Run) {
	r := run.Reconciliation
	if r == nil {
		return
	}
	columns, rows := reconciled(run)
	p.line("")
	p.table(columns, rows)
	p.units(r.Units)
	p.line("")
	for _, words := range movedWords {
		if n := r.Moved[words.moved]; n > 0 {
			p.line("  %4s  %s", Count(n), words.text)
		}
	}
}

// reconciled is the table of what a comparison found.
func reconciled(run importer.Run) ([]Column, [][]string) {
	columns := []Column{
		Whole(""), Number("equal"), Number("different"), Number("only in shop"), Number("only in store"), Number("rejected"),
		Number("shop"), Number("store"), Number("kept missing"),
	}
	var rows [][]string
	for _, t := range importer.Tables() {
		c, sides := run.Counts.Of(t), run.Reconciliation.Totals[t.Name]
		rows = append(rows, []string{
			t.Name, Count(c.Unchanged), Count(c.Updated), Count(c.Created), Count(c.Missing + c.Removed), Count(c.Rejected),
			Count(sides.Shop), Count(sides.Store), Count(sides.Missing),
		})
	}
	return columns, rows
}

func (p *page) units(units []importer.WarehouseUnits) {
	if len(units) == 0 {
		return
	}
	p.line("")
	p.table(unitColumns, unitRows(units))
}

var unitColumns = []Column{Text("units available"), Number("shop"), Number("store"), Number("store has more")}

func unitRows(units []importer.WarehouseUnits) [][]string {
	var rows [][]string
	for _, u := range units {
		rows = append(rows, []string{cmp.Or(u.Name, u.ExternalID), Count(int(u.Shop)), Count(int(u.Store)), signed(int(u.Store - u.Shop))})
	}
	return rows
}

// moved is what is said behind a changed record, "" when only the shop changed.
func moved(run importer.Run, c importer.Change) string {
	who := c.WhoMoved()
	if who == importer.ByShop && run.Kind != importer.KindReconcile {
		return ""
	}
	for _, words := range movedWords {
		if words.moved == who {
			return "  (" + words.mark + ")"
		}
	}
	return ""
}
