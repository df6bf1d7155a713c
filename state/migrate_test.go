package state

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// before is the schema version that a migration step was made for.
func before(t *testing.T, step string) int {
	t.Helper()
	at := slices.IndexFunc(migrations(), func(name string) bool { return strings.Contains(name, step) })
	if at < 0 {
		t.Fatal("no step " + step)
	}
	return at
}

// ofVersion makes a state file as a program of that schema version left it, with
// what the statements put in, and opens it with this program.
func ofVersion(t *testing.T, version int, statements string) *DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.db")
	file, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	script := ""
	for _, name := range migrations()[:version] {
		step, err := migrationFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		script += string(step)
	}
	script += statements + fmt.Sprintf("; PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)
	if _, err := file.ExecContext(context.Background(), script); err != nil {
		t.Fatal(err)
	}
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
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
