package lists

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite"
	"github.com/eshopos/eshopctl/state/tables"
)

// Lists lists the rows of an open place, of all accounts.
type Lists struct {
	db        *engine.DB
	platforms connector.Platforms // they know which titles say nothing
}

// New returns the lists of an open place.
func New(db *engine.DB, platforms connector.Platforms) *Lists { return &Lists{db, platforms} }

// filterCondition returns a list filter as an SQL condition with its arguments.
func (n namer) filterCondition(t *importer.Table, f importer.ListFilter) (string, []any) {
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
		where += " AND (" + n.searchCondition(t, bind(sqlite.FoldText(f.Search))) + ")"
	}
	return where, args
}

// CountRows counts the rows that a filter chooses, regardless of its limit. Unlike SumRows
// it reads no row if an index has the answer.
func (l *Lists) CountRows(ctx context.Context, t *importer.Table, filter importer.ListFilter) (int, error) {
	where, args := l.newNamer().filterCondition(t, filter)
	var n int
	err := l.db.Read().QueryRowContext(ctx, "SELECT count(*) FROM "+t.Name+" WHERE "+where, args...).Scan(&n)
	return n, l.db.Unusable(err)
}

// ListRows yields rows of the catalogue, ordered by external id, with the columns of
// importer.ListColumns and, if asked for, importer.NameColumns.
func (l *Lists) ListRows(ctx context.Context, t *importer.Table, filter importer.ListFilter) iter.Seq2[importer.Record, error] {
	columns := importer.ListColumns(t)
	from, counted, err := listSource(ctx, l.db, t, filter)
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
		names = append(names, l.newNamer().nameFields(t)...)
	}
	where, args := l.newNamer().filterCondition(t, filter)
	// #nosec G201 -- names of our own tables and columns; values are bound
	query := fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s", strings.Join(names, ", "), from, where, strings.Join(listOrder(t), ", "))
	if filter.Limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", filter.Limit)
	}
	return func(yield func(importer.Record, error) bool) {
		found, err := l.db.Read().QueryContext(ctx, query, args...)
		if err != nil {
			yield(nil, l.db.Unusable(err))
			return
		}
		defer found.Close()
		for found.Next() {
			record, err := scanListed(found, columns)
			if !yield(record, l.db.Unusable(err)) || err != nil {
				return
			}
		}
		if err := found.Err(); err != nil {
			yield(nil, l.db.Unusable(err))
		}
	}
}

// listOrder returns the columns to order by: the record's own external id first, if it has
// one.
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
		record[i] = tables.ValueOf(column, values[i])
	}
	return record, nil
}

// RecordName returns what people call a record of the catalogue, "" if it has no row or no
// name.
func (l *Lists) RecordName(ctx context.Context, of connector.ID, t *importer.Table, key string) string {
	args := []any{of.Store, of.Provider}
	for _, part := range importer.SplitKey(key) {
		args = append(args, part)
	}
	var name *string
	if err := l.db.Read().QueryRowContext(ctx, l.newNamer().nameQuery(t), args...).Scan(&name); err != nil || name == nil {
		return "" // a name is not worth an error
	}
	return *name
}

func (l *Lists) newNamer() namer {
	silent := tables.Literal("")
	for _, p := range l.platforms {
		if p.SilentTitle != "" {
			silent += ", " + tables.Literal(p.SilentTitle)
		}
	}
	return namer{silent}
}
