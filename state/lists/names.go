package lists

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/tables"
)

// namer makes the SQL of what people call records. Silent are the titles that say
// nothing, with commas between.
type namer struct{ silent string }

// titleSource is where the titles of a table's records are found: x is the row of one.
type titleSource struct{ from, title string }

// titleSourceOf has the title of what a record is part of before its own where that may say
// nothing.
func (n namer) titleSourceOf(t *importer.Table) titleSource {
	own := "x." + t.Columns[t.Title].Name
	if !t.Within {
		return titleSource{t.Name + " x", own}
	}
	of := t.Parents[0]
	return titleSource{
		fmt.Sprintf("%s x JOIN %s y ON y.account = x.account AND y.%s = x.%s", t.Name, of.Table.Name, of.Table.Columns[of.Table.Keys[0]].Name, t.Columns[of.Column].Name),
		fmt.Sprintf("y.%s || CASE WHEN %s IN (%s) THEN '' ELSE ' / ' || %[2]s END", of.Table.Columns[of.Table.Title].Name, own, n.silent),
	}
}

// nameOf is what people call the record of a row wherever others may read it, in SQL. row
// is the alias of the row.
func (n namer) nameOf(t *importer.Table, row string) string {
	known := t.PublicLabel()
	if t.Joined != "" {
		return n.nameOfParent(t.Parents[1], t, row) + " || " + tables.Literal(t.Joined) + " || " + n.nameOfParent(t.Parents[0], t, row)
	}
	var names []string
	if known.Code > 0 {
		names = append(names, "nullif(trim("+row+"."+t.Columns[known.Code].Name+"), '')")
	}
	if known.Within && t.Parents[0].Table.PublicLabel().Title > 0 {
		of, key := n.titleSourceOf(t), t.Columns[t.Keys[0]].Name
		names = append(names, fmt.Sprintf("(SELECT %s FROM %s WHERE x.account = %s.account AND x.%s = %[3]s.%[4]s)", of.title, of.from, row, key))
	}
	if known.Title > 0 {
		names = append(names, row+"."+t.Columns[known.Title].Name)
	}
	for _, column := range known.Called {
		names = append(names, row+"."+t.Columns[column].Name)
	}
	return "coalesce(" + strings.Join(append(names, "NULL"), ", ") + ")"
}

func (n namer) nameOfParent(parent importer.Parent, t *importer.Table, row string) string {
	of, alias := parent.Table, row+"p"
	return fmt.Sprintf("(SELECT %s FROM %s %s WHERE %[3]s.account = %[4]s.account AND %[3]s.%[5]s = %[4]s.%[6]s)",
		n.nameOf(of, alias), of.Name, alias, row, of.Columns[of.Keys[0]].Name, t.Columns[parent.Column].Name)
}

// nameQuery finds what people call a record, by the store, the provider and the parts of
// its key. It goes by the account, since that is what keys are unique in.
func (n namer) nameQuery(t *importer.Table) string {
	query := "SELECT " + n.nameOf(t, "r") + " FROM " + t.Name + " r WHERE r.account IN (SELECT id FROM accounts WHERE store = ? AND provider = ?)"
	for _, column := range t.Keys {
		query += " AND r." + t.Columns[column].Name + " = ?"
	}
	return query
}

// nameFields are the NameColumns in SQL.
func (n namer) nameFields(t *importer.Table) (fields []string) {
	for _, column := range importer.NameColumns(t) {
		alike := slices.DeleteFunc(t.ShownParents(), func(p importer.Parent) bool { return p.As != column.Name })
		fields = append(fields, n.nameField(t, alike))
	}
	return fields
}

// nameField is what one of the parents is called. Where there is no such record its id
// stands for it, unless it is known by what it is part of.
func (n namer) nameField(t *importer.Table, parents []importer.Parent) string {
	var names, id []string
	for _, parent := range parents {
		of, column := n.titleSourceOf(parent.Table), t.Columns[parent.Column].Name
		key := parent.Table.Columns[parent.Table.Keys[0]].Name
		names = append(names, fmt.Sprintf("(SELECT %s FROM %s WHERE x.account = %s.account AND x.%s = %[3]s.%[5]s%s)", of.title, of.from, t.Name, key, column, tables.ParentCondition(parent, t, t.Name)))
		if parent.When != nil || !parent.Table.Within {
			id = []string{column}
		}
	}
	return "coalesce(" + strings.Join(slices.Concat(names, id, []string{"NULL"}), ", ") + ")"
}
