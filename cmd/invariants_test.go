package cmd

import (
	"database/sql"
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// assertInvariants checks what must hold after every scenario, whatever went
// wrong in it: a whole file, one local record per identity, accounting, no run
// left running, private files, and no secret anywhere below folder.
func assertInvariants(t testing.TB, folder string) {
	t.Helper()
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		assertNoSecret(t, path)
		if entry.Name() == "key" {
			assertPrivate(t, path)
		}
		if entry.Name() == "state.db" && isOurs(path) {
			assertPrivate(t, path)
			assertSound(t, path)
		}
		return nil
	})
}

func assertPrivate(t testing.TB, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return // a log file of SQLite that went with its last user
	}
	if err != nil {
		t.Error(err)
		return
	}
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%s may be read by others: %v", path, info.Mode())
	}
	if parent, err := os.Stat(filepath.Dir(path)); err == nil && parent.Mode().Perm()&0o077 != 0 {
		t.Errorf("the folder of %s may be read by others: %v", path, parent.Mode())
	}
}

// issued finds tokens and secrets as the sandbox makes them: their kind, then
// many letters.
var issued = regexp.MustCompile(`shp(at|ca|pa|rt|ss)_[0-9A-Za-z]{12,}`)

func assertNoSecret(t testing.TB, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		return // a pipe, or gone
	}
	if found := issued.Find(content); found != nil {
		t.Errorf("%s holds the secret %s", path, found)
	}
}

func openSQL(path string) (*sql.DB, error) {
	return sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path, RawQuery: "_busy_timeout=5000"}).String())
}

func execSQL(path, statement string) error {
	db, err := openSQL(path)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

func assertSound(t testing.TB, path string) {
	t.Helper()
	db, err := openSQL(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity of %s: %s, %v", path, verdict, err)
		return
	}
	for what, query := range map[string]string{
		"rows without what they refer to":         "SELECT count(*) FROM pragma_foreign_key_check",
		"runs left running":                       "SELECT count(*) FROM runs WHERE status = 'running'",
		"products doubled":                        "SELECT count(*) FROM (SELECT 1 FROM products GROUP BY account, external_id HAVING count(*) > 1)",
		"variants doubled":                        "SELECT count(*) FROM (SELECT 1 FROM variants GROUP BY account, external_id HAVING count(*) > 1)",
		"locations with two warehouses":           "SELECT count(*) FROM (SELECT 1 FROM warehouses WHERE external_id IS NOT NULL GROUP BY account, external_id HAVING count(*) > 1)",
		"levels doubled":                          "SELECT count(*) FROM (SELECT 1 FROM stock GROUP BY account, inventory_item_id, warehouse_external_id HAVING count(*) > 1)",
		"live connectors without an access token": "SELECT count(*) FROM connectors c WHERE state = 'live' AND NOT EXISTS (SELECT 1 FROM secrets s WHERE s.store = c.store AND s.provider = c.provider)",
		"plans half written":                      "SELECT count(*) FROM plans WHERE complete = 0",
	} {
		var n int
		if err := db.QueryRow(query).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d %s (%v)", path, n, what, err)
		}
	}
	assertBalanced(t, db)
}

// isOurs reports whether a file was made by eshopctl; scripts leave others lying
// there on purpose.
func isOurs(path string) bool {
	db, err := openSQL(path)
	if err != nil {
		return false
	}
	defer db.Close()
	var id, version int
	err = errors.Join(db.QueryRow("PRAGMA application_id").Scan(&id), db.QueryRow("PRAGMA user_version").Scan(&version))
	return err == nil && id == 0x65536870 && version < 900
}

func assertBalanced(t testing.TB, db *sql.DB) {
	t.Helper()
	rows, err := db.Query("SELECT id, counts FROM runs WHERE status IN ('succeeded', 'partial')")
	if err != nil {
		t.Error(err)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var id, counts string
		var tally importer.Tally
		if err := errors.Join(rows.Scan(&id, &counts), json.Unmarshal([]byte(counts), &tally)); err != nil {
			t.Error(err)
			return
		}
		for _, table := range importer.Tables() {
			if !tally.Of(table).Balanced() {
				t.Errorf("run %s: %s do not balance: %+v", id, table.Name, *tally.Of(table))
			}
		}
	}
}
