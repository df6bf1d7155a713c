package view

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/importer"
)

// ShownColumns are the columns of a catalogue table that people see. The JSON has all.
func ShownColumns(t *importer.Table) []string { return strings.Fields(t.Listed) }

// CatalogSums are totals over all rows that match a filter, also those beyond its limit.
type CatalogSums struct {
	Matching  int // rows that match the filter
	All       int // rows of the store
	Missing   int // of the matching rows, as all that follows
	Untracked int
	Units     int64 // available, of tracked levels
	Unknown   int   // tracked levels without a number
}

// Catalog is rows of a catalogue table.
type Catalog struct {
	Table   *importer.Table
	Columns []importer.Column
	Rows    iter.Seq2[importer.Record, error]
	Named   iter.Seq2[importer.Record, error] // for people: with the values of NameColumns behind
	Sums    func() (CatalogSums, error)       // for people
}

func (c Catalog) forPrograms() document {
	return listDocument(c.Table.Name, c.Rows, func(r importer.Record) any { return rowDocument{c.Columns, r} })
}

func (c Catalog) csv(w io.Writer) error { return plain.WriteCSV(w, c.Columns, c.Rows) }

// forPeople prints ShownColumns.
func (c Catalog) forPeople(v View) error {
	sums, err := c.Sums()
	if err != nil {
		return err
	}
	t := c.Table
	l := rowList{table: t, columns: slices.Concat(c.Columns, importer.NameColumns(t))}
	var heads []plain.Column
	for _, name := range ShownColumns(t) {
		if place := l.placeOf(name); place >= 0 {
			l.places = append(l.places, place)
			heads = append(heads, columnHead(t, l.columns[place]))
		}
	}
	err = plain.WriteRows(v.Out, v.Width, heads, func(yield func([]string, error) bool) {
		for row, err := range c.Named {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(l.cellsOf(row), nil) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	return v.sayLine("%s", l.footer(sums))
}

// columnHead is the head of a column, which says how its cells are aligned and cut.
func columnHead(t *importer.Table, column importer.Column) plain.Column {
	c := shapeOf(column)
	c.Later = slices.Contains(strings.Fields(t.Later), column.Name)
	c.Spare = c.Later || slices.Contains(strings.Fields(t.Spare), column.Name)
	return c
}

func shapeOf(column importer.Column) plain.Column {
	name := wordedName(strings.Replace(column.Name, "_external_id", "_id", 1))
	switch {
	case column.Type == importer.Int, column.Type == importer.Number, column.Type == importer.Money:
		return plain.Number(name)
	case strings.HasSuffix(column.Name, "id"), column.Name == "missing_since", column.Name == "sku", column.Type == importer.Bool:
		return plain.Whole(name)
	default:
		return plain.Text(name)
	}
}

// wordedName is the name of a column with spaces.
func wordedName(name string) string { return strings.ReplaceAll(name, "_", " ") }

// rowList makes the cells of a table, and counts them for the footer.
type rowList struct {
	table   *importer.Table
	columns []importer.Column
	places  []int // of the shown columns in a row
	rows    int
	again   int // rows of a level that was shown before, for another variant
}

// placeOf is the index of a column in a row, -1 when the row has no such column.
func (l *rowList) placeOf(name string) int {
	return slices.IndexFunc(l.columns, func(c importer.Column) bool { return c.Name == name })
}

// stockedColumn is the column with the number in stock, zero where the table has none.
func (l *rowList) stockedColumn() (number importer.Column) {
	if s := l.table.Stocked; s != nil {
		number = l.table.Columns[s.Number]
	}
	return number
}

func (l *rowList) valueOf(row importer.Record, name string) importer.Value {
	if place := l.placeOf(name); place >= 0 {
		return row[place]
	}
	return importer.None
}

func (l *rowList) cellsOf(row importer.Record) []string {
	if l.valueOf(row, "counted").Text() == "false" {
		l.again++
	} else {
		l.rows++
	}
	s := l.table.Stocked
	tracked := s == nil || l.valueOf(row, l.table.Columns[s.Tracked].Name).Text() != "false"
	cells := make([]string, len(l.places))
	for i, place := range l.places {
		cells[i] = cellText(l.columns[place], row[place])
		if !tracked && l.columns[place].Name == l.stockedColumn().Name {
			cells[i] = "not tracked"
		}
	}
	return cells
}

// cellText is a value as a table shows it.
func cellText(column importer.Column, value importer.Value) string {
	switch {
	case column.Type == importer.Bool && value.Present():
		return plain.YesNo(value.Text() == "true")
	case column.Name == "missing_since" && len(value.Text()) > len("2006-01-02"):
		return value.Text()[:len("2006-01-02")]
	default:
		return value.Text()
	}
}

// footer says how many rows match, and their totals.
func (l *rowList) footer(sums CatalogSums) string {
	word := l.table.One
	switch {
	case sums.All == 0:
		return "no " + plain.PluralOf(word)
	case sums.Matching == 0:
		return fmt.Sprintf("none of %s %s", plain.Counted(sums.All, word), matchWord(sums.All))
	}
	text := plain.Counted(sums.Matching, word)
	if l.rows < sums.Matching {
		text = plain.Count(l.rows) + " of " + text
	}
	more := l.restText(sums)
	if more != "" && l.rows < sums.Matching {
		more += " in all"
	}
	if l.again > 0 {
		more += fmt.Sprintf("; %s of a level that variants share, which counts once", plain.Counted(l.again, "further line"))
	}
	return text + more
}

func matchWord(n int) string {
	if n == 1 {
		return "matches"
	}
	return "match"
}

// restText are the totals of the footer.
func (l *rowList) restText(sums CatalogSums) (text string) {
	if sums.Missing > 0 {
		text += fmt.Sprintf(", %s missing from the shop", plain.Count(sums.Missing))
	}
	if l.table.Stocked == nil {
		return text
	}
	number := l.stockedColumn()
	text += fmt.Sprintf(", %s %s%s", plain.Counted(int(sums.Units), number.Unit), wordedName(number.Name), andUnknown(sums.Unknown))
	if sums.Untracked > 0 {
		text += fmt.Sprintf(", %s not tracked", plain.Count(sums.Untracked))
	}
	return text
}
