package importer

import (
	"slices"
	"strings"
	"testing"
)

// What a table says of its columns fits together.
func TestTablesAreDeclaredWell(t *testing.T) {
	for _, table := range Tables() {
		for _, flaw := range flawsOf(table) {
			t.Errorf("%s: %s", table.Name, flaw)
		}
	}
}

// flawsOf are what of a table does not fit together.
func flawsOf(t *Table) (flaws []string) {
	names := t.ColumnNames()
	if len(t.Columns) > 64 {
		flaws = append(flaws, "has more columns than a set of them holds")
	}
	for _, c := range t.Columns {
		if c.Type == Money && !slices.Contains(names, c.Unit) {
			flaws = append(flaws, c.Name+" has no currency beside it")
		}
	}
	for _, column := range t.Keys {
		if t.Columns[column].Personal {
			flaws = append(flaws, t.Columns[column].Name+" is personal, and records are told by it")
		}
	}
	if s := t.Stocked; s != nil && (t.Columns[s.Number].Unit == "" || t.Columns[s.Number].Personal) {
		flaws = append(flaws, t.Columns[s.Number].Name+" is summed, and nobody can say of what")
	}
	for i, parent := range t.Parents {
		if parent.When == nil {
			continue
		}
		if t.Columns[parent.When.Column].Type != Text {
			flaws = append(flaws, t.Columns[parent.When.Column].Name+" is no text that may say which parent there is")
		}
		if i == 0 && (t.Counted > 0 || t.Joined != "" || t.Within) {
			flaws = append(flaws, "is counted or named by what it is part of, and that is not always of one table")
		}
	}
	for _, name := range slices.Concat(strings.Fields(t.Told), t.Searched) {
		if name != "id" && !slices.Contains(names, name) {
			flaws = append(flaws, "has no column "+name)
		}
	}
	return flaws
}

// The test above would be worth nothing if it could not fail.
func TestFlawsOfTablesAreNamed(t *testing.T) {
	table := &Table{
		Keys: []int{0}, Stocked: &StockColumns{Number: 2}, Searched: []string{"colour"}, Counted: 1,
		Parents: []Parent{{Column: 2, Table: Products, When: &Field{1, String("1.00")}}},
		Columns: []Column{{Name: "email", Personal: true}, {Name: "price", Type: Money}, {Name: "left"}},
	}
	if flaws := flawsOf(table); len(flaws) != 6 {
		t.Errorf("%q", flaws)
	}
}

// What belongs to a rejected record is told of it by a name that all may read.
func TestPersonalNamesAreNotToldOfParents(t *testing.T) {
	table := &Table{Label: Label{Code: 1, Title: 2}, Columns: []Column{{Name: "external_id"}, {Name: "email", Personal: true}, {Name: "group"}}}
	record := Record{String("7"), String("ada@example.com"), String("regulars")}
	if name := table.NameOf(record); name != "regulars" {
		t.Errorf("it is called %q", name)
	}
	table.Columns[2].Personal = true
	if name := table.NameOf(record); name != "" {
		t.Errorf("it is called %q", name)
	}
}
