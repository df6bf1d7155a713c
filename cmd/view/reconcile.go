package view

import (
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/importer"
)

// addReconciliation adds what a comparison of shop and store found.
func addReconciliation(p *page, run importer.Run) {
	r := run.Reconciliation
	if r == nil {
		return
	}
	columns, rows := words.ReconcileTable(p.narrow(), run)
	p.line("")
	p.table(columns, rows)
	addUnits(p, r.Units)
	lines := words.MovedLines(run)
	if len(lines) > 0 {
		p.line("")
	}
	for _, line := range lines {
		p.line("  %4s  %s", line.Label, line.Text)
	}
}

func addUnits(p *page, units []importer.WarehouseUnits) {
	if len(units) == 0 {
		return
	}
	p.line("")
	p.table(words.UnitColumns, words.UnitRows(units))
}
