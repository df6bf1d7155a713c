package state

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
)

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
	db := ofVersion(t, 12, `INSERT INTO accounts VALUES (1, 'all', 'shopify', 'gid://shopify/Shop/1', 'tea.myshopify.com', 'Tea', 'EUR', '2026-11-24');`+
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
