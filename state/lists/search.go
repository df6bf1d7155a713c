package lists

import (
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/sqlite"
	"github.com/eshopos/eshopctl/state/tables"
)

// searchCondition returns the condition that a row contains the folded text in the given
// argument: in everything that a list shows except yes and no, and in the ids. The store is
// ?1. Names in other tables are searched once, not once for each row that refers to them.
func (n namer) searchCondition(t *importer.Table, text string) string {
	holds := func(value string) string { return fmt.Sprintf("%s(%s, %s)", sqlite.FoundIn, text, value) }
	columns, lists := searchedColumns(t)
	anyOf := []string{holds("concat_ws(char(31), " + strings.Join(columns, ", ") + ")")} // one call for each row, not for each value
	for _, column := range lists {                                                       // in the texts, not in how they are stored
		anyOf = append(anyOf, fmt.Sprintf("CASE WHEN json_valid(%[1]s) THEN EXISTS (SELECT 1 FROM json_each(%[1]s) WHERE %[2]s) ELSE %[3]s END",
			column, holds("value"), holds(column)))
	}
	for _, parent := range t.ShownParents() {
		of := n.titleSourceOf(parent.Table)
		anyOf = append(anyOf, fmt.Sprintf("(account, %s) IN (SELECT x.account, x.external_id FROM %s WHERE x.store = ?1 AND %s)%s",
			t.Columns[parent.Column].Name, of.from, holds(of.title), tables.ParentCondition(parent, t, t.Name)))
	}
	return strings.Join(anyOf, " OR ")
}

// searchedColumns returns the columns of a table in which a search looks, those with JSON
// lists separately.
func searchedColumns(t *importer.Table) (columns, lists []string) {
	for _, name := range t.Searched {
		if isList(t, name) {
			lists = append(lists, name)
		} else {
			columns = append(columns, name)
		}
	}
	if t.Kept {
		columns = append(columns, "missing_since")
	}
	return columns, lists
}

func isList(t *importer.Table, name string) bool {
	for _, column := range t.Columns {
		if column.Name == name {
			return column.Type == importer.Set || column.Type == importer.JSON
		}
	}
	return false
}
