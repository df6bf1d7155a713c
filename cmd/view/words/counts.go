package words

import (
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/importer"
)

const Filled = "filled"

// CountColumn is a column of a table of counts.
type CountColumn struct {
	Done, Would string // its head after a run, and before
	always      bool   // it is shown even where it is all zero
	Of          func(*importer.Counts) int
}

// CountColumns are the columns of a table of counts, in their order.
func CountColumns() []CountColumn {
	return []CountColumn{
		{"read", "read", true, func(c *importer.Counts) int { return c.Read }},
		{"created", "would create", true, func(c *importer.Counts) int { return c.Created }},
		{"updated", "would update", true, func(c *importer.Counts) int { return c.Updated }},
		{Filled, "would fill", false, func(c *importer.Counts) int { return c.Filled }},
		{"unchanged", "unchanged", true, func(c *importer.Counts) int { return c.Unchanged }},
		{"skipped", "would skip", false, func(c *importer.Counts) int { return c.Skipped }},
		{"rejected", "would reject", false, func(c *importer.Counts) int { return c.Rejected }},
		{"missing", "missing", false, func(c *importer.Counts) int { return c.Missing }},
		{"archived", "would archive", false, func(c *importer.Counts) int { return c.Archived }},
		{"removed", "would remove", false, func(c *importer.Counts) int { return c.Removed }},
		{"drifted", "drifted", false, func(c *importer.Counts) int { return c.Drifted }},
	}
}

// CountTable is the table of counts of a run.
func CountTable(narrow bool, run importer.Run) ([]plain.Column, [][]string) {
	columns, rows := []plain.Column{plain.Whole("")}, [][]string{}
	for _, t := range importer.Tables() {
		rows = append(rows, []string{t.Name})
	}
	for _, column := range CountColumns() {
		if !column.always && !AnyCount(&run.Counts, column.Of) {
			continue
		}
		name := column.Done
		if OnlyShows(run) {
			name = briefHead(narrow, column.Would)
		}
		columns = append(columns, plain.Number(name))
		for i, t := range importer.Tables() {
			rows[i] = append(rows[i], countCell(run, t, len(rows[i]) == 1, column.Of(run.Counts.Of(t))))
		}
	}
	return columns, rows
}

// countCell is a figure about a table. Of a table that the run did not read the first cell
// says so, and the others are empty.
func countCell(run importer.Run, t *importer.Table, first bool, n int) string {
	switch {
	case run.LookedAt(t):
		return plain.Count(n)
	case first:
		return NotRead
	}
	return ""
}

// briefHead shortens a head for a narrow window. The line below the table says that nothing
// was done yet.
func briefHead(narrow bool, would string) string {
	if !narrow {
		return would
	}
	return strings.TrimPrefix(would, "would ")
}

// AnyCount reports whether any table has a count of that kind other than 0.
func AnyCount(tally *importer.Tally, of func(*importer.Counts) int) bool {
	return slices.ContainsFunc(importer.Tables(), func(t *importer.Table) bool { return of(tally.Of(t)) != 0 })
}
