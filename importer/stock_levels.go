package importer

import (
	"fmt"
	"slices"
	"strings"
)

// InStock is 1 for a level that is tracked and above zero.
func (t *Table) InStock(r Record) int {
	if t.IsTracked(r) && r[t.Stocked.Number].Int() > 0 {
		return 1
	}
	return 0
}

// IsTracked reports whether a record tells how much there is of something.
func (t *Table) IsTracked(r Record) bool {
	return t.Stocked != nil && r[t.Stocked.Tracked].text == "true"
}

// GoesToZero reports whether a level that could be sold cannot be any more, or nobody
// knows. One that is not tracked any more says nothing about that.
func (t *Table) GoesToZero(old, fresh Record) bool {
	return t.InStock(old) > 0 && t.IsTracked(fresh) && t.InStock(fresh) == 0
}

// AsArchived is the record as it stands once it is archived.
func (t *Table) AsArchived(r Record) Record {
	r = slices.Clone(r)
	if t.Archived != nil {
		r[t.Archived.Column] = t.Archived.Value
	}
	return r
}

// NameLevel names a level for people.
func NameLevel(level Record, place string) string {
	if sku := level[StockSKU].text; sku != "" {
		return fmt.Sprintf("%q at %q", sku, place)
	}
	return fmt.Sprintf("a variant without a SKU at %q", place)
}

// FigureText is one number of a level in words: "3 on hand".
func FigureText(level Record, column int) string {
	word := strings.ReplaceAll(Stock.Columns[column].Name, "_", " ")
	if !level[column].present {
		return "no number " + word
	}
	return level[column].text + " " + word
}
