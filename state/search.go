package state

import (
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// searchable is where a search looks in the rows of a table: in all that a list of
// them shows but yes and no, and in the ids beside it.
type searchable struct {
	columns []string
	lists   []string     // columns that hold JSON, in whose texts it looks
	names   []searchName // of what the rows refer to
}

// searchName is a name that stands in another table. Its rows are gone through once
// for a search, and not again for each row that refers to them.
type searchName struct {
	column string // that refers to it
	of     string // SELECT account, id FROM the other table, to which a condition is added
	name   string
}

var (
	titleOfProduct  = searchName{"product_external_id", "SELECT account, external_id FROM products WHERE store = ?1", "title"}
	titleOfCategory = searchName{"category_external_id", "SELECT account, external_id FROM categories WHERE store = ?1", "title"}
	nameOfWarehouse = searchName{"warehouse_external_id", "SELECT account, external_id FROM warehouses WHERE store = ?1", "name"}
	nameOfVariant   = searchName{"variant_external_id",
		"SELECT v.account, v.external_id FROM variants v JOIN products p ON p.account = v.account AND p.external_id = v.product_external_id WHERE v.store = ?1", productAndVariant}
)

var searchables = map[*importer.Table]searchable{
	importer.Products: {
		columns: []string{"external_id", "title", "slug", "status", "vendor", "product_type", "missing_since"},
		lists:   []string{"tags"},
	},
	importer.Variants: {
		columns: []string{"external_id", "product_external_id", "title", "sku", "barcode", "price", "currency"},
		names:   []searchName{titleOfProduct},
	},
	importer.Media: {
		columns: []string{"external_id", "product_external_id", "type", "status", "url", "alt", "position"},
		names:   []searchName{titleOfProduct},
	},
	importer.Categories: {
		columns: []string{"external_id", "title", "slug", "kind", "missing_since"},
	},
	importer.Memberships: {
		columns: []string{"category_external_id", "product_external_id", "position"},
		names:   []searchName{titleOfCategory, titleOfProduct},
	},
	importer.Warehouses: {
		columns: []string{"id", "external_id", "name", "missing_since"},
		lists:   []string{"address"},
	},
	importer.Stock: {
		columns: []string{"variant_external_id", "inventory_item_id", "warehouse_external_id", "sku", "available", "on_hand", "committed", "incoming"},
		names:   []searchName{nameOfWarehouse, nameOfVariant},
	},
}

// holding is the condition that a row of the table holds the folded text which that
// argument of the query is. The store is ?1.
func (s searchable) holding(text string) string {
	holds := func(value string) string { return fmt.Sprintf("%s(%s, %s)", foundIn, text, value) }
	anyOf := []string{holds("concat_ws(char(31), " + strings.Join(s.columns, ", ") + ")")} // one call for each row, not for each value
	for _, column := range s.lists {                                                       // in the texts, not in how they are stored
		anyOf = append(anyOf, fmt.Sprintf("CASE WHEN json_valid(%[1]s) THEN EXISTS (SELECT 1 FROM json_each(%[1]s) WHERE %[2]s) ELSE %[3]s END",
			column, holds("value"), holds(column)))
	}
	for _, name := range s.names {
		anyOf = append(anyOf, fmt.Sprintf("(account, %s) IN (%s AND %s)", name.column, name.of, holds(name.name)))
	}
	return strings.Join(anyOf, " OR ")
}
