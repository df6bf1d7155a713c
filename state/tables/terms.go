package tables

import (
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// KeyOf is the column by which others name a record.
func KeyOf(t *importer.Table) string { return t.Columns[t.Keys[0]].Name }

// ParentCondition is the further condition, if any, that a row has that parent. row is its alias.
func ParentCondition(parent importer.Parent, t *importer.Table, row string) string {
	if parent.When == nil {
		return ""
	}
	return " AND " + row + "." + t.Columns[parent.When.Column].Name + " = " + Literal(parent.When.Value.Text())
}

// SetElements are the elements of a set; what another program stored may be none.
func SetElements(of, column string) string {
	return strings.ReplaceAll("json_each(CASE WHEN json_valid(SET) THEN SET ELSE '[]' END)", "SET", of+"."+column)
}

// Literal is a text as it stands in SQL.
func Literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
