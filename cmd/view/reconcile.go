package view

import (
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/importer"
)

// addReconciliation adds what a comparison of shop and store found.
func addReconciliation(p *sheet, run importer.Run) {
	r := run.Reconciliation
	if r == nil {
		return
	}
	columns, rows := words.ReconcileTable(p.isNarrow(), run)
	p.addLine("")
	p.addTable(columns, rows)
	addUnits(p, r.Units)
	lines := words.MovedLines(run)
	if len(lines) > 0 {
		p.addLine("")
	}
	for _, line := range lines {
		p.addLine("  %4s  %s", line.Label, line.Text)
	}
}

func addUnits(p *sheet, units []importer.WarehouseUnits) {
	if len(units) == 0 {
		return
	}
	p.addLine("")
	p.addTable(words.UnitColumns(), words.UnitRows(units))
}
