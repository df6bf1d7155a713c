package view

import (
	"bytes"
	"io"
	"iter"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// Column is the head of a table's column. Numbers are aligned to the right.
// Numbers and Whole columns, such as ids, are the last to be cut.
type Column struct {
	Name   string
	Number bool
	Whole  bool
}

// Text, Number and Whole make columns.
func Text(name string) Column   { return Column{Name: name} }
func Number(name string) Column { return Column{Name: name, Number: true} }
func Whole(name string) Column  { return Column{Name: name, Whole: true} }

const (
	columnGap   = 2
	rowsAtOnce  = 500 // tablewriter holds what it has not rendered
	leastColumn = 8   // how narrow a column may become
)

// Table writes rows without borders, two spaces apart. Cells are made harmless.
// On a terminal of that width the longest cells are cut with an ellipsis until
// a row fits; elsewhere (width 0) nothing is cut. Without rows it writes nothing.
func Table(w io.Writer, width int, columns []Column, rows [][]string) error {
	return TableOf(w, width, columns, each(rows))
}

// TableOf is Table for rows that are too many to be held. It stops at their
// first error.
func TableOf(w io.Writer, width int, columns []Column, rows iter.Seq2[[]string, error]) error {
	t := &table{out: w, width: width, columns: columns}
	for row, err := range rows {
		if err == nil {
			err = t.add(row)
		}
		if err != nil {
			return err
		}
	}
	return t.flush(false)
}

// each gives the elements of a list that is there already.
func each[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, element := range list {
			if !yield(element, nil) {
				return
			}
		}
	}
}

// table is a table on its way out, some hundred rows at a time.
type table struct {
	out     io.Writer
	width   int
	columns []Column
	waiting [][]string
	widths  []int // nil before the first rows are printed
}

func (t *table) add(row []string) error {
	cells := make([]string, len(t.columns))
	for i := range min(len(cells), len(row)) {
		cells[i] = Line(row[i])
	}
	t.waiting = append(t.waiting, cells)
	if len(t.waiting) < rowsAtOnce {
		return nil
	}
	return t.flush(true)
}

// flush prints the rows that wait. The first rows decide the widths on a
// terminal; elsewhere a column may still grow, because nothing is cut.
func (t *table) flush(more bool) error {
	if len(t.waiting) == 0 {
		return nil
	}
	first := t.widths == nil
	if first || t.width == 0 {
		t.measure()
	}
	if first && t.width > 0 {
		t.fit(more)
	}
	text, err := t.render(first)
	if err != nil {
		return err
	}
	t.waiting = nil
	_, err = io.WriteString(t.out, text)
	return err
}

func (t *table) measure() {
	if t.widths == nil {
		for _, column := range t.columns {
			t.widths = append(t.widths, wide(column.Name))
		}
	}
	for _, row := range t.waiting {
		for i, cell := range row {
			t.widths[i] = max(t.widths[i], wide(cell))
		}
	}
}

// fit cuts the widest columns until a row fits into the window. Where more rows
// are to come, the first column of text gets what is left.
func (t *table) fit(more bool) {
	excess := (len(t.columns)-1)*columnGap - t.width
	for _, w := range t.widths {
		excess += w
	}
	for _, any := range []bool{false, true} {
		for widest := t.widest(any); excess > 0 && widest >= 0; widest = t.widest(any) {
			t.widths[widest]--
			excess--
		}
	}
	for i, column := range t.columns {
		if more && excess < 0 && !column.Whole && !column.Number {
			t.widths[i] -= excess
			excess = 0
		}
	}
}

// widest returns the widest column that may be cut, or -1.
func (t *table) widest(any bool) int {
	found := -1
	for i, column := range t.columns {
		cuttable := any || !column.Whole && !column.Number
		if cuttable && t.widths[i] > leastColumn && (found < 0 || t.widths[i] > t.widths[found]) {
			found = i
		}
	}
	return found
}

// render draws the waiting rows. Blanks at the ends of lines go, and so does
// what a window too narrow for this table has no room for.
func (t *table) render(header bool) (string, error) {
	var drawn bytes.Buffer
	drawing := tablewriter.NewTable(&drawn, t.options()...)
	if header {
		names := make([]string, len(t.columns))
		for i, column := range t.columns {
			names[i] = column.Name
		}
		drawing.Header(t.fitting(names))
	}
	for _, row := range t.waiting {
		if err := drawing.Append(t.fitting(row)); err != nil {
			return "", err
		}
	}
	if err := drawing.Render(); err != nil {
		return "", err
	}
	var lines strings.Builder
	for line := range strings.Lines(drawn.String()) {
		line = strings.TrimRight(line, " \n")
		if t.width > 0 {
			line = Cut(line, t.width)
		}
		lines.WriteString(line + "\n")
	}
	return lines.String(), nil
}

func (t *table) fitting(row []string) []string {
	cells := make([]string, len(row))
	for i, cell := range row {
		cells[i] = Cut(cell, t.widths[i])
	}
	return cells
}

func (t *table) options() []tablewriter.Option {
	alignment := tw.CellAlignment{Global: tw.AlignLeft}
	widths := tw.NewMapper[int, int]()
	for i, column := range t.columns {
		align := tw.AlignLeft
		if column.Number {
			align = tw.AlignRight
		}
		alignment.PerColumn = append(alignment.PerColumn, align)
		widths.Set(i, t.widths[i]+columnGap)
	}
	return []tablewriter.Option{
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders: tw.BorderNone, Symbols: tw.NewSymbols(tw.StyleNone),
			Settings: tw.Settings{Separators: tw.SeparatorsNone, Lines: tw.LinesNone},
		})),
		tablewriter.WithEastAsian(tw.Off),        // else the width depends on LANG
		tablewriter.WithHeaderAutoFormat(tw.Off), // else unit_price becomes UNIT PRICE
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithPadding(tw.Padding{Right: strings.Repeat(" ", columnGap), Overwrite: true}),
		tablewriter.WithHeaderAlignmentConfig(alignment),
		tablewriter.WithRowAlignmentConfig(alignment),
		tablewriter.WithColumnWidths(widths),
	}
}

// wide is how many columns of a terminal a text takes, measured as tablewriter
// does.
func wide(text string) int { return twwidth.WidthWithOptions(text, twwidth.Options{}) }

// Cut shortens text to a number of terminal columns, with an ellipsis.
func Cut(text string, columns int) string {
	if len(text) <= columns { // no character is wider than its bytes are many
		return text
	}
	taken, end := 0, 0 // end of what fits beside an ellipsis
	for i, r := range text {
		if taken < columns {
			end = i
		}
		if taken += wide(string(r)); taken > columns {
			return text[:end] + "…"
		}
	}
	return text
}
