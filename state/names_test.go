package state

import (
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/statetest"
)

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
		if got := b.db.RecordName(t.Context(), linked, key.table, key.key); got != name {
			t.Errorf("%s is called %q, want %q", importer.ShowKey(key.key), got, name)
		}
	}
	silent, err := OpenReadOnly(t.Context(), b.db.Path(), WithPlatforms(connector.Platforms{{Name: linked.Provider, SilentTitle: "Default"}}))
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	if got := silent.RecordName(t.Context(), linked, importer.Stock, importer.JoinKey(item, location)); got != "Tea 0 at Store room 1" {
		t.Errorf("a title that says nothing is said: %q", got)
	}
}
