package view

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// shownColumns are the columns of each catalogue table that people look at; the
// JSON has them all.
var shownColumns = map[*importer.Table][]string{
	importer.Products:    {"title", "status", "vendor", "product_type", "missing_since", "external_id"},
	importer.Variants:    {"sku", "product", "title", "price", "currency", "tracked", "external_id"},
	importer.Media:       {"product", "position", "type", "status", "alt", "url", "external_id"},
	importer.Categories:  {"title", "slug", "kind", "missing_since", "external_id"},
	importer.Memberships: {"category", "product", "position", "category_external_id", "product_external_id"},
	importer.Warehouses:  {"id", "name", "active", "linked", "missing_since", "external_id"},
	importer.Stock:       {"sku", "available", "on_hand", "committed", "incoming", "active", "warehouse", "variant", "variant_external_id"},
}

// ShownColumns names the columns of a catalogue table that people look at.
func ShownColumns(t *importer.Table) []string { return shownColumns[t] }

// CatalogSums are what the rows of a catalogue table come to, shown or not.
type CatalogSums struct {
	Matching  int // rows that were asked for
	All       int // that the store has
	Missing   int // of those asked for, like what follows
	Untracked int
	Units     int64 // available, of tracked levels
	Unknown   int   // tracked levels of which it is not known how much is available
}

// Catalog prints rows of a catalogue table. columns are those that the rows have.
func (v View) Catalog(t *importer.Table, columns []importer.Column, rows iter.Seq2[importer.Record, error], sums CatalogSums) error {
	l := listing{table: t, columns: columns}
	var heads []Column
	for _, name := range shownColumns[t] {
		if place := l.place(name); place >= 0 {
			l.places = append(l.places, place)
			heads = append(heads, spared(t, head(columns[place])))
		}
	}
	err := TableOf(v.Out, v.Width, heads, func(yield func([]string, error) bool) {
		for row, err := range rows {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(l.cells(row), nil) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	return v.say("%s", l.footer(sums))
}

// head is how a column looks: names as people write them, figures to the right,
// ids whole.
func head(column importer.Column) Column {
	name := strings.ReplaceAll(strings.Replace(column.Name, "_external_id", "_id", 1), "_", " ")
	switch {
	case column.Type == importer.Int, column.Type == importer.Number, column.Type == importer.Money:
		return Number(name)
	case strings.HasSuffix(column.Name, "id"), column.Name == "missing_since", column.Name == "sku", column.Type == importer.Bool:
		return Whole(name)
	default:
		return Text(name)
	}
}

// spareColumns are those that a narrow window may go without.
var spareColumns = map[*importer.Table][]string{
	importer.Products:    {"vendor", "product type", "external id"},
	importer.Variants:    {"currency", "tracked", "external id"},
	importer.Media:       {"position", "alt", "url", "external id"},
	importer.Categories:  {"slug", "external id"},
	importer.Memberships: {"category id", "product id"},
	importer.Warehouses:  {"linked"},
	importer.Stock:       {"committed", "incoming", "variant id"},
}

// laterColumns are those that a very narrow window may go without.
var laterColumns = map[*importer.Table][]string{
	importer.Variants: {"product"},
	importer.Stock:    {"on hand", "active", "variant"},
}

func spared(t *importer.Table, c Column) Column {
	c.Later = slices.Contains(laterColumns[t], c.Name)
	c.Spare = c.Later || slices.Contains(spareColumns[t], c.Name)
	return c
}

// listing counts what it shows of a table.
type listing struct {
	table   *importer.Table
	columns []importer.Column
	places  []int // of the shown columns
	rows    int
	again   int // rows of levels that were shown already, for another variant
}

// place is where a row has the named column, -1 when it has none.
func (l *listing) place(name string) int {
	return slices.IndexFunc(l.columns, func(c importer.Column) bool { return c.Name == name })
}

func (l *listing) value(row importer.Record, name string) importer.Value {
	if place := l.place(name); place >= 0 {
		return row[place]
	}
	return importer.None
}

func (l *listing) cells(row importer.Record) []string {
	if l.value(row, "counted").Text() == "false" {
		l.again++
	} else {
		l.rows++
	}
	tracked := l.value(row, "tracked").Text() != "false"
	cells := make([]string, len(l.places))
	for i, place := range l.places {
		cells[i] = cell(l.columns[place], row[place])
		if l.columns[place].Name == "available" && !tracked {
			cells[i] = "not tracked"
		}
	}
	return cells
}

// cell is a value as a table shows it.
func cell(column importer.Column, value importer.Value) string {
	switch {
	case column.Type == importer.Bool && value.Present():
		return yesNo(value.Text() == "true")
	case column.Name == "missing_since" && len(value.Text()) > len("2006-01-02"):
		return value.Text()[:len("2006-01-02")]
	default:
		return value.Text()
	}
}

// footer says how many rows match, and what one would count by hand of all of them.
func (l *listing) footer(sums CatalogSums) string {
	word := l.word()
	switch {
	case sums.All == 0:
		return "no " + plural(word)
	case sums.Matching == 0:
		return fmt.Sprintf("none of %s %s", Counted(sums.All, word), matches(sums.All))
	}
	text := Counted(sums.Matching, word)
	if l.rows < sums.Matching {
		text = Count(l.rows) + " of " + text
	}
	more := l.more(sums)
	if more != "" && l.rows < sums.Matching {
		more += " in all"
	}
	if l.again > 0 {
		more += fmt.Sprintf("; %s of a level that variants share, which counts once", Counted(l.again, "further line"))
	}
	return text + more
}

func matches(n int) string {
	if n == 1 {
		return "matches"
	}
	return "match"
}

// more is what a footer says of all rows that match, but for their number.
func (l *listing) more(sums CatalogSums) (text string) {
	if sums.Missing > 0 {
		text += fmt.Sprintf(", %s missing from the shop", Count(sums.Missing))
	}
	if l.table != importer.Stock {
		return text
	}
	text += fmt.Sprintf(", %s available%s", Counted(int(sums.Units), "unit"), andUnknown(sums.Unknown))
	if sums.Untracked > 0 {
		text += fmt.Sprintf(", %s not tracked", Count(sums.Untracked))
	}
	return text
}

// word is what people call one row of the table.
func (l *listing) word() string {
	switch l.table {
	case importer.Categories:
		return "category"
	case importer.Media:
		return "media item"
	case importer.Stock:
		return "stock level"
	}
	return strings.TrimSuffix(l.table.Name, "s")
}
