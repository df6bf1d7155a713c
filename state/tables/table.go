package tables

import (
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
)

// Table is a catalogue table in SQL. Its columns follow from the importer's table; only the
// bookkeeping columns are defined here.
type Table struct {
	*importer.Table
	SelectRows string // the beginning of a query for rows that ScanRow reads
	KeyIs      string // the condition for a row by account and key
	SelectRow  string // the query for a row by account and key
}

var all = func() map[*importer.Table]Table {
	all := map[*importer.Table]Table{}
	for _, t := range importer.Tables() {
		all[t] = newTable(t)
	}
	return all
}()

func newTable(t *importer.Table) Table {
	made := Table{Table: t}
	made.SelectRows, made.KeyIs = made.selectRows(), made.keyIs()
	made.SelectRow = made.SelectRows + " WHERE " + made.KeyIs
	return made
}

// InSQL returns a table of the importer in SQL.
func InSQL(t *importer.Table) Table {
	if known, is := all[t]; is {
		return known
	}
	return newTable(t) // a table that only a test has
}

// KeyList returns the key columns joined by commas, the most significant first.
func (t Table) KeyList() string { return strings.Join(t.KeyNames(), ", ") }

// KeyNames returns the key columns, the most significant first.
func (t Table) KeyNames() []string {
	names := make([]string, len(t.Keys))
	for i, column := range t.Keys {
		names[i] = t.Columns[column].Name
	}
	return names
}

// HasKey returns the condition that a row of an account has a key. Only rows that people
// may link can lack it: another program may remove just one of the two.
func (t Table) HasKey() string {
	if t.Linkable {
		return "coalesce(external_id, '') <> ''"
	}
	return "true"
}

func (t Table) keyIs() string {
	condition := "account = ?"
	for _, column := range t.Keys {
		condition += " AND " + t.Columns[column].Name + " = ?"
	}
	return condition
}

func (t Table) selectRows() string {
	local, missing := "NULL", "NULL"
	if t.Local {
		local = "id"
	}
	if t.Kept {
		missing = "missing_since"
	}
	return fmt.Sprintf("SELECT %s, account, store, %s, %s FROM %s", local, strings.Join(t.ColumnNames(), ", "), missing, t.Name)
}

// Scanner is a row that can be scanned.
type Scanner interface{ Scan(into ...any) error }

// ScanRow scans one row of SelectRows. account and store are those of the catalogue.
func (t Table) ScanRow(from Scanner, account int64, store string) (importer.Row, error) {
	var local, missing, in sql.NullString
	var of sql.NullInt64
	values := make([]any, len(t.Columns))
	into := append(make([]any, 0, len(values)+4), &local, &of, &in)
	for i := range values {
		into = append(into, &values[i])
	}
	into = append(into, &missing)
	if err := from.Scan(into...); err != nil {
		return importer.Row{}, err
	}
	row := importer.Row{LocalID: local.String, Missing: missing.Valid, Record: make(importer.Record, len(t.Columns))}
	for i, column := range t.Columns {
		row.Record[i] = ValueOf(column, values[i])
	}
	if of.Valid && !t.Linkable {
		if err := t.checkKey(row); err != nil {
			return importer.Row{}, err
		}
	}
	if key := t.Key(row.Record); of.Valid && (key != "" || !t.Linkable) {
		row.Key = key
		row.Linked = of.Int64 == account
		row.Foreign = !row.Linked
		row.Astray = row.Linked && in.String != store
	}
	if row.Foreign && !t.Local {
		row.LocalID = foreignRow + strconv.FormatInt(of.Int64, 10)
	}
	return row, nil
}

// checkKey refuses a row of an account that lacks part of its key. Nothing would find such
// a row, so an import would create another one in its place.
func (t Table) checkKey(row importer.Row) error {
	for _, column := range t.Keys {
		if !row.Record[column].Present() {
			return engine.NewContentError(fmt.Sprintf("the %s, row %.40s", t.Name, row.LocalID),
				fmt.Errorf("it has no %s, by which it would be found", t.Columns[column].Name))
		}
	}
	return nil
}

// SelectKeyless returns a query for a row of an account that lacks part of its key. It uses
// typeof, because SQLite optimises IS NULL away for NOT NULL columns.
func (t Table) SelectKeyless() string {
	var lacks []string
	for _, column := range t.Keys {
		lacks = append(lacks, "typeof("+t.Columns[column].Name+") = 'null'")
	}
	return t.SelectRows + " WHERE account = ? AND (" + strings.Join(lacks, " OR ") + ") LIMIT 1"
}

// foreignRow is the prefix of the local id of a row of another account that has no id of
// its own. The account follows, because it is not in the key.
const foreignRow = "account "

// AccountOf returns the account in which a row with that local id is found by key.
func AccountOf(localID string, linked int64) int64 {
	if other, foreign := strings.CutPrefix(localID, foreignRow); foreign {
		if account, err := strconv.ParseInt(other, 10, 64); err == nil {
			return account
		}
	}
	return linked
}

// ValueOf converts a stored value to the importer's. Another program may have stored
// anything; a malformed boolean is kept as it is and counts as an edit.
func ValueOf(column importer.Column, stored any) importer.Value {
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

// Argument converts a value to an argument for its column.
func Argument(column importer.Column, v importer.Value) any {
	if !v.Present() {
		return nil
	}
	if n, is := Number(column, v); is {
		return n
	}
	return v.Text()
}

// Number returns a value as a number, if its column stores numbers.
func Number(column importer.Column, v importer.Value) (n int64, is bool) {
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

// KeyArguments returns the arguments of KeyIs.
func (t Table) KeyArguments(account int64, key string) []any {
	arguments := []any{account}
	for _, part := range importer.SplitKey(key) {
		arguments = append(arguments, part)
	}
	return arguments
}
