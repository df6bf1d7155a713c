package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/tables"
)

// RowsNaming yields the rows of the account that refer to one of these records in a column,
// in key order.
func (c rows) RowsNaming(ctx context.Context, t *importer.Table, column int, ids []string) iter.Seq2[importer.Row, error] {
	l := tables.InSQL(t)
	named := l.Columns[column].Name + " IN (SELECT value FROM json_each(?))"
	if l.Columns[column].Type == importer.Set {
		named = "EXISTS (SELECT 1 FROM " + tables.SetElements(t.Name,
			l.Columns[column].Name) + " WHERE value IN (SELECT value FROM json_each(?)))"
	}
	return c.queryRows(ctx, l, l.SelectRows+" WHERE account = ? AND store = ? AND "+named+" ORDER BY "+l.KeyList(), c.account,
		c.store, engine.EncodeList(ids))
}

// FirstAbsent returns the first of these ids without a row, "" if all have one.
func (w *catalogWriter) FirstAbsent(ctx context.Context, t *importer.Table, ids []string) (string, error) {
	return w.firstOf(ctx, fmt.Sprintf("SELECT value FROM json_each(?1) WHERE NOT EXISTS (SELECT 1 FROM main.%s WHERE account = ?2 AND %s = value) LIMIT 1",
		t.Name, tables.KeyOf(t)), engine.EncodeList(ids), w.account)
}

// FirstDangling returns an id to which a row of t refers as this parent although it has no
// row, "" if there is none.
func (w *catalogWriter) FirstDangling(ctx context.Context, t *importer.Table, parent importer.Parent, ids, may []string) (string, error) {
	column, from := t.Columns[parent.Column], "main."+t.Name+" AS part"
	named := "part." + column.Name
	if column.Type == importer.Set {
		from, named = from+", "+tables.SetElements("part", column.Name)+" AS named", "named.value"
	}
	where, args := "part.store = ?"+tables.ParentCondition(parent, t, "part"), []any{w.store}
	if ids != nil {
		where, args = where+" AND "+named+" IN (SELECT value FROM json_each(?))", append(args, engine.EncodeList(ids))
	}
	if len(may) > 0 {
		where, args = where+" AND "+named+" NOT IN (SELECT value FROM json_each(?))", append(args, engine.EncodeList(may))
	}
	return w.firstOf(ctx, fmt.Sprintf("SELECT %[1]s FROM %[2]s WHERE %[3]s AND %[1]s <> '' AND NOT EXISTS (SELECT 1 FROM main.%[4]s AS whole WHERE whole.account = part.account AND whole.%[5]s = %[1]s) LIMIT 1",
		named, from, where, parent.Table.Name, tables.KeyOf(parent.Table)), args...)
}

func (w *catalogWriter) firstOf(ctx context.Context, query string, args ...any) (first string, err error) {
	err = w.from.QueryRowContext(ctx, query, args...).Scan(&first)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return first, w.db.Unusable(err)
}
