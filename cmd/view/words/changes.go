package words

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/importer"
)

// ActionWord has the words for an action.
type ActionWord struct {
	Action      importer.Action
	Symbol      string
	Done, Would string
	Differs     string // in a comparison of shop and store
}

// For is the word for a run: done, would be done, or differs.
func (w ActionWord) For(run importer.Run) string { return WordFor(run, w.Done, w.Would, w.Differs) }

// ActionWords are the words for all actions, in the order in which changes are shown.
func ActionWords() []ActionWord {
	return []ActionWord{
		{importer.Zero, "", "taken from above zero to zero, or away", "would go from above zero to zero, or away", ""},
		{importer.Create, "+", "created", "would be created", "only in the shop"},
		{importer.Update, "~", "updated", "would be updated", "different"},
		{importer.Fill, "", "filled in columns that are new", "would be filled in columns that are new", "empty in columns that are new"},
		{importer.Remove, "-", "removed", "would be removed", "only in the store"},
		{importer.Miss, "?", "marked missing", "would be marked missing", "only in the store"},
		{importer.Archive, "x", "archived", "would be archived", ""},
		{importer.Skip, "=", "kept as edited here", "would be kept as edited here", ""},
		{importer.Reject, "!", "rejected", "would be rejected", ""},
	}
}

// LostRecords is how many more records a change stands for: created ones whose snapshot is
// not kept any more.
func LostRecords(c importer.Change) int { return max(c.Records-1, 0) }

const LostWords = "of which only the number is kept: the snapshot that they came from was dropped"

// NameIn finds the name of a record in the fields of its change, "" when it is not there.
func NameIn(c importer.Change) string {
	known := c.Table.PublicLabel()
	for _, column := range append([]int{known.Title, known.Code}, known.Called...) {
		for _, field := range c.Fields {
			if column > 0 && field.Column == column {
				if known := cmp.Or(field.Old.Text(), field.New.Text()); known != "" {
					return known
				}
			}
		}
	}
	return ""
}

const TitleColumns = 60

// Digest is the short text about a record that comes or goes as a whole, instead of all its
// fields.
func Digest(c importer.Change) string {
	if !IsWhole(c) {
		return ""
	}
	text := ""
	for _, field := range c.Fields {
		column := c.Table.Columns[field.Column]
		value := field.New
		if c.Action == importer.Remove {
			value = field.Old
		}
		if slices.Contains(strings.Fields(c.Table.Told), column.Name) && value.Text() != "" && !column.Personal {
			text += fmt.Sprintf("  %s %s", column.Name, plain.Cut(plain.Line(value.Text()), TitleColumns))
		}
	}
	return text
}

// IsWhole reports whether a change creates or takes away a whole record.
func IsWhole(c importer.Change) bool {
	return c.Action == importer.Create || c.Action == importer.Remove
}

// longestValue is how many bytes of a value are compared for showing the difference.
const longestValue = 1 << 20

// ShownField are the old and new value of a field, or a word in their place when it is
// personal.
func ShownField(t *importer.Table, field importer.FieldChange) (old, fresh string) {
	if t.Columns[field.Column].Personal {
		return "(personal)", "(personal)"
	}
	return plain.Contrast(shownValue(field.Old), shownValue(field.New))
}

// shownValue is a value on one line, which tells an absent value from an empty one.
func shownValue(v importer.Value) string {
	switch {
	case !v.Present():
		return "(none)"
	case v.Text() == "":
		return `""`
	default:
		return plain.Line(plain.CutBytes(v.Text(), longestValue))
	}
}

// WordFor chooses the word for a run: done, would be done, or how the sides differ.
func WordFor(run importer.Run, done, would, differs string) string {
	switch {
	case run.Kind == importer.KindReconcile && differs != "":
		return differs
	case OnlyShows(run):
		return would
	}
	return done
}
