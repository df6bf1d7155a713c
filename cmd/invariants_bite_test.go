package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// complaints is a test that only counts what it is told.
type complaints struct {
	testing.TB
	heard []string
}

func (c *complaints) Helper()           {}
func (c *complaints) Error(...any)      { c.heard = append(c.heard, "error") }
func (c *complaints) Fatal(args ...any) { c.TB.Fatal(args...) }
func (c *complaints) Errorf(format string, args ...any) {
	c.heard = append(c.heard, format)
}

// The invariants notice what they are there for: each breach is planted into a sound
// state file, unless the file itself forbids it.
//
// hazard X3
func TestInvariantsBite(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	d.mustRun("import", "run", "--yes")
	d.mustRun("import", "preview")
	sound := d.home
	look := func(plant func(home string) error) (heard []string, forbidden error) {
		home := t.TempDir()
		copyFolder(t, sound, home)
		if err := plant(home); err != nil {
			return nil, err
		}
		c := &complaints{TB: t}
		assertInvariants(c, home)
		return c.heard, nil
	}
	at := func(home string) string { return filepath.Join(home, ".local", "state", "eshopctl", "state.db") }
	if heard, err := look(func(string) error { return nil }); err != nil || len(heard) > 0 {
		t.Fatalf("nothing was planted: %v, %v", heard, err)
	}
	const loosely = "PRAGMA foreign_keys = 0; PRAGMA ignore_check_constraints = 1; "
	forbidden := 0
	for what, statement := range map[string]string{
		"a variant of no product":     "UPDATE variants SET product_external_id = 'x'",
		"a product twice":             "INSERT INTO products SELECT * FROM products LIMIT 1",
		"a warehouse twice":           "UPDATE warehouses SET external_id = (SELECT min(external_id) FROM warehouses)",
		"a level twice":               "INSERT INTO stock SELECT * FROM stock LIMIT 1",
		"a live connector, no token":  "DELETE FROM secrets",
		"a live connector, no shop":   "UPDATE connectors SET account = NULL",
		"a token of no connector":     "UPDATE connectors SET state = 'failed', reason = 'timeout'",
		"a shop that was left":        "UPDATE connectors SET state = 'inactive', reason = 'disconnected'",
		"another state's reason":      "UPDATE connectors SET reason = 'timeout'",
		"a run that ended, but when":  "UPDATE runs SET finished_at = NULL",
		"a run that failed, but why":  "UPDATE runs SET status = 'failed', error = NULL",
		"a run that nobody runs":      "UPDATE runs SET status = 'running', finished_at = NULL WHERE kind = 'preview'",
		"a plan half written":         "UPDATE plans SET complete = 0",
		"a snapshot half written":     "UPDATE snapshots SET complete = 0",
		"an import half-way":          "UPDATE importing SET yes = 1",
		"a trigger less":              "DROP TRIGGER products_inserted",
		"a run that does not balance": `UPDATE runs SET counts = replace(counts, '"read":35', '"read":36') WHERE kind = 'import'`,
	} {
		heard, err := look(func(home string) error { return execSQL(at(home), loosely+statement) })
		if err != nil {
			t.Logf("%s: the file itself forbids it: %v", what, err)
			forbidden++
		} else if len(heard) == 0 {
			t.Errorf("%s: nobody noticed", what)
		}
	}
	if forbidden > 6 {
		t.Errorf("%d could not be planted: the test tests too little", forbidden)
	}
	for what, plant := range map[string]func(home string) error{
		"a file for all eyes": func(home string) error { return os.Chmod(at(home), 0o644) },
		"a token in a file": func(home string) error {
			return os.WriteFile(filepath.Join(home, "log"), []byte("shpat_"+strings.Repeat("z", 30)), 0o600)
		},
		"a damaged page": func(home string) error {
			file, err := os.OpenFile(at(home), os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer file.Close()
			_, err = file.WriteAt([]byte(strings.Repeat("x", 4000)), 3*16384)
			return err
		},
	} {
		if heard, err := look(plant); err != nil || len(heard) == 0 {
			t.Errorf("%s: nobody noticed (%v)", what, err)
		}
	}
}
