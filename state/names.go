package state

import (
	"context"

	"github.com/eshopos/eshopctl/importer"
)

// nameQueries find what people call a record, by the store and the parts of its
// key.
var nameQueries = map[*importer.Table]string{
	importer.Products:   "SELECT title FROM products WHERE store = ? AND external_id = ?",
	importer.Variants:   "SELECT coalesce(nullif(trim(sku), ''), title) FROM variants WHERE store = ? AND external_id = ?",
	importer.Media:      "SELECT coalesce(alt, url) FROM media WHERE store = ? AND product_external_id = ? AND external_id = ?",
	importer.Categories: "SELECT title FROM categories WHERE store = ? AND external_id = ?",
	importer.Memberships: `SELECT (SELECT title FROM products WHERE store = ?1 AND external_id = ?3) || ' in ' || title
		FROM categories WHERE store = ?1 AND external_id = ?2`,
	importer.Warehouses: "SELECT name FROM warehouses WHERE store = ? AND external_id = ?",
	importer.Stock: `SELECT coalesce((SELECT sku FROM variants WHERE store = ?1 AND inventory_item_id = ?2), '') || ' at ' || name
		FROM warehouses WHERE store = ?1 AND external_id = ?3`,
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
