package cmd

import (
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/state"
)

// What a list shows in a column can be searched for.
func TestEveryShownColumnIsSearched(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	d.mustRun("import", "run", "--yes")
	if err := d.shop.RemoveProduct("milk-jug"); err != nil {
		t.Fatal(err)
	}
	d.mustRun("import", "run", "--yes") // so that something is missing
	db, err := state.OpenReadOnly(t.Context(), d.statePath())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range importer.Tables() {
		columns := slices.Concat(importer.ListColumns(table), importer.NameColumns(table))
		for _, name := range view.ShownColumns(table) {
			place := slices.IndexFunc(columns, func(c importer.Column) bool { return c.Name == name })
			if columns[place].Type == importer.Bool {
				continue // shown as yes and no
			}
			for row, err := range db.ListRows(t.Context(), table, importer.ListFilter{Store: "main", Names: true}) {
				if err != nil {
					t.Fatal(err)
				}
				value := row[place].Text()
				if value == "" {
					continue
				}
				n := 0
				searched := importer.ListFilter{Store: "main", Search: strings.ToUpper(value), Names: true}
				for found, err := range db.ListRows(t.Context(), table, searched) {
					if err != nil {
						t.Fatal(err)
					}
					if slices.Equal(found, row) {
						n++
					}
				}
				if n != 1 {
					t.Errorf("%s: a search for %q of column %s finds its row %d times", table.Name, value, name, n)
				}
				break
			}
		}
	}
}
