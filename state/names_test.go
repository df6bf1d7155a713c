package state

import (
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/statetest"
)

// A list of changes asks for a name at each line: none may go through a table.
func TestNamesAreFoundByIndex(t *testing.T) {
	b := newBench(t, statetest.Stocked(13, 1))
	for _, table := range importer.Tables() {
		args := []any{"main", "shopify", "a", "b"}[:2+len(table.Keys)]
		rows, err := b.db.read.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+b.db.namer().nameQuery(table), args...)
		if err != nil {
			t.Fatalf("%s: %v", table.Name, err)
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var step string
			if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(step, "SCAN") {
				t.Errorf("%s: %s", table.Name, step)
			}
		}
	}
}

func TestNames(t *testing.T) {
	b := newBench(t, statetest.Stocked(13, 1))
	b.Run()
	item, location := "gid://shopify/InventoryItem/0-1", "gid://shopify/Location/1"
	b.exec("UPDATE variants SET sku = ' ' WHERE inventory_item_id = ?", item)
	for name, key := range map[string]struct {
		table *importer.Table
		key   string
	}{
		"Tea 0":                           {importer.Products, "gid://shopify/Product/0"},
		"SKU-0-0":                         {importer.Variants, "gid://shopify/ProductVariant/0-0"},
		"SKU-0-0 at Store room 0":         {importer.Stock, importer.JoinKey("gid://shopify/InventoryItem/0-0", "gid://shopify/Location/0")},
		"Tea 0 / Default at Store room 1": {importer.Stock, importer.JoinKey(item, location)},
		"Tea 0 in All":                    {importer.Memberships, importer.JoinKey("gid://shopify/Collection/1", "gid://shopify/Product/0")},
		"Store room 1":                    {importer.Warehouses, location},
		"":                                {importer.Warehouses, "gid://shopify/Location/none"},
	} {
		if got := b.db.Name(t.Context(), linked, key.table, key.key); got != name {
			t.Errorf("%s is called %q, want %q", importer.ShowKey(key.key), got, name)
		}
	}
	b.db.platforms = connector.Platforms{{Name: linked.Provider, SilentTitle: "Default"}}
	if got := b.db.Name(t.Context(), linked, importer.Stock, importer.JoinKey(item, location)); got != "Tea 0 at Store room 1" {
		t.Errorf("a title that says nothing is said: %q", got)
	}
}
