package words

import (
	"cmp"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/importer"
)

// movedWords say who moved, in the order of the text.
var movedWords = []struct {
	moved importer.Mover
	text  string
	mark  string // behind a record in a list
}{
	{importer.ByShop, "the shop changed since the last run", "changed in the shop"},
	{importer.ByStore, "the store was edited since the last run", "edited here"},
	{importer.ByBoth, "both changed since the last run", "edited here and changed in the shop"},
	{importer.ByRejected, "the last run rejected or left it", "rejected or left by the last run"},
	{importer.ByNeither, "neither changed: reconciliation bug", "reconciliation bug"},
}

// MovedLines say how many of the differences the shop, the store or both made, and last how
// many nobody did.
func MovedLines(run importer.Run) (all []LabelledText) {
	if run.Reconciliation == nil {
		return nil
	}
	for _, word := range movedWords {
		if n := run.Reconciliation.Moved[word.moved]; n > 0 {
			all = append(all, LabelledText{plain.Count(n), word.text})
		}
	}
	switch n := run.FilledRecords(); n {
	case 0:
	case 1:
		all = append(all, LabelledText{plain.Count(n), "row is empty in columns that are new; the next import fills it"})
	default:
		all = append(all, LabelledText{plain.Count(n), "rows are empty in columns that are new; the next import fills them"})
	}
	return all
}

// sideColumns are the columns of a comparison, with short heads for narrow windows, where
// columns that are all zero are left out unless always is set.
var sideColumns = []struct {
	name, brief string
	always      bool
	of          func(*importer.Counts, importer.Sides) int
}{
	{"equal", "equal", true, func(c *importer.Counts, _ importer.Sides) int { return c.Unchanged }},
	{"different", "differ", true, func(c *importer.Counts, _ importer.Sides) int { return c.Updated }},
	{Filled, Filled, false, func(c *importer.Counts, _ importer.Sides) int { return c.Filled }},
	{"only in shop", "shop only", true, func(c *importer.Counts, _ importer.Sides) int { return c.Created }},
	{"only in store", "store only", true, func(c *importer.Counts, _ importer.Sides) int { return c.Missing + c.Removed }},
	{"rejected", "rejected", false, func(c *importer.Counts, _ importer.Sides) int { return c.Rejected }},
	{"shop", "shop", true, func(_ *importer.Counts, s importer.Sides) int { return s.Shop }},
	{"store", "store", true, func(_ *importer.Counts, s importer.Sides) int { return s.Store }},
	{"kept missing", "missing", false, func(_ *importer.Counts, s importer.Sides) int { return s.Missing }},
}

// ReconcileTable is the table of what a comparison found.
func ReconcileTable(narrow bool, run importer.Run) ([]plain.Column, [][]string) {
	columns, rows := []plain.Column{plain.Whole("")}, make([][]string, len(importer.Tables()))
	for i, t := range importer.Tables() {
		rows[i] = []string{t.Name}
	}
	for _, column := range sideColumns {
		cells, sum := make([]string, len(rows)), 0
		for i, t := range importer.Tables() {
			n := column.of(run.Counts.Of(t), run.Reconciliation.Totals[t.Name])
			cells[i], sum = countCell(run, t, column.name == sideColumns[0].name, n), sum+n
		}
		name := column.name
		if narrow {
			name = column.brief
		}
		if !column.always && sum == 0 {
			continue
		}
		columns = append(columns, plain.Number(name))
		for i := range rows {
			rows[i] = append(rows[i], cells[i])
		}
	}
	return columns, rows
}

// UnitColumns are the columns of the table of units by warehouse.
func UnitColumns() []plain.Column {
	return []plain.Column{plain.Text("units available"), plain.Number("shop"), plain.Number("store"), plain.Number("store has more")}
}

// UnitRows are the rows of that table, in the order of units.
func UnitRows(units []importer.WarehouseUnits) [][]string {
	var rows [][]string
	for _, u := range units {
		rows = append(rows, []string{
			cmp.Or(u.Name, u.ExternalID), AvailableUnits(int(u.Shop), u.ShopUnknown), AvailableUnits(int(u.Store), u.StoreUnknown),
			plain.SignedCount(int(u.Store - u.Shop)),
		})
	}
	return rows
}

// ChangeMark says behind a changed record who moved, "" when it was only the shop.
func ChangeMark(run importer.Run, c importer.Change) string {
	who := c.WhoMoved()
	if who == importer.ByShop && run.Kind != importer.KindReconcile {
		return ""
	}
	return MovedMark(who)
}

// MovedMark says who moved, behind a changed record; "" when that is not known.
func MovedMark(who importer.Mover) string {
	for _, word := range movedWords {
		if word.moved == who {
			return "  (" + word.mark + ")"
		}
	}
	return ""
}

// LabelledText is a text behind a label.
type LabelledText struct{ Label, Text string }

// AvailableUnits are units in a table, and how many levels have no number.
func AvailableUnits(units, unknown int) string {
	if unknown == 0 {
		return plain.Count(units)
	}
	return plain.Count(units) + " + " + plain.Count(unknown) + " unknown"
}
