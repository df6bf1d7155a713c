package cmd

import (
	"database/sql"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

// assertInvariants checks what must hold after every scenario, whatever went
// wrong in it: assertUnharmed, and nothing left lying by what died.
//
// hazard P26
func assertInvariants(t testing.TB, folder string) {
	t.Helper()
	assertUnharmed(t, folder)
	for _, path := range stateFiles(folder) {
		assertNone(t, path, map[string]string{
			"runs left running":      "SELECT count(*) FROM runs WHERE status = 'running'",
			"plans half written":     "SELECT count(*) FROM plans WHERE complete = 0",
			"snapshots half written": "SELECT count(*) FROM snapshots WHERE complete = 0",
		})
	}
}

// assertUnharmed checks what must hold at every moment, also right after a kill: a
// whole file, one local record for each identity, accounting, lawful connections
// and runs, private files, and no secret anywhere below folder.
func assertUnharmed(t testing.TB, folder string) {
	t.Helper()
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		assertNoSecret(t, path)
		if entry.Name() == "key" {
			assertPrivate(t, path)
		}
		return nil
	})
	for _, path := range stateFiles(folder) {
		beside, _ := filepath.Glob(path + "*") // the pattern is good
		for _, file := range beside {
			assertPrivate(t, file)
		}
		assertSound(t, path)
		if !isOld(t, path) {
			assertOwned(t, path)
		}
	}
}

// stateFiles lists the state files below folder that eshopctl made.
func stateFiles(folder string) (paths []string) {
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "state.db" && isOurs(path) {
			paths = append(paths, path)
		}
		return err
	})
	return paths
}

// assertOwned makes sure that no run is shown as running unless a process holds
// its store.
func assertOwned(t testing.TB, path string) {
	t.Helper()
	db, err := state.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Error(err)
		return
	}
	defer db.Close()
	runs, err := db.Runs(t.Context(), importer.RunFilter{Status: string(importer.Running)})
	if err != nil {
		t.Error(err)
	}
	for _, run := range runs {
		if !db.StoreLock(run.ConnectorID()).IsHeld() {
			t.Errorf("%s: run %s is shown as running, and nobody holds store %s", path, run.ID, run.Store)
		}
	}
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
	if verdict, err := integrity(db); err != nil || verdict != "ok" {
		t.Errorf("integrity of %s: %s, %v", path, verdict, err)
		return
	}
	if isOld(t, path) {
		return // and has not all tables
	}
	assertNone(t, path, unlawful)
	assertBalanced(t, db)
}

// integrity is what SQLite says of all pages of a file, "ok" when nothing is wrong.
func integrity(db *sql.DB) (verdict string, err error) {
	err = db.QueryRow("PRAGMA integrity_check").Scan(&verdict)
	return verdict, err
}

// unlawful counts what must not be in a state file at any moment.
var unlawful = map[string]string{
	"rows without what they refer to": "SELECT count(*) FROM pragma_foreign_key_check",

	"products doubled":              "SELECT count(*) FROM (SELECT 1 FROM products GROUP BY account, external_id HAVING count(*) > 1)",
	"variants doubled":              "SELECT count(*) FROM (SELECT 1 FROM variants GROUP BY account, external_id HAVING count(*) > 1)",
	"locations with two warehouses": "SELECT count(*) FROM (SELECT 1 FROM warehouses WHERE external_id IS NOT NULL GROUP BY account, external_id HAVING count(*) > 1)",
	"levels doubled":                "SELECT count(*) FROM (SELECT 1 FROM stock GROUP BY account, inventory_item_id, warehouse_external_id HAVING count(*) > 1)",

	"variants without their product":     "SELECT count(*) FROM variants v WHERE NOT EXISTS (SELECT 1 FROM products p WHERE p.account = v.account AND p.external_id = v.product_external_id)",
	"media without their product":        "SELECT count(*) FROM media m WHERE NOT EXISTS (SELECT 1 FROM products p WHERE p.account = m.account AND p.external_id = m.product_external_id)",
	"memberships without their product":  "SELECT count(*) FROM memberships m WHERE NOT EXISTS (SELECT 1 FROM products p WHERE p.account = m.account AND p.external_id = m.product_external_id)",
	"memberships without their category": "SELECT count(*) FROM memberships m WHERE NOT EXISTS (SELECT 1 FROM categories c WHERE c.account = m.account AND c.external_id = m.category_external_id)",

	"levels without their variant": "SELECT count(*) FROM stock s WHERE variant_external_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM variants v WHERE v.account = s.account AND v.external_id = s.variant_external_id)",
	"media of variants that are not there": `SELECT count(*) FROM media m, json_each(CASE WHEN json_valid(variant_external_ids) THEN variant_external_ids ELSE '[]' END) shown
		WHERE NOT EXISTS (SELECT 1 FROM variants v WHERE v.account = m.account AND v.external_id = shown.value)`,

	"live connectors without an access token": `SELECT count(*) FROM connectors c WHERE state = 'live' AND NOT EXISTS
		(SELECT 1 FROM secrets s WHERE s.store = c.store AND s.provider = c.provider AND s.name = 'access_token')`,
	"live connectors without a shop": "SELECT count(*) FROM connectors WHERE state = 'live' AND (NOT attached OR account IS NULL OR external_id IS NULL)",
	"connectors with a token that are not live": `SELECT count(*) FROM connectors c JOIN secrets s ON s.store = c.store AND s.provider = c.provider
		WHERE state <> 'live' AND s.name <> 'client_secret'`,
	"disconnected connectors with a secret or a shop": `SELECT count(*) FROM connectors c WHERE reason = 'disconnected' AND (attached OR EXISTS
		(SELECT 1 FROM secrets s WHERE s.store = c.store AND s.provider = c.provider))`,
	"connectors in a state with another one's reason": `SELECT count(*) FROM connectors WHERE
		state = 'live' AND reason NOT IN ('', 'scope_missing', 'shop_unavailable', 'refused', 'token_expiring') OR
		state = 'inactive' AND reason NOT IN ('never_connected', 'disconnected', 'setup_interrupted', 'token_rejected') OR
		state = 'failed' AND reason IN ('', 'never_connected', 'disconnected', 'setup_interrupted', 'token_rejected')`,

	"runs that ended without a time, or run with one": "SELECT count(*) FROM runs WHERE (status = 'running') <> (finished_at IS NULL)",
	"runs that failed and do not say why":             "SELECT count(*) FROM runs WHERE status = 'failed' AND error IS NULL",
	"imports that stopped half-way":                   "SELECT count(*) FROM importing WHERE yes <> 0",
	"triggers lost":                                   "SELECT " + strconv.Itoa(len(importer.Tables())) + " - count(*) FROM sqlite_schema WHERE type = 'trigger' AND name GLOB '*_inserted'",
}

// assertNone makes sure that every query counts nothing.
func assertNone(t testing.TB, path string, queries map[string]string) {
	t.Helper()
	db, err := openSQL(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for what, query := range queries {
		var n int
		if err := db.QueryRow(query).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d %s (%v)", path, n, what, err)
		}
	}
}

// noStrangers is the environment in which nothing but this machine may be asked:
// what is meant for any other host comes to a proxy, which reports it.
//
// hazard H8
func noStrangers(t testing.TB) []string {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("a stranger was asked: %s %s", r.Method, r.Host)
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(proxy.Close)
	return []string{"HTTP_PROXY=" + proxy.URL, "HTTPS_PROXY=" + proxy.URL, "NO_PROXY="}
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
			if !tally.Of(table).IsBalanced() {
				t.Errorf("run %s: %s do not balance: %+v", id, table.Name, *tally.Of(table))
			}
		}
	}
}
