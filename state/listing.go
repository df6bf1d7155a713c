package state

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/sqlite"
)

// chosen is the condition of a filter.
func (n namer) chosen(t *importer.Table, f importer.ListFilter) (string, []any) {
	where, args := "store = ?1", []any{f.Store}
	for _, filter := range f.Filters {
		where += " AND " + conditionOf(t, filter)
	}
	bind := func(value string) (mark string) {
		args = append(args, value)
		return fmt.Sprintf("?%d", len(args))
	}
	if f.At != nil {
		where += " AND warehouse_external_id = " + bind(f.At.Location)
		if f.At.Account != 0 {
			where += fmt.Sprintf(" AND account = %d", f.At.Account)
		}
	}
	if f.Search != "" {
		where += " AND (" + n.holding(t, bind(sqlite.Fold(f.Search))) + ")"
	}
	return where, args
}

// Count is how many rows a filter chooses, its limit left aside. It looks at no
// row for that, as Sums does, where an index tells.
func (db *DB) Count(ctx context.Context, t *importer.Table, filter importer.ListFilter) (int, error) {
	where, args := db.namer().chosen(t, filter)
	var n int
	err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM "+t.Name+" WHERE "+where, args...).Scan(&n)
	return n, unusable(db.path, err)
}

// List gives rows of the catalogue, ordered by external id, with the fields of
// ListColumns.
func (db *DB) List(ctx context.Context, t *importer.Table, filter importer.ListFilter) iter.Seq2[importer.Record, error] {
	columns := importer.ListColumns(t)
	from, counted, err := db.source(ctx, t, filter)
	if err != nil {
		return func(yield func(importer.Record, error) bool) { yield(nil, err) }
	}
	names := make([]string, len(columns))
	for i, column := range columns {
		if names[i] = column.Name; column.Name == importer.CountedColumn {
			names[i] = counted
		}
	}
	if filter.Names {
		columns = append(columns, importer.NameColumns(t)...)
		names = append(names, db.namer().nameFields(t)...)
	}
	where, args := db.namer().chosen(t, filter)
	// #nosec G201 -- names of our own tables and columns; values are bound
	query := fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s", strings.Join(names, ", "), from, where, strings.Join(listOrder(t), ", "))
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
	if t == importer.Stock {
		order = append(order, "variant_external_id")
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

// Untracked is how many variants of a store are not tracked by the shop.
func (db *DB) Untracked(ctx context.Context, store string) (int, error) {
	var n int
	err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM variants WHERE store = ? AND NOT tracked", store).Scan(&n)
	return n, unusable(db.path, err)
}

// Freshness tells for each imported resource of a connector how old it is.
func (db *DB) Freshness(ctx context.Context, c connector.Connector) (map[connector.Resource]importer.Freshness, error) {
	found, err := db.read.QueryContext(ctx, `SELECT resource, as_of, imported_at FROM freshness JOIN accounts ON accounts.id = account
		WHERE store = ? AND provider = ? AND external_id = ?`, c.Store, c.Provider, c.AccountID)
	if err != nil {
		return nil, unusable(db.path, err)
	}
	defer found.Close()
	ages := map[connector.Resource]importer.Freshness{}
	for found.Next() {
		var resource connector.Resource
		var f importer.Freshness
		if err := found.Scan(short(&resource, timeColumn{&f.AsOf}, timeColumn{&f.ImportedAt})...); err != nil {
			return nil, unusable(db.path, err)
		}
		ages[resource] = f
	}
	return ages, unusable(db.path, found.Err())
}

// LastRun gives the newest run of a kind of a connector, nil when there is none.
func (db *DB) LastRun(ctx context.Context, of connector.ID, kind importer.Kind) (*importer.Run, error) {
	runs, err := db.Runs(ctx, importer.RunFilter{Store: of.Store, Provider: of.Provider, Kind: string(kind), Limit: 1})
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	return &runs[0], nil
}
