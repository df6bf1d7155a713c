package tables

import (
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// KeyOf returns the column by which other tables refer to a record.
func KeyOf(t *importer.Table) string { return t.Columns[t.Keys[0]].Name }

// ParentCondition returns the condition, beginning with AND, that a row has that parent; ""
// if all rows have it. row is the alias of the row.
func ParentCondition(parent importer.Parent, t *importer.Table, row string) string {
	if parent.When == nil {
		return ""
	}
	return " AND " + row + "." + t.Columns[parent.When.Column].Name + " = " + Literal(parent.When.Value.Text())
}

// SetElements returns a table expression for the elements of a set. Malformed JSON of
// another program counts as empty.
func SetElements(of, column string) string {
	return strings.ReplaceAll("json_each(CASE WHEN json_valid(SET) THEN SET ELSE '[]' END)", "SET", of+"."+column)
}

// Literal returns a text as an SQL literal.
func Literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
