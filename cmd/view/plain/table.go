package plain

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// Column is the head of a table's column. Numbers are aligned to the right.
// Numbers and Whole columns, such as ids, are the last to be cut: ids at their
// beginning, because they differ at their end, and figures never. Ids that stand
// beside what says more are the first to be cut. Spare columns go where a window is
// too narrow.
type Column struct {
	Name   string
	Number bool
	Whole  bool
	Beside bool // an id beside what says more
	Spare  bool
	Later  bool // spare, but after the others
}

// Text is a column of words.
func Text(name string) Column { return Column{Name: name} }

// Number is a column of figures.
func Number(name string) Column { return Column{Name: name, Number: true} }

// Whole is a column of ids.
func Whole(name string) Column { return Column{Name: name, Whole: true} }

// Beside is a column of ids beside what says more.
func Beside(name string) Column { return Column{Name: name, Beside: true} }

// Spared marks a column as one that may go, SparedLast as one that goes after all
// of those.
func Spared(c Column) Column {
	c.Spare = true
	return c
}

// SparedLast marks a column as one that goes after those that are Spared.
func SparedLast(c Column) Column {
	c.Spare, c.Later = true, true
	return c
}

const (
	columnGap   = 2
	rowsAtOnce  = 500 // tablewriter holds what it has not rendered
	leastColumn = 8   // how narrow a column may become
	leastText   = 16  // how narrow text becomes before spare columns go, and ids beside it before text is cut
)

// WriteTable writes rows without borders, two spaces apart. Cells are made harmless.
// On a terminal of that width the longest cells are cut with an ellipsis until
// a row fits; elsewhere (width 0) nothing is cut. Without rows it writes nothing.
func WriteTable(w io.Writer, width int, columns []Column, rows [][]string) error {
	return WriteRows(w, width, columns, EachOf(rows))
}

// WriteRows is WriteTable for rows that are too many to be held. It stops at their
// first error.
func WriteRows(w io.Writer, width int, columns []Column, rows iter.Seq2[[]string, error]) error {
	t := &table{out: w, width: width, columns: columns}
	for row, err := range rows {
		if err == nil {
			err = t.addRow(row)
		}
		if err != nil {
			return err
		}
	}
	return t.flushRows(false)
}

// EachOf gives the elements of a list that is there already.
func EachOf[T any](list []T) iter.Seq2[T, error] {
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
	places  []int // of the columns in a row; nil for all
	waiting [][]string
	widths  []int // nil before the first rows are printed
	cells   []int // the widest cells, heads left aside
}

func (t *table) addRow(row []string) error {
	cells := make([]string, len(t.columns))
	for i := range cells {
		if place := t.placeOf(i); place < len(row) {
			cells[i] = Line(CutBytes(row[place], longestCell))
		}
	}
	t.waiting = append(t.waiting, cells)
	if len(t.waiting) < rowsAtOnce {
		return nil
	}
	return t.flushRows(true)
}

// longestCell is how much of a text a table shows, which is for people: to lay out
// millions of letters takes minutes. Lists for programs have it whole.
const longestCell = 4000

func (t *table) placeOf(i int) int {
	if t.places == nil {
		return i
	}
	return t.places[i]
}

// flushRows prints the rows that wait. The first rows decide the widths on a
// terminal; elsewhere a column may still grow, because nothing is cut.
func (t *table) flushRows(more bool) error {
	if len(t.waiting) == 0 {
		return nil
	}
	first := t.widths == nil
	if first || t.width == 0 {
		t.measureCells()
	}
	if first && t.width > 0 {
		t.leaveColumnsOut(more)
		t.fitColumns(more)
	}
	text, err := t.renderRows(first)
	if err != nil {
		return err
	}
	t.waiting = nil
	_, err = io.WriteString(t.out, text)
	return err
}

func (t *table) measureCells() {
	if t.widths == nil {
		t.cells = make([]int, len(t.columns))
		for _, column := range t.columns {
			t.widths = append(t.widths, WidthOf(column.Name))
		}
	}
	for _, row := range t.waiting {
		for i, cell := range row {
			t.cells[i] = max(t.cells[i], WidthOf(cell))
			t.widths[i] = max(t.widths[i], t.cells[i])
		}
	}
}

// leaveColumnsOut takes columns away that the window has no room for: those without any
// cell when no more rows come, then spare ones from the right.
func (t *table) leaveColumnsOut(more bool) {
	for i := len(t.columns) - 1; i >= 0 && t.naturalWidth() > t.width; i-- {
		if t.cells[i] == 0 && !more {
			t.removeColumn(i)
		}
	}
	for _, later := range []bool{false, true} {
		for i := len(t.columns) - 1; i >= 0 && t.neededWidth() > t.width; i-- {
			if t.columns[i].Spare && t.columns[i].Later == later {
				t.removeColumn(i)
			}
		}
	}
}

// naturalWidth is the width that a row takes when nothing is cut.
func (t *table) naturalWidth() int {
	natural := (len(t.columns) - 1) * columnGap
	for _, w := range t.widths {
		natural += w
	}
	return natural
}

// neededWidth is the width that a row takes when text is cut, but not too much.
func (t *table) neededWidth() int {
	needed := (len(t.columns) - 1) * columnGap
	for i, column := range t.columns {
		if column.Whole || column.Number {
			needed += t.widths[i]
		} else {
			needed += min(t.widths[i], leastText)
		}
	}
	return needed
}

func (t *table) removeColumn(i int) {
	if t.places == nil {
		for place := range t.columns {
			t.places = append(t.places, place)
		}
	}
	t.columns = slices.Delete(slices.Clone(t.columns), i, i+1)
	t.places = slices.Delete(t.places, i, i+1)
	t.widths = slices.Delete(t.widths, i, i+1)
	t.cells = slices.Delete(t.cells, i, i+1)
	for n, row := range t.waiting {
		t.waiting[n] = slices.Delete(row, i, i+1)
	}
}

// fitColumns cuts the widest columns until a row fits into the window. Where more rows
// are to come, the first column of text gets what is left.
func (t *table) fitColumns(more bool) {
	excess := t.naturalWidth() - t.width
	for i, column := range t.columns {
		if column.Beside && excess > 0 {
			cut := min(excess, max(t.widths[i]-leastText, 0))
			t.widths[i] -= cut
			excess -= cut
		}
	}
	for _, any := range []bool{false, true} {
		for widest := t.widestColumn(any); excess > 0 && widest >= 0; widest = t.widestColumn(any) {
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

// widestColumn returns the widest column that may be cut, or -1.
func (t *table) widestColumn(any bool) int {
	found := -1
	for i, column := range t.columns {
		cuttable := any || !column.Whole && !column.Number
		least := leastColumn
		if column.Number {
			least = max(t.cells[i], 4) // only its head may be cut
		}
		if cuttable && t.widths[i] > least && (found < 0 || t.widths[i] > t.widths[found]) {
			found = i
		}
	}
	return found
}

// renderRows draws the waiting rows. Blanks at the ends of lines go, and so does
// what a window too narrow for this table has no room for.
func (t *table) renderRows(header bool) (string, error) {
	var drawn bytes.Buffer
	drawing := tablewriter.NewTable(&drawn, t.drawingOptions()...)
	if header {
		names := make([]string, len(t.columns))
		for i, column := range t.columns {
			names[i] = column.Name
		}
		for i := range names {
			names[i] = Cut(names[i], t.widths[i])
		}
		drawing.Header(names)
	}
	for _, row := range t.waiting {
		if err := drawing.Append(t.fittingCells(row)); err != nil {
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

func (t *table) fittingCells(row []string) []string {
	cells := make([]string, len(row))
	for i, cell := range row {
		if t.columns[i].Whole || t.columns[i].Beside {
			cells[i] = cutFront(cell, t.widths[i])
		} else {
			cells[i] = Cut(cell, t.widths[i])
		}
	}
	return cells
}

func (t *table) drawingOptions() []tablewriter.Option {
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
