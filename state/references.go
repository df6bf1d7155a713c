package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// Referring gives the rows of the account that name one of these records in a column,
// in the order of their keys.
func (c rows) Referring(ctx context.Context, t *importer.Table, column int, ids []string) iter.Seq2[importer.Row, error] {
	l := layoutOf(t)
	named := l.Columns[column].Name + " IN (SELECT value FROM json_each(?))"
	if l.Columns[column].Type == importer.Set {
		named = "EXISTS (SELECT 1 FROM " + elements(t.Name, l.Columns[column].Name) + " WHERE value IN (SELECT value FROM json_each(?)))"
	}
	return c.query(ctx, l, l.rows+" WHERE account = ? AND store = ? AND "+named+" ORDER BY "+l.keys(), c.account, c.store, list(ids))
}

// Absent gives the first of these records that has no row, "" when all have.
func (w *catalogWriter) Absent(ctx context.Context, t *importer.Table, ids []string) (string, error) {
	return w.firstOf(ctx, fmt.Sprintf("SELECT value FROM json_each(?1) WHERE NOT EXISTS (SELECT 1 FROM main.%s WHERE account = ?2 AND %s = value) LIMIT 1",
		t.Name, keyOf(t)), list(ids), w.account)
}

// Dangling gives one of these records, or of all when ids is nil, that a row of t names
// as this parent although it has no row.
func (w *catalogWriter) Dangling(ctx context.Context, t *importer.Table, parent importer.Parent, ids, may []string) (string, error) {
	column, from := t.Columns[parent.Column], "main."+t.Name+" AS part"
	named := "part." + column.Name
	if column.Type == importer.Set {
		from, named = from+", "+elements("part", column.Name)+" AS named", "named.value"
	}
	where, args := "part.store = ?"+when(parent, t, "part"), []any{w.store}
	if ids != nil {
		where, args = where+" AND "+named+" IN (SELECT value FROM json_each(?))", append(args, list(ids))
	}
	if len(may) > 0 {
		where, args = where+" AND "+named+" NOT IN (SELECT value FROM json_each(?))", append(args, list(may))
	}
	return w.firstOf(ctx, fmt.Sprintf("SELECT %[1]s FROM %[2]s WHERE %[3]s AND %[1]s <> '' AND NOT EXISTS (SELECT 1 FROM main.%[4]s AS whole WHERE whole.account = part.account AND whole.%[5]s = %[1]s) LIMIT 1",
		named, from, where, parent.Table.Name, keyOf(parent.Table)), args...)
}

// when is the further condition that a row has that parent.
func when(parent importer.Parent, t *importer.Table, row string) string {
	if parent.When == nil {
		return ""
	}
	return " AND " + row + "." + t.Columns[parent.When.Column].Name + " = " + literal(parent.When.Value.Text())
}

func (w *catalogWriter) firstOf(ctx context.Context, query string, args ...any) (first string, err error) {
	err = w.from.QueryRowContext(ctx, query, args...).Scan(&first)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return first, unusable(w.path, err)
}

// keyOf is the column by which others name a record.
func keyOf(t *importer.Table) string { return t.Columns[t.Keys[0]].Name }

// elements are the elements of a set; what another program stored may be none.
func elements(of, column string) string {
	return strings.ReplaceAll("json_each(CASE WHEN json_valid(SET) THEN SET ELSE '[]' END)", "SET", of+"."+column)
}

func list(ids []string) string {
	if ids == nil {
		return "[]"
	}
	text, _ := json.Marshal(ids) // a list of strings can always be encoded
	return string(text)
}
