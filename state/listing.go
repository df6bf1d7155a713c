package state

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// ListColumns are the fields of a listed row of t, in their order: its id, the
// record's columns, and what eshopctl notes about the row.
func ListColumns(t *importer.Table) []importer.Column {
	var columns []importer.Column
	if t.Local {
		columns = append(columns, importer.Column{Name: "id", Type: importer.Text})
	}
	columns = append(columns, t.Columns...)
	if t == importer.Warehouses {
		columns = append(columns, importer.Column{Name: "linked", Type: importer.Bool})
	}
	if t.Kept {
		columns = append(columns, importer.Column{Name: "missing_since", Type: importer.Text})
	}
	if l := layoutOf(t); l.createdRun {
		columns = append(columns, importer.Column{Name: "created_run", Type: importer.Text})
	}
	if l := layoutOf(t); l.updatedRun {
		columns = append(columns, importer.Column{Name: "updated_run", Type: importer.Text})
	}
	return columns
}

// ListFilter chooses rows of the catalogue. Limit 0 has no limit.
type ListFilter struct {
	Store   string
	Search  string   // part of a text, whatever the case of its ASCII letters
	Filters []Filter // all must hold
	Limit   int
	Names   bool // NameColumns stand behind the others
}

// searched are the columns in which a search looks.
var searched = map[*importer.Table][]string{
	importer.Products:    {"external_id", "title", "slug", "vendor", "product_type", "tags"},
	importer.Variants:    {"external_id", "product_external_id", "title", "sku", "barcode"},
	importer.Media:       {"external_id", "product_external_id", "url", "alt"},
	importer.Categories:  {"external_id", "title", "slug"},
	importer.Memberships: {"category_external_id", "product_external_id"},
	importer.Warehouses:  {"external_id", "name", "address"},
	importer.Stock:       {"variant_external_id", "inventory_item_id", "warehouse_external_id", "sku"},
}

// where is the condition of a filter.
func (f ListFilter) where(t *importer.Table) (string, []any) {
	where, args := "store = ?1", []any{f.Store}
	for _, filter := range f.Filters {
		where += " AND (" + filter.where + ")"
	}
	if f.Search == "" {
		return where, args
	}
	var anyOf []string
	for _, name := range searched[t] {
		condition := "instr(lower(" + name + "), lower(?2)) > 0"
		if name == "tags" || name == "address" { // in the texts, not in how they are stored
			condition = fmt.Sprintf("CASE WHEN json_valid(%[1]s) THEN EXISTS (SELECT 1 FROM json_each(%[1]s) WHERE instr(lower(value), lower(?2)) > 0) ELSE %s END", name, condition)
		}
		anyOf = append(anyOf, condition)
	}
	args = append(args, f.Search)
	return where + " AND (" + strings.Join(anyOf, " OR ") + ")", args
}

// Count is how many rows a filter chooses, its limit left aside.
func (db *DB) Count(ctx context.Context, t *importer.Table, filter ListFilter) (int, error) {
	where, args := filter.where(t)
	var n int
	err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM "+t.Name+" WHERE "+where, args...).Scan(&n)
	return n, unusable(db.path, err)
}

// List gives rows of the catalogue, ordered by external id, with the fields of
// ListColumns.
func (db *DB) List(ctx context.Context, t *importer.Table, filter ListFilter) iter.Seq2[importer.Record, error] {
	columns := ListColumns(t)
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.Name
	}
	if filter.Names {
		columns = append(columns, NameColumns(t)...)
		names = append(names, nameFields(t)...)
	}
	where, args := filter.where(t)
	// #nosec G201 -- names of our own tables and columns; values are bound
	query := fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s", strings.Join(names, ", "), t.Name, where, strings.Join(listOrder(t), ", "))
	if filter.Limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", filter.Limit)
	}
	return func(yield func(importer.Record, error) bool) {
		found, err := db.read.QueryContext(ctx, query, args...)
		if err != nil {
			yield(nil, unusable(db.path, err))
			return
		}
		defer found.Close()
		for found.Next() {
			record, err := scanListed(found, columns)
			if !yield(record, unusable(db.path, err)) || err != nil {
				return
			}
		}
		if err := found.Err(); err != nil {
			yield(nil, unusable(db.path, err))
		}
	}
}

// listOrder is by the record's own external id where it has one.
func listOrder(t *importer.Table) []string {
	var order []string
	for _, column := range t.Keys {
		order = append(order, t.Columns[column].Name)
	}
	if t.Local {
		slices.Reverse(order)
		order = append(order, "id")
	}
	return order
}

func scanListed(found *sql.Rows, columns []importer.Column) (importer.Record, error) {
	values := make([]any, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	if err := found.Scan(into...); err != nil {
		return nil, err
	}
	record := make(importer.Record, len(columns))
	for i, column := range columns {
		record[i] = valueOf(column, values[i])
	}
	return record, nil
}

// WarehouseStock is how much stock a warehouse holds.
type WarehouseStock struct {
	Levels int // stored, tracked or not
	Units  int // available, of tracked levels
}

// StockByWarehouse sums the stock of a store's warehouses by their external id.
func (db *DB) StockByWarehouse(ctx context.Context, store string) (map[string]WarehouseStock, error) {
	found, err := db.read.QueryContext(ctx, `SELECT warehouse_external_id, count(*), coalesce(sum(CASE WHEN tracked THEN available END), 0)
		FROM stock WHERE store = ? GROUP BY warehouse_external_id`, store)
	if err != nil {
		return nil, unusable(db.path, err)
	}
	defer found.Close()
	sums := map[string]WarehouseStock{}
	for found.Next() {
		var id string
		var sum WarehouseStock
		if err := found.Scan(&id, &sum.Levels, &sum.Units); err != nil {
			return nil, unusable(db.path, err)
		}
		sums[id] = sum
	}
	return sums, unusable(db.path, found.Err())
}

// Untracked is how many variants of a store are not tracked by the shop.
func (db *DB) Untracked(ctx context.Context, store string) (int, error) {
	var n int
	err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM variants WHERE store = ? AND NOT tracked", store).Scan(&n)
	return n, unusable(db.path, err)
}

// Freshness is how old the imported data of one resource is.
type Freshness struct {
	AsOf       time.Time // when the read of the shop began
	ImportedAt time.Time
}

// Freshness tells for each imported resource of a connector how old it is.
func (db *DB) Freshness(ctx context.Context, c connector.Connector) (map[connector.Resource]Freshness, error) {
	found, err := db.read.QueryContext(ctx, `SELECT resource, as_of, imported_at FROM freshness JOIN accounts ON accounts.id = account
		WHERE store = ? AND provider = ? AND external_id = ?`, c.Store, c.Provider, c.AccountID)
	if err != nil {
		return nil, unusable(db.path, err)
	}
	defer found.Close()
	ages := map[connector.Resource]Freshness{}
	for found.Next() {
		var resource connector.Resource
		var f Freshness
		if err := found.Scan(&resource, timeColumn{&f.AsOf}, timeColumn{&f.ImportedAt}); err != nil {
			return nil, unusable(db.path, err)
		}
		ages[resource] = f
	}
	return ages, unusable(db.path, found.Err())
}

// LastRun gives the newest run of a kind in a store, nil when there is none.
func (db *DB) LastRun(ctx context.Context, store string, kind importer.Kind) (*importer.Run, error) {
	runs, err := db.Runs(ctx, RunFilter{Store: store, Kind: string(kind), Limit: 1})
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	return &runs[0], nil
}
