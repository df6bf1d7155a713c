package importer

import "testing"

// Columns that were not read differ in nothing, and their values are those of the row.
func TestWhatWasNotReadIsAsItIsStored(t *testing.T) {
	at := Products.Column("vendor")
	info := SnapshotInfo{NotRead: []NotRead{{Resource: "products", Fields: []string{"vendor", "of_a_later_version"}}, {Resource: "stock"}}}
	if got := info.unread(Products); got != 1<<at || info.unread(Stock) != 0 || info.unread(Variants) != 0 {
		t.Fatalf("not read are %b", got)
	}
	record := func(title, vendor string) Record {
		r := make(Record, len(Products.Columns))
		r[0], r[Products.Title], r[at] = String("1"), String(title), String(vendor)
		return r
	}
	row := record("old", "stored")
	for name, test := range map[string]struct {
		of            unread
		fresh         Record
		fields        int
		edited, looks bool
	}{
		"now and then":       {unread{1 << at, 1 << at, 1 << at}, record("old", ""), 0, false, false},
		"now":                {unread{now: 1 << at}, record("old", ""), 0, false, false},
		"now, else new":      {unread{now: 1 << at}, record("new", ""), 1, false, false},
		"not then, the same": {unread{then: 1 << at, unknown: 1 << at}, record("old", "stored"), 0, false, true},
		"not then, another":  {unread{then: 1 << at, unknown: 1 << at}, record("old", "other"), 1, false, true},
	} {
		imported := record("old", "")
		if test.of.then == 0 {
			imported = record("old", "stored")
		}
		fresh, imported := test.of.keep(test.fresh, imported, row)
		if got := len(Products.differences(row, fresh)); got != test.fields {
			t.Errorf("%s: %d fields differ", name, got)
		}
		if edited := !Products.Equal(row, imported); edited != test.edited || test.of.forgets() != test.looks {
			t.Errorf("%s: edited %v, forgets %v", name, edited, test.of.forgets())
		}
		if row[at].text != "stored" {
			t.Errorf("%s: the row was changed", name)
		}
	}
	created := record("new", "")
	if created.blank(1 << at); created[at] != None || !created[Products.Title].present {
		t.Error("a new record has something where nothing was read")
	}
}
