package walk

import (
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// Columns that were not read differ in nothing, and their values are those of the row.
func TestWhatWasNotReadIsAsItIsStored(t *testing.T) {
	at := importer.Products.Column("vendor")
	info := importer.SnapshotInfo{NotRead: []importer.NotRead{{Resource: "products", Fields: []string{"vendor", "of_a_later_version"}}, {Resource: "stock"}}}
	if got := info.UnreadColumns(importer.Products); got != 1<<at || info.UnreadColumns(importer.Stock) != 0 || info.UnreadColumns(importer.Variants) != 0 {
		t.Fatalf("not read are %b", got)
	}
	record := func(title, vendor string) importer.Record {
		r := make(importer.Record, len(importer.Products.Columns))
		r[0], r[importer.Products.Title], r[at] = importer.String("1"), importer.String(title), importer.String(vendor)
		return r
	}
	row := record("old", "stored")
	for name, test := range map[string]struct {
		of            Unread
		fresh         importer.Record
		fields        int
		edited, looks bool
	}{
		"now and then":       {Unread{1 << at, 1 << at, 1 << at}, record("old", ""), 0, false, false},
		"now":                {Unread{Now: 1 << at}, record("old", ""), 0, false, false},
		"now, else new":      {Unread{Now: 1 << at}, record("new", ""), 1, false, false},
		"not then, the same": {Unread{Then: 1 << at, Unknown: 1 << at}, record("old", "stored"), 0, false, true},
		"not then, another":  {Unread{Then: 1 << at, Unknown: 1 << at}, record("old", "other"), 1, false, true},
	} {
		imported := record("old", "")
		if test.of.Then == 0 {
			imported = record("old", "stored")
		}
		fresh, imported := test.of.KeepUnread(test.fresh, imported, row)
		if got := len(importer.ChangedFields(importer.Products, row, fresh)); got != test.fields {
			t.Errorf("%s: %d fields differ", name, got)
		}
		if edited := !importer.Products.Equal(row, imported); edited != test.edited || test.of.ForgetsImported() != test.looks {
			t.Errorf("%s: edited %v, forgets %v", name, edited, test.of.ForgetsImported())
		}
		if row[at].Text() != "stored" {
			t.Errorf("%s: the row was changed", name)
		}
	}
	created := record("new", "")
	if created.BlankColumns(1 << at); created[at] != importer.None || !created[importer.Products.Title].Present() {
		t.Error("a new record has something where nothing was read")
	}
}
