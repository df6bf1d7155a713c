package lists

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/tables"
)

// namer makes the SQL for what people call records. silent lists the titles that say
// nothing, as SQL literals.
type namer struct{ silent string }

// titleSource is where the titles of a table's records are found: title is an SQL
// expression over from, in which x is the row.
type titleSource struct{ from, title string }

// titleSourceOf returns where the titles of t are found. If the table's Label says Within,
// the title of the owner comes first.
func (n namer) titleSourceOf(t *importer.Table) titleSource {
	own := "x." + t.Columns[t.Title].Name
	if !t.Within {
		return titleSource{t.Name + " x", own}
	}
	of := t.Parents[0]
	return titleSource{
		fmt.Sprintf("%s x JOIN %s y ON y.account = x.account AND y.%s = x.%s", t.Name, of.Table.Name,
			of.Table.Columns[of.Table.Keys[0]].Name, t.Columns[of.Column].Name),
		fmt.Sprintf("y.%s || CASE WHEN %s IN (%s) THEN '' ELSE ' / ' || %[2]s END", of.Table.Columns[of.Table.Title].Name, own, n.silent),
	}
}

// nameOf returns an SQL expression for the public name of a record. row is the alias of its
// row.
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
		names = append(names, fmt.Sprintf("(SELECT %s FROM %s WHERE x.account = %s.account AND x.%s = %[3]s.%[4]s)", of.title,
			of.from, row, key))
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

// nameQuery returns the query for a record's name by store, provider and key. It goes
// through accounts, because keys are unique within one.
func (n namer) nameQuery(t *importer.Table) string {
	query := "SELECT " + n.nameOf(t, "r") + " FROM " + t.Name + " r WHERE r.account IN (SELECT id FROM accounts WHERE store = ? AND provider = ?)"
	for _, column := range t.Keys {
		query += " AND r." + t.Columns[column].Name + " = ?"
	}
	return query
}

// nameFields returns importer.NameColumns as SQL expressions.
func (n namer) nameFields(t *importer.Table) (fields []string) {
	for _, column := range importer.NameColumns(t) {
		alike := slices.DeleteFunc(t.ShownParents(), func(p importer.Parent) bool { return p.As != column.Name })
		fields = append(fields, n.nameField(t, alike))
	}
	return fields
}

// nameField returns an SQL expression for the name of one of the parents, which share a
// column. If the parent has no row, its id stands for the name, unless the parent is named
// within its own owner.
func (n namer) nameField(t *importer.Table, parents []importer.Parent) string {
	var names, id []string
	for _, parent := range parents {
		of, column := n.titleSourceOf(parent.Table), t.Columns[parent.Column].Name
		key := parent.Table.Columns[parent.Table.Keys[0]].Name
		names = append(names, fmt.Sprintf("(SELECT %s FROM %s WHERE x.account = %s.account AND x.%s = %[3]s.%[5]s%s)", of.title,
			of.from, t.Name, key, column, tables.ParentCondition(parent, t, t.Name)))
		if parent.When != nil || !parent.Table.Within {
			id = []string{column}
		}
	}
	return "coalesce(" + strings.Join(slices.Concat(names, id, []string{"NULL"}), ", ") + ")"
}
