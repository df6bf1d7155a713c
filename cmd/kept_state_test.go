package cmd

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// Files of each schema that was ever on main lie in testdata/state. They were made, each
// by the program of its day, by
//
//	go test ./cmd -run TestStatesOfEachSchema -update
//
// which makes that of the newest schema where it is missing, and overwrites none. They
// hold a live connector, two imports, the snapshots of these and of a preview, whose plan
// may still be applied, and a local edit.
const (
	keptKey = "6b65707420666f7220746573747320616e64206f6620657665727920646179ff" // gitleaks:allow

	madeAt = "2026-11-30T09:00:00Z"
)

func keptFile(version int) string {
	return filepath.Join("..", "testdata", "state", fmt.Sprintf("schema-%d.db.gz", version))
}

// firstKept is the oldest schema of which there is a file.
const firstKept = 17

// A file of any schema is opened, and what it holds is worth what it was: the stored
// plan is applied, a rerun writes nothing, and shop and store are the same.
func TestStatesOfEachSchema(t *testing.T) {
	for version := firstKept; version <= newest(t); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			if _, err := os.Stat(keptFile(version)); errors.Is(err, os.ErrNotExist) {
				if version < newest(t) || !*update {
					t.Fatalf("there is no %s: the schema has changed, and a state file of each is kept; go test ./cmd -run TestStatesOfEachSchema -update makes it", keptFile(version))
				}
				keepState(t, keptFile(version))
			}
			t.Parallel()
			c := newKeeper(t)
			c.unpack(keptFile(version))
			c.firstWeek()
			c.secondWeek()
			c.at(3 * time.Hour)
			plan := c.onlyRun("preview")
			c.expect(exit.Different, "import preview --exit-code --changes", "Mine", "price: 38.00 -> 42.00")
			c.expect(exit.Done, "runs changes "+plan, "Mine", "price: 38.00 -> 42.00")
			c.expect(exit.Done, "import preview --from "+plan, "11 changes would be written")
			c.expect(exit.Done, "import run "+plan+" --yes", "11 changes written")
			c.expect(exit.Done, "reconcile -o json", `"moved": {}`) // but for columns that the file of that day did not have
			c.expect(exit.Done, "import run --yes --max-update 0")  // fills them
			c.expect(exit.Done, "reconcile --exit-code", "the same")
			c.expect(exit.Done, "import run --yes", "Nothing had to be changed")
			for _, table := range importer.TableNames() {
				c.expect(exit.Done, "catalog "+table)
				rows := c.expect(exit.Done, "catalog "+table+" -o csv").stdout
				if strings.Count(rows, "\n") < 5 {
					t.Errorf("%s: too few rows\n%s", table, rows)
				}
			}
			c.expect(exit.Done, "runs list", "10 runs")
			c.expect(exit.Done, "runs show "+plan)
			c.expect(exit.Done, "explain stock POT-1")
			c.expect(exit.Done, "status --probe", "live")
			c.expect(exit.Done, "state info", fmt.Sprintf(" %d, the newest", newest(t)))
			assertUnharmed(t, c.folder)
		})
	}
}

// A file of a schema to come is refused, and stays as it is.
func TestStateOfANewerSchemaIsRefused(t *testing.T) {
	c := newKeeper(t)
	c.unpack(keptFile(newest(t)))
	if err := execSQL(c.path(), fmt.Sprintf("PRAGMA user_version = %d", newest(t)+1)); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(c.path())
	if err != nil {
		t.Fatal(err)
	}
	c.at(3 * time.Hour)
	for _, line := range []string{"status", "catalog stock", "import preview", "import run --yes", "runs prune --keep 1", "connect shopify --store main --shop tea-and-cups"} {
		c.expect(exit.Failed, line, fmt.Sprintf("written by a newer eshopctl (schema %d, this one knows %d)", newest(t)+1, newest(t)), "next: ")
	}
	if after, err := os.ReadFile(c.path()); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed (%v)", err)
	}
}

// keeper is where state files are made and looked at, at any time that is asked for.
type keeper struct{ *counter }

func newKeeper(t *testing.T) keeper {
	c := keeper{newCounter(t)}
	c.shop.SameOrganisation(true)
	c.server.Install(c.shop.Domain())
	c.settings["ESHOPCTL_KEY"], c.settings["ESHOPCTL_AUTH"] = keptKey, "client-credentials"
	return c
}

func (c keeper) path() string { return filepath.Join(c.folder, "eshopctl", "state.db") }

// at sets the clock so long after the first command was typed in the file that is kept.
func (c keeper) at(later time.Duration) {
	began := time.Now()
	set, err := time.Parse(time.RFC3339, madeAt)
	if err != nil {
		c.Fatal(err)
	}
	c.now = func() time.Time { return set.Add(later + time.Since(began)).Truncate(time.Millisecond) }
}

// firstWeek is what happens in the shop between the imports.
func (c keeper) firstWeek() {
	c.Helper()
	err := errors.Join(c.shop.SetPrice("MUG-1", "10.00"), c.shop.RenameLocation("Shop York", "Shop York Minster"), c.shop.RemoveProduct("breakfast-tea"), c.shop.Sell("JUG-1", sandboxtest.WarehouseLocation, 2))
	if err != nil {
		c.Fatal(err)
	}
}

// secondWeek is what the plan is about.
func (c keeper) secondWeek() {
	c.Helper()
	_, err := c.shop.AddProduct(sandboxtest.NewProduct{Handle: "gaiwan", Title: "Gaiwan"})
	if err = errors.Join(err, c.shop.SetPrice("POT-1", "42.00"), c.shop.RemoveVariant("MUG-2")); err != nil {
		c.Fatal(err)
	}
}

// onlyRun is the id of the run of a kind of which there is one.
func (c keeper) onlyRun(kind string) string {
	c.Helper()
	db, err := openSQL(c.path())
	if err != nil {
		c.Fatal(err)
	}
	defer db.Close()
	var id string
	if err := db.QueryRow("SELECT id FROM runs WHERE kind = ?", kind).Scan(&id); err != nil {
		c.Fatal(err)
	}
	return id
}

// keepState makes a state file with the program as it is.
func keepState(t *testing.T, name string) {
	t.Helper()
	c := newKeeper(t)
	c.at(0)
	c.expect(exit.Done, "connect shopify --store main --shop tea-and-cups")
	c.expect(exit.Done, "import run --yes")
	c.at(time.Hour)
	c.firstWeek()
	c.expect(exit.Done, "import run --yes")
	if err := execSQL(c.path(), "UPDATE products SET title = 'Mine' WHERE slug = 'enamel-mug'"); err != nil {
		t.Fatal(err)
	}
	c.at(2 * time.Hour)
	c.secondWeek()
	c.expect(exit.Done, "import preview")
	if err := execSQL(c.path(), "PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(c.path())
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // there is such a level
	_, err = w.Write(content)
	if err = errors.Join(err, w.Close(), os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, packed.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// unpack lays a kept file where the program looks for its state.
func (c keeper) unpack(name string) {
	c.Helper()
	packed, err := os.Open(name)
	if err != nil {
		c.Fatal(err)
	}
	defer packed.Close()
	reader, err := gzip.NewReader(packed)
	if err != nil {
		c.Fatal(err)
	}
	content, err := io.ReadAll(reader)
	if err = errors.Join(err, os.MkdirAll(filepath.Dir(c.path()), 0o700), os.WriteFile(c.path(), content, 0o600)); err != nil {
		c.Fatal(err)
	}
}
