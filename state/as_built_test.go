package state

import (
	"database/sql"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write schema.sql anew")

// schema.sql is what the migrations come to. go test ./state -run AsTheMigrationsMakeIt -update
func TestSchemaIsAsTheMigrationsMakeIt(t *testing.T) {
	made, err := ownSchema().BuildText(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("schema.sql", []byte(made), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if made != schemaSQL {
		t.Error("schema.sql is another one; write it anew with -update")
	}
}

// What another program made of the file is refused and named, unless it does no harm.
//
// hazard S13
func TestAlteredFilesAreToldFromThoseWithMore(t *testing.T) {
	sound := soundFile(t)
	const everybody, writers, nobody = "everybody", "writers", ""
	for _, c := range []struct{ done, refuses, says string }{
		{"CREATE TABLE notes (text TEXT); CREATE TRIGGER note AFTER INSERT ON notes BEGIN DELETE FROM notes; END", nobody, ""},
		{"ALTER TABLE products ADD COLUMN note TEXT; CREATE INDEX by_sku ON variants (sku)", nobody, ""},
		{"CREATE VIEW cheap AS SELECT * FROM variants WHERE price < '5'", nobody, ""},
		{"CREATE TRIGGER mine AFTER INSERT ON runs BEGIN DELETE FROM runs; END", writers, `"mine"`},
		{`CREATE TRIGGER "it's" BEFORE UPDATE ON connectors BEGIN SELECT RAISE(ABORT, 'no'); END`, writers, `"it's"`},
		{"DROP TRIGGER stock_updated", everybody, "trigger stock_updated is gone"},
		{"DROP TRIGGER stock_updated; CREATE TRIGGER stock_updated AFTER UPDATE ON stock BEGIN SELECT 1; END", everybody, "trigger stock_updated was altered"},
		{"DROP TABLE holders", everybody, "table holders is gone"},
		{"ALTER TABLE freshness RENAME TO my_own", everybody, "table freshness is gone"},
		{"DROP TABLE freshness; CREATE VIEW freshness AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n", everybody, "table freshness is a view"},
		{"DROP TABLE holders; CREATE VIRTUAL TABLE holders USING fts5(lock, pid, host, what, since)", everybody, "table holders is a virtual"},
		{"ALTER TABLE media DROP COLUMN alt", everybody, "lacks the column alt"},
		{"DROP TABLE stores; CREATE TABLE stores (store TEXT, serial INTEGER)", everybody, "made anew"},
		{"DROP TABLE operations; CREATE TABLE operations (store TEXT NOT NULL, provider TEXT NOT NULL, account_id TEXT NOT NULL, document TEXT NOT NULL, operation TEXT NOT NULL, noted_at TEXT NOT NULL) STRICT", everybody, "made anew"},
	} {
		t.Run(c.done, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "state.db")
			if err := os.WriteFile(path, sound, 0o600); err != nil {
				t.Fatal(err)
			}
			alter(t, path, c.done)
			for who, open := range map[string]func() (*DB, error){
				"a writer": func() (*DB, error) { return Open(t.Context(), path) },
				"a reader": func() (*DB, error) { return OpenReadOnly(t.Context(), path) },
			} {
				db, err := open()
				if err == nil {
					db.Close()
				}
				refused := c.refuses == everybody || c.refuses == writers && who == "a writer"
				var told *UnusableError
				if refused != errors.As(err, &told) {
					t.Errorf("%s: %v, want it refused: %t", who, err, refused)
				} else if refused && (!strings.Contains(told.Why, c.says) || len(told.Next) == 0) {
					t.Errorf("%s: %s; next: %s", who, told.Why, told.Next)
				}
			}
		})
	}
}

// soundFile is the content of a state file that nobody touched.
func soundFile(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.db")
	db, err := Create(t.Context(), path)
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// alter does to a file what another program does.
func alter(t *testing.T, path, statements string) {
	t.Helper()
	file, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
}
