package state

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// Filter chooses the rows of a table that operators look for.
type Filter struct {
	Name  string
	Means string // "rows that ..."
	where string // ?1 is the store
}

// filters are those of each table.
var filters = map[*importer.Table][]Filter{
	importer.Products: {
		{"no-category", "are in no category", "(account, external_id) NOT IN (SELECT account, product_external_id FROM memberships WHERE store = ?1)"},
		{"no-media", "have no image or other media", "(account, external_id) NOT IN (SELECT account, product_external_id FROM media WHERE store = ?1)"},
		{"not-active", "are a draft, archived or unlisted", "status IS NOT 'active'"},
		{"missing", "the shop no longer shows", "missing_since IS NOT NULL"},
	},
	importer.Variants: {
		{"no-sku", "have no SKU", "coalesce(trim(sku), '') = ''"},
		{"duplicate-sku", "share their SKU with another variant", "trim(sku) <> '' AND sku IN (SELECT sku FROM variants WHERE store = ?1 GROUP BY sku HAVING count(*) > 1)"},
		{"no-barcode", "have no barcode", "coalesce(trim(barcode), '') = ''"},
		{"no-stock", "have a stock level nowhere", "(account, inventory_item_id) NOT IN (SELECT account, inventory_item_id FROM stock WHERE store = ?1)"},
		{"untracked", "the shop does not track", "tracked = 0"},
	},
	importer.Media: {
		{"not-ready", "have no address yet", "url IS NULL"},
		{"no-alt", "have no alternative text", "coalesce(trim(alt), '') = ''"},
	},
	importer.Categories: {
		{"empty", "hold no product", "(account, external_id) NOT IN (SELECT account, category_external_id FROM memberships WHERE store = ?1)"},
		{"missing", "the shop no longer shows", "missing_since IS NOT NULL"},
	},
	importer.Warehouses: {
		{"not-linked", "stand for no location of the shop", "NOT linked"},
		{"inactive", "are deactivated", "active = 0"},
		{"no-stock", "hold no stock level", "external_id IS NULL OR (account, external_id) NOT IN (SELECT account, warehouse_external_id FROM stock WHERE store = ?1)"},
		{"missing", "the shop no longer shows", "missing_since IS NOT NULL"},
	},
	importer.Stock: {
		{"below-zero", "are tracked and below zero", "tracked IS NOT 0 AND available < 0"},
		{"zero", "are tracked and exactly zero", "tracked IS NOT 0 AND available = 0"},
		{"untracked", "are of a variant that the shop does not track", "tracked = 0"},
		{"inactive", "lie where the item is no longer stocked", "active = 0"},
	},
}

// Filters lists the filters of a table; some have none.
func Filters(t *importer.Table) []Filter { return filters[t] }

// FilterNamed finds a filter of a table.
func FilterNamed(t *importer.Table, name string) (Filter, error) {
	i := slices.IndexFunc(filters[t], func(f Filter) bool { return f.Name == name })
	if i < 0 {
		return Filter{}, fmt.Errorf("there is no filter %q for %s", name, t.Name)
	}
	return filters[t][i], nil
}
