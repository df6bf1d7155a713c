package importer

import (
	"fmt"
	"slices"
	"strings"
)

// InStock returns 1 for a tracked level above zero, else 0.
func (t *Table) InStock(r Record) int {
	if t.IsTracked(r) && r[t.Stocked.Number].Int() > 0 {
		return 1
	}
	return 0
}

// IsTracked reports whether a record says how much there is of something.
func (t *Table) IsTracked(r Record) bool {
	return t.Stocked != nil && r[t.Stocked.Tracked].text == "true"
}

// GoesToZero reports whether a level above zero becomes zero, less or unknown. A level that
// is not tracked any more does not count.
func (t *Table) GoesToZero(old, fresh Record) bool {
	return t.InStock(old) > 0 && t.IsTracked(fresh) && t.InStock(fresh) == 0
}

// AsArchived returns the record as it is once it is archived.
func (t *Table) AsArchived(r Record) Record {
	r = slices.Clone(r)
	if t.Archived != nil {
		r[t.Archived.Column] = t.Archived.Value
	}
	return r
}

// NameLevel names a stock level for people: its SKU and place.
func NameLevel(level Record, place string) string {
	if sku := level[StockSKU].text; sku != "" {
		return fmt.Sprintf("%q at %q", sku, place)
	}
	return fmt.Sprintf("a variant without a SKU at %q", place)
}

// FigureText returns a number of a level in words: "3 on hand".
func FigureText(level Record, column int) string {
	word := strings.ReplaceAll(Stock.Columns[column].Name, "_", " ")
	if !level[column].present {
		return "no number " + word
	}
	return level[column].text + " " + word
}
