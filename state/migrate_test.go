package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/schema"
)

// before is the schema version that a migration step was made for.
func before(t *testing.T, step string) int {
	t.Helper()
	at := slices.IndexFunc(ownSchema().Steps, func(s schema.Step) bool { return strings.Contains(s.Name, step) })
	if at < 0 {
		t.Fatal("no step " + step)
	}
	return oldestSchema + at - 1
}

// fileOfVersion makes a state file as a program of that schema version left it, with what
// the statements put in.
func fileOfVersion(t *testing.T, version int, statements string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.db")
	file, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	script := ""
	for _, step := range ownSchema().Steps[:version-oldestSchema+1] {
		script += step.SQL
	}
	script += statements + fmt.Sprintf("; PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)
	if _, err := file.ExecContext(context.Background(), script); err != nil {
		t.Fatal(err)
	}
	return path
}

// A step that fails leaves the file as it was, says so and why, and leads on: what
// another program put into the file is in the way.
func TestMigrationThatFailsSaysSo(t *testing.T) {
	for what, c := range map[string]struct {
		step, done, undone, says string
	}{
		"an index of that name": {"last_read", "CREATE INDEX last_read ON runs (kind)", "DROP INDEX last_read", "last_read"},
		"a view of that name":   {"last_read", "CREATE VIEW last_read AS SELECT 1", "DROP VIEW last_read", "last_read"},
		"a table of that name":  {"last_read", "CREATE TABLE last_read (id TEXT)", "DROP TABLE last_read", "last_read"},
	} {
		t.Run(what, func(t *testing.T) {
			path := fileOfVersion(t, before(t, c.step), c.done)
			content := dumped(t, path)
			for range 2 {
				db, err := Open(t.Context(), path)
				if err == nil {
					db.Close()
				}
				var told *UnusableError
				if !errors.As(err, &told) || told.Old || len(told.Next) == 0 || !strings.Contains(told.Why, "failed at step") || !strings.Contains(told.Why, c.step) || !strings.Contains(told.Why, c.says) {
					t.Fatalf("it says %v", err)
				}
			}
			if dumped(t, path) != content {
				t.Error("the file is another one")
			}
			alter(t, path, c.undone)
			db, err := Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			db.Close()
		})
	}
}

// dumped is all that a file holds.
func dumped(t *testing.T, path string) string {
	t.Helper()
	file, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, err := engine.QueryTexts(t.Context(), file, "SELECT type || name || coalesce(sql, '') FROM sqlite_schema ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := engine.QueryTexts(t.Context(), file, "SELECT name FROM sqlite_schema WHERE type = 'table'")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		rows, err := file.Query("SELECT * FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			row := make([]any, len(columns))
			for i := range row {
				row[i] = new(any)
			}
			if err := rows.Scan(row...); err != nil {
				t.Fatal(err)
			}
			line := table
			for _, value := range row {
				line += fmt.Sprintf("|%v", *value.(*any))
			}
			all = append(all, line)
		}
		rows.Close()
	}
	return strings.Join(all, "\n")
}
