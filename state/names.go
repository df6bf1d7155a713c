package state

import (
	"context"
	"fmt"

	"github.com/eshopos/eshopctl/importer"
)

// nameQueries find what people call a record, by the store and the parts of its
// key. They go by the account, since that is what keys are unique in.
var nameQueries = map[*importer.Table]string{
	importer.Products:    "SELECT title FROM products WHERE external_id = ?2 AND " + inStore,
	importer.Variants:    "SELECT " + variantName + " FROM variants v WHERE external_id = ?2 AND " + inStore,
	importer.Media:       "SELECT coalesce(alt, url) FROM media WHERE product_external_id = ?2 AND external_id = ?3 AND " + inStore,
	importer.Categories:  "SELECT title FROM categories WHERE external_id = ?2 AND " + inStore,
	importer.Memberships: "SELECT " + productOf("c", "?3") + " || ' in ' || c.title FROM categories c WHERE c.external_id = ?2 AND " + inStore,
	importer.Warehouses:  "SELECT name FROM warehouses WHERE external_id = ?2 AND " + inStore,
	importer.Stock: `SELECT (SELECT ` + variantName + ` FROM stock s JOIN variants v ON v.account = s.account AND v.external_id = s.variant_external_id
			WHERE s.account = w.account AND s.inventory_item_id = ?2 AND s.warehouse_external_id = ?3) || ' at ' || w.name
		FROM warehouses w WHERE w.external_id = ?3 AND ` + inStore,
}

const inStore = "account IN (SELECT id FROM accounts WHERE store = ?1)"

// variantName is the SKU of a variant, or else its product with its title, which
// says nothing where it is the only one.
var variantName = `coalesce(nullif(trim(v.sku), ''),
	` + productOf("v", "v.product_external_id") + ` || CASE v.title WHEN 'Default Title' THEN '' ELSE ' / ' || v.title END, v.title)`

// productOf is the title of a product of the account of a row.
func productOf(row, id string) string {
	return "(SELECT p.title FROM products p WHERE p.account = " + row + ".account AND p.external_id = " + id + ")"
}

// Name is what people call a record of the catalogue, "" when there is no row or
// it has no name.
func (db *DB) Name(ctx context.Context, store string, t *importer.Table, key string) string {
	args := []any{store}
	for _, part := range importer.SplitKey(key) {
		args = append(args, part)
	}
	var name *string
	if err := db.read.QueryRowContext(ctx, nameQueries[t], args...).Scan(&name); err != nil || name == nil {
		return "" // only for show
	}
	return *name
}

// nameField is what people call a record that a row refers to.
type nameField struct{ column, query string }

const (
	productAndVariant = `p.title || CASE v.title WHEN 'Default Title' THEN '' ELSE ' / ' || v.title END`

	productTitle = `coalesce((SELECT p.title FROM products p WHERE p.account = %[1]s.account AND p.external_id = %[1]s.product_external_id), product_external_id)`
)

// referred are the names of what the rows of a table refer to; where there is no
// such record the id stands for it.
var referred = map[*importer.Table][]nameField{
	importer.Variants: {{"product", fmt.Sprintf(productTitle, "variants")}},
	importer.Media:    {{"product", fmt.Sprintf(productTitle, "media")}},
	importer.Memberships: {
		{"category", `coalesce((SELECT c.title FROM categories c WHERE c.account = memberships.account AND c.external_id = category_external_id), category_external_id)`},
		{"product", fmt.Sprintf(productTitle, "memberships")},
	},
	importer.Stock: {
		{"warehouse", `coalesce((SELECT w.name FROM warehouses w WHERE w.account = stock.account AND w.external_id = warehouse_external_id), warehouse_external_id)`},
		{"variant", `(SELECT ` + productAndVariant + `
			FROM variants v JOIN products p ON p.account = v.account AND p.external_id = v.product_external_id
			WHERE v.account = stock.account AND v.external_id = variant_external_id)`},
	},
}

// NameColumns are the fields that a listed row has behind its own when names are
// asked for: what people call the records that it refers to.
func NameColumns(t *importer.Table) []importer.Column {
	var columns []importer.Column
	for _, field := range referred[t] {
		columns = append(columns, importer.Column{Name: field.column, Type: importer.Text})
	}
	return columns
}

func nameFields(t *importer.Table) []string {
	var fields []string
	for _, field := range referred[t] {
		fields = append(fields, field.query)
	}
	return fields
}
