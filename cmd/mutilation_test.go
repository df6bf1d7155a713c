package cmd

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
)

// mutilation is what another program, or a hand, may do to a state file.
type mutilation struct {
	table, what string
	column      string // "" for the table as a whole
	value       string // that the column gets, as SQL
	statements  string // for the table as a whole
}

func (m mutilation) String() string {
	if m.column != "" {
		return m.table + "." + m.column + " " + m.what
	}
	return m.table + " " + m.what
}

// hugeText is how much all rows of a table together get: more for each than any text of
// one line may have, and than a command may repeat.
const hugeText = "3000000"

// values are what columns are set to, whatever stands in them.
func values() map[string]string {
	return map[string]string{
		"NULL":              "NULL",
		"empty":             "''",
		"a huge text":       "replace(hex(zeroblob(" + hugeText + " / 2 / ROWS)), '0', 'x')",
		"the least number":  "-9223372036854775808",
		"the most":          "9223372036854775807",
		"minus one":         "-1",
		"1e308":             "1e308",
		"a far future":      "'9999-12-31T23:59:59.000Z'",
		"before all times":  "'0000-01-01T00:00:00.000Z'",
		"a stranger":        "'evil.example'",
		"signs of control":  "char(27) || ']0;owned' || char(7) || char(27) || '[31m' || char(13, 8, 155, 8232, 8238, 1564) || 'x'",
		"deep JSON":         "replace(hex(zeroblob(20000)), '0', '[')",
		"other JSON":        `'{"a":[1e999,null],"counts":-5}'`,
		"a list of numbers": "'[1,2,-3]'",
		"bytes":             "x'00ff27c3'",
	}
}

// spoiltTables are what befalls whole tables.
func spoiltTables(table string) map[string]string {
	return map[string]string{
		"emptied":            "DELETE FROM " + table,
		"renamed away":       "ALTER TABLE " + table + " RENAME TO renamed_away",
		"an endless view":    "DROP TABLE " + table + "; CREATE VIEW " + table + " AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n",
		"refuses":            "CREATE TRIGGER refuses BEFORE UPDATE ON " + table + " BEGIN SELECT RAISE(ABORT, 'no' || char(27) || '[31m'); END",
		"refuses rows":       "CREATE TRIGGER refuses BEFORE INSERT ON " + table + " BEGIN SELECT RAISE(IGNORE); END",
		"never ends":         "CREATE TRIGGER never AFTER INSERT ON " + table + " BEGIN DELETE FROM importing WHERE (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n); END",
		"writes elsewhere":   "CREATE TRIGGER elsewhere AFTER INSERT ON " + table + " BEGIN UPDATE connectors SET domain = 'evil.example'; UPDATE accounts SET domain = 'evil.example'; END",
		"without its limits": "PRAGMA legacy_alter_table = 1; CREATE TABLE copied AS SELECT * FROM " + table + "; DROP TABLE " + table + "; ALTER TABLE copied RENAME TO " + table,
	}
}

// mutilations walks the schema, so that new tables and columns are covered.
func mutilations(t *testing.T, path string) (all []mutilation) {
	t.Helper()
	db, err := openSQL(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range strings.Fields(oneText(t, db, "SELECT group_concat(name, ' ') FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")) {
		for what, statements := range spoiltTables(table) {
			all = append(all, mutilation{table: table, what: what, statements: statements})
		}
		for _, column := range strings.Fields(oneText(t, db, "SELECT group_concat(name, ' ') FROM pragma_table_xinfo('"+table+"') WHERE hidden = 0")) {
			for what, value := range values() {
				all = append(all, mutilation{table: table, column: column, what: what, value: value})
			}
		}
	}
	return all
}

func oneText(t *testing.T, db *sql.DB, query string) (text string) {
	t.Helper()
	if err := db.QueryRow(query).Scan(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

// mutilate does it, and reports whether there was anything to be done it to.
func mutilate(t *testing.T, path string, m mutilation) (done bool) {
	t.Helper()
	if m.column == "" {
		if err := execSQL(path, "PRAGMA foreign_keys = 0; "+m.statements); err != nil {
			t.Fatalf("%s: %v", m, err)
		}
		return true
	}
	set := fmt.Sprintf("UPDATE OR IGNORE %s SET %s = %s", m.table, m.column, strings.Replace(m.value, "ROWS", "(SELECT count(*) FROM "+m.table+")", 1))
	loosen(t, path, m.table, func(db *sql.DB) {
		result, err := db.Exec("PRAGMA foreign_keys = 0; PRAGMA ignore_check_constraints = 1; " + set)
		if err != nil {
			return // not even a loose table takes it
		}
		n, err := result.RowsAffected()
		done = err == nil && n > 0
	})
	return done
}

// loosen takes the constraints of a table away while work is done.
func loosen(t *testing.T, path, table string, work func(*sql.DB)) {
	t.Helper()
	db, err := openSQL(path)
	if err != nil {
		t.Fatal(err)
	}
	text := oneText(t, db, "SELECT sql FROM sqlite_schema WHERE name = '"+table+"'")
	loose := strings.NewReplacer("IS NOT NULL", "IS NOT NULL", "NOT NULL", "", ") STRICT, WITHOUT", ") WITHOUT", ") STRICT", ")").Replace(text)
	rewrite := func(to string) {
		if _, err := db.Exec("PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = ? WHERE name = ?; PRAGMA writable_schema = RESET", to, table); err != nil {
			t.Fatal(err)
		}
		db.Close()
	}
	rewrite(loose)
	if db, err = openSQL(path); err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	work(db)
	rewrite(text)
}
