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
	return at
}

// ofVersion makes a state file as a program of that schema version left it, with
// what the statements put in, and opens it with this program.
func ofVersion(t *testing.T, version int, statements string) *DB {
	t.Helper()
	db, err := Open(t.Context(), fileOfVersion(t, version, statements))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func fileOfVersion(t *testing.T, version int, statements string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.db")
	file, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	script := ""
	for _, step := range ownSchema().Steps[:version] {
		script += step.SQL
	}
	script += statements + fmt.Sprintf("; PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)
	if _, err := file.ExecContext(context.Background(), script); err != nil {
		t.Fatal(err)
	}
	return path
}

// A connector from before is set up for its --only, else for all that there was to
// import; one that was never linked is not set up yet.
func TestOlderConnectorsAreSetUpForWhatTheyWere(t *testing.T) {
	connector := func(store, account, only string) string {
		return fmt.Sprintf(`INSERT INTO connectors (store, provider, state, reason, account, domain, sandbox, auth, client_id, only_resources)
			VALUES ('%s', 'shopify', 'inactive', 'disconnected', %s, 'tea.myshopify.com', 0, 'browser', 'id', '%s');`, store, account, only)
	}
	db := ofVersion(t, before(t, "set_up_for"), `INSERT INTO accounts VALUES (1, 'all', 'shopify', 'gid://shopify/Shop/1', 'tea.myshopify.com', 'Tea', 'EUR', '2026-11-24');`+
		connector("all", "1", "[]")+connector("some", "1", `["products","stock"]`)+connector("never", "NULL", "[]"))
	for store, want := range map[string]string{"all": "[products categories warehouses stock]", "some": "[products stock]", "never": "[]"} {
		c, err := db.Connector(t.Context(), store, "shopify")
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(c.Purpose); got != want {
			t.Errorf("%s is set up for %s, want %s", store, got, want)
		}
	}
}

// Runs from before noted nothing of what they read: their plans tell, as far as they
// are kept, and else what they counted.
func TestOlderRunsTellWhatTheyRead(t *testing.T) {
	run := func(id, status, plan, counts string) string {
		return fmt.Sprintf(`INSERT INTO runs (id, kind, store, provider, domain, account_id, status, plan, reader, started_at, finished_at, counts, warnings_by, rejected_by)
			VALUES ('%s', 'import', 'main', 'shopify', 'tea.myshopify.com', 'gid://shopify/Shop/1', '%s', '%s', 'paged', '2026-11-24T09:00:00.000Z', '2026-11-24T09:00:01.000Z', '%s', '{}', '{}');`,
			id, status, plan, counts)
	}
	plan := func(id, info string) string {
		return fmt.Sprintf("INSERT INTO plans (run, store, complete, info) VALUES ('%s', 'main', 1, '%s');", id, info)
	}
	const products = `{"products":{"read":3,"unchanged":3}}`
	db := ofVersion(t, before(t, "not_read"), run("made", "succeeded", "made", products)+plan("made", `{"Resources":["products"],"AsOf":"2026-11-24T08:59:00Z"}`)+
		run("applied", "succeeded", "made", products)+run("pruned", "succeeded", "pruned", products)+run("failed", "failed", "", "{}")+
		run("garbled", "succeeded", "garbled", products)+plan("garbled", "{"))
	for id, want := range map[string]string{
		"made":    "[products] [categories warehouses stock]",
		"applied": "[products] [categories warehouses stock]",
		"pruned":  "[products categories warehouses stock] [categories warehouses stock]",
		"failed":  "[products categories warehouses stock] [products categories warehouses stock]",
		"garbled": "[products categories warehouses stock] [categories warehouses stock]",
	} {
		found, err := db.Run(t.Context(), "main", id)
		if err != nil {
			t.Fatal(err)
		}
		var left []string
		for _, n := range found.NotRead {
			left = append(left, n.Resource)
		}
		if got := fmt.Sprint(found.Resources, " ", left); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
		if planned := id == "made" || id == "applied"; planned != (found.AsOf != nil) || planned && found.AsOf.Hour() != 8 {
			t.Errorf("%s: read as of %v", id, found.AsOf)
		}
	}
}

// A step that fails leaves the file as it was, says so and why, and leads on: what
// another program put into the file is in the way.
func TestMigrationThatFailsSaysSo(t *testing.T) {
	for what, c := range map[string]struct {
		step, done, undone, says string
	}{
		"a column of that name": {"contact", "ALTER TABLE connectors ADD COLUMN trouble TEXT", "ALTER TABLE connectors DROP COLUMN trouble", "duplicate column name: trouble"},
		"a view of nothing":     {"set_up_for", "CREATE VIEW mine AS SELECT * FROM gone", "DROP VIEW mine", "gone"},
		"a table of that name":  {"operations", "CREATE TABLE operations (id TEXT)", "DROP TABLE operations", "operations"},
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
