package state

import (
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// layout is a catalogue table in SQL. Everything about its columns follows from
// the importer's table; only the bookkeeping beside them is written here.
type layout struct {
	*importer.Table
	rows  string // begins every query for rows; scanRow reads what it selects
	keyIs string // the condition that finds a row by account and key
	row   string // the query for that row
}

var layouts = func() map[*importer.Table]layout {
	all := map[*importer.Table]layout{}
	for _, t := range importer.Tables() {
		all[t] = newLayout(t)
	}
	return all
}()

func newLayout(t *importer.Table) layout {
	l := layout{Table: t}
	l.rows, l.keyIs = l.selectRows(), l.findKey()
	l.row = l.rows + " WHERE " + l.keyIs
	return l
}

func layoutOf(t *importer.Table) layout {
	if l, known := layouts[t]; known {
		return l
	}
	return newLayout(t) // one that only a test knows
}

// names are the record's columns as SQL.
func (l layout) names() string {
	names := make([]string, len(l.Columns))
	for i, column := range l.Columns {
		names[i] = column.Name
	}
	return strings.Join(names, ", ")
}

// keys are the key columns as SQL, in the order that decides.
func (l layout) keys() string { return strings.Join(l.keyNames(), ", ") }

func (l layout) keyNames() []string {
	names := make([]string, len(l.Keys))
	for i, column := range l.Keys {
		names[i] = l.Columns[column].Name
	}
	return names
}

// mapped is the condition that a row which has an account has a key as well. Only a row
// that people may link can be without: others may take away just one of the two.
func (l layout) mapped() string {
	if l.Linkable {
		return "coalesce(external_id, '') <> ''"
	}
	return "true"
}

func (l layout) findKey() string {
	condition := "account = ?"
	for _, column := range l.Keys {
		condition += " AND " + l.Columns[column].Name + " = ?"
	}
	return condition
}

func (l layout) selectRows() string {
	local, missing := "NULL", "NULL"
	if l.Local {
		local = "id"
	}
	if l.Kept {
		missing = "missing_since"
	}
	return fmt.Sprintf("SELECT %s, account, store, %s, %s FROM %s", local, l.names(), missing, l.Name)
}

// scanner is what a row can be read from.
type scanner interface{ Scan(into ...any) error }

// scanRow reads one row. account is the one that the catalogue of the store is linked
// to.
func (l layout) scanRow(from scanner, account int64, store string) (importer.Row, error) {
	var local, missing, in sql.NullString
	var of sql.NullInt64
	values := make([]any, len(l.Columns))
	into := append(make([]any, 0, len(values)+4), &local, &of, &in)
	for i := range values {
		into = append(into, &values[i])
	}
	into = append(into, &missing)
	if err := from.Scan(into...); err != nil {
		return importer.Row{}, err
	}
	row := importer.Row{LocalID: local.String, Missing: missing.Valid, Record: make(importer.Record, len(l.Columns))}
	for i, column := range l.Columns {
		row.Record[i] = valueOf(column, values[i])
	}
	if of.Valid && !l.Linkable {
		if err := l.named(row); err != nil {
			return importer.Row{}, err
		}
	}
	if key := l.Key(row.Record); of.Valid && (key != "" || !l.Linkable) {
		row.Key = key
		row.Linked = of.Int64 == account
		row.Foreign = !row.Linked
		row.Astray = row.Linked && in.String != store
	}
	if row.Foreign && !l.Local {
		row.LocalID = foreignRow + strconv.FormatInt(of.Int64, 10)
	}
	return row, nil
}

// named refuses a row of an account that lacks part of its key: nothing would find it, so
// that an import made another in its place. Only what is linked may stand for nothing.
func (l layout) named(row importer.Row) error {
	for _, column := range l.Keys {
		if !row.Record[column].Present() {
			return &contentError{fmt.Sprintf("the %s, row %.40s", l.Name, row.LocalID), fmt.Errorf("it has no %s, by which it would be found", l.Columns[column].Name)}
		}
	}
	return nil
}

// unnamed finds rows of an account that lack part of their key. SQLite would take IS NULL
// for false, as the columns are NOT NULL.
func (l layout) unnamed() string {
	var lacks []string
	for _, column := range l.Keys {
		lacks = append(lacks, "typeof("+l.Columns[column].Name+") = 'null'")
	}
	return l.rows + " WHERE account = ? AND (" + strings.Join(lacks, " OR ") + ") LIMIT 1"
}

// foreignRow begins the local id of a row that has none of its own and belongs
// to another account: the account is what its key lacks.
const foreignRow = "account "

// accountOf is the account in which the row of that local id is found by key.
func accountOf(localID string, linked int64) int64 {
	if other, foreign := strings.CutPrefix(localID, foreignRow); foreign {
		if account, err := strconv.ParseInt(other, 10, 64); err == nil {
			return account
		}
	}
	return linked
}

// valueOf turns a stored value into the importer's. Another program may have
// stored anything; what is no boolean is kept as it is and counts as an edit.
func valueOf(column importer.Column, stored any) importer.Value {
	var text string
	switch stored := stored.(type) {
	case nil:
		return importer.None
	case string:
		text = stored
	case int64:
		text = strconv.FormatInt(stored, 10)
	case float64:
		text = strconv.FormatFloat(stored, 'g', -1, 64)
	case []byte:
		text = string(stored)
	}
	if column.Type == importer.Bool {
		switch text {
		case "0":
			return importer.Flag(false)
		case "1":
			return importer.Flag(true)
		}
	}
	return importer.String(text)
}

func argument(column importer.Column, v importer.Value) any {
	if !v.Present() {
		return nil
	}
	if number, is := number(column, v); is {
		return number
	}
	return v.Text()
}

// number is a value as a number, where its column stores one.
func number(column importer.Column, v importer.Value) (n int64, is bool) {
	switch {
	case column.Type == importer.Int:
		return v.Int(), true
	case column.Type != importer.Bool:
		return 0, false
	case v.Is(true):
		return 1, true
	}
	return 0, true
}

// keyArguments are the arguments of keyIs.
func (l layout) keyArguments(account int64, key string) []any {
	arguments := []any{account}
	for _, part := range importer.SplitKey(key) {
		arguments = append(arguments, part)
	}
	return arguments
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }
