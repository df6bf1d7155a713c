package cmd

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// newColumn is what CONTRIBUTING's recipe for a column tells to write: in each file what
// stands there, and what is to stand there instead. It gives products their season.
var newColumn = []struct{ file, old, new string }{
	{"importer/tables.go", `{Name: "seo_description"},`, `{Name: "seo_description"}, {Name: "season"},`},
	{"importer/shop.go", "type Product struct {\n", "type Product struct {\n\tSeason string\n"},
	{"importer/shop.go", `Optional(p.SEODescription))`, `Optional(p.SEODescription), String(p.Season))`},
	{"shopify/products.go", `SEOTitle: p.SEO.Title,`, `SEOTitle: p.SEO.Title, Season: "of 2026",`},
	{"state/schema.sql", "updated_run TEXT, UNIQUE (account, external_id) );\n-- trigger products_deleted", "updated_run TEXT, UNIQUE (account, external_id) , season TEXT);\n-- trigger products_deleted"},
	{"state/migrations/9999_season.sql", "", "ALTER TABLE products ADD COLUMN season TEXT;\n"},
}

// A column that is added by the recipe is filled in a state of the schema before: that is
// counted apart and stops nothing, and a rerun writes nothing. The program from before
// refuses that state from then on, and leaves it as it is.
func TestANewColumnInAStateOfBefore(t *testing.T) {
	campaign.Needs(t, campaign.CI, "builds another program")
	t.Parallel()
	newer := buildWith(t, newColumn)
	d := newDesk(t, sandbox.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", d.shop.Domain(), "--auth", "browser")
	d.mustRun("import", "run", "--yes")
	if err := d.shop.SetPrice("MUG-1", "10.00"); err != nil {
		t.Fatal(err)
	}
	d.mustRun("import", "preview")
	older := d.program
	d.program = newer
	d.mustRun("import", "run", "latest", "--yes")

	printed := d.mustRun("import", "preview", "--changes")
	for _, line := range []string{"would fill", "products: 35 would be filled in columns that are new (season 35)", "35 changes"} {
		if !strings.Contains(printed, line) {
			t.Errorf("no %q:\n%s", line, printed)
		}
	}
	d.expectNobodyMoved(35)
	d.expectProducts("the first import", filledCounts{Read: 35, Updated: 35, Filled: 35}, "import", "run", "--yes", "--max-update", "0", "--max-create", "0", "--max-missing", "0")
	d.expectProducts("a rerun", filledCounts{Read: 35, Unchanged: 35}, "import", "run", "--yes")
	d.expectProducts("a comparison", filledCounts{Read: 35, Unchanged: 35}, "reconcile", "--exit-code")
	if listed := d.mustRun("catalog", "products", "-o", "csv"); strings.Count(listed, "of 2026") != 35 {
		t.Errorf("not all are of that season:\n%s", listed)
	}

	d.program = older
	before, err := os.ReadFile(d.statePath())
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"status", "import preview", "import run --yes"} {
		if _, complained, status := d.run(strings.Fields(line)...); status != exitFailed || !strings.Contains(complained, "written by a newer eshopctl") {
			t.Errorf("%s: %d, %s", line, status, complained)
		}
	}
	if after, err := os.ReadFile(d.statePath()); err != nil || string(after) != string(before) {
		t.Errorf("the file was changed (%v)", err)
	}
}

// expectNobodyMoved compares shop and store, which differ in nothing but so many rows that
// are to be filled: a difference, which nobody made.
func (d *desk) expectNobodyMoved(rows int) {
	d.t.Helper()
	printed, _, status := d.run("reconcile", "--exit-code", "-o", "json")
	var run struct {
		Counts         struct{ Products filledCounts }
		Reconciliation struct{ Moved map[string]int }
	}
	err := json.Unmarshal([]byte(printed), &run)
	if want := (filledCounts{Read: rows, Updated: rows, Filled: rows}); err != nil || status != exitDifferent || run.Counts.Products != want || len(run.Reconciliation.Moved) > 0 {
		d.t.Errorf("%d, %v, %+v\n%s", status, err, run, printed)
	}
	printed, _, status = d.run("reconcile", "--exit-code", "--changes")
	for _, said := range []string{" filled ", " rows are empty in columns that are new; the next import fills them", " differences found"} {
		if status != exitDifferent || !strings.Contains(printed, said) || strings.Contains(printed, "the shop changed") {
			d.t.Errorf("%d, not %q:\n%s", status, said, printed)
		}
	}
	if listed := d.mustRun("runs", "changes", "latest", "--limit", "0"); strings.Contains(listed, "changed in the shop") {
		d.t.Errorf("each of them:\n%s", listed)
	}
}

// filledCounts are some of the counts of a table.
type filledCounts struct{ Read, Updated, Unchanged, Filled int }

// expectProducts runs a command and holds its counts of products against these.
func (d *desk) expectProducts(what string, want filledCounts, args ...string) {
	d.t.Helper()
	var run struct {
		Counts struct{ Products filledCounts }
	}
	printed := d.mustRun(append(args, "-o", "json")...)
	if err := json.Unmarshal([]byte(printed), &run); err != nil || run.Counts.Products != want {
		d.t.Errorf("%s: %+v, %v, want %+v\n%s", what, run.Counts.Products, err, want, printed)
	}
}

// buildWith builds the program as it is once files are written like that.
func buildWith(t *testing.T, edits []struct{ file, old, new string }) (program string) {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command to build the program with")
	}
	folder := t.TempDir()
	written, replace := map[string]string{}, map[string]string{}
	for _, edit := range edits {
		if _, begun := written[edit.file]; !begun && edit.old != "" {
			source, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(edit.file)))
			if err != nil {
				t.Fatal(err)
			}
			written[edit.file] = string(source)
		}
		if n := strings.Count(written[edit.file], edit.old); edit.old != "" && n != 1 {
			t.Fatalf("%s has %d of %q", edit.file, n, edit.old)
		}
		written[edit.file] = strings.Replace(written[edit.file], edit.old, edit.new, 1)
	}
	for file, text := range written {
		original, err := filepath.Abs(filepath.Join("..", filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		replace[original] = filepath.Join(folder, strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(replace[original], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "overlay.json"), overlay, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(folder, "eshopctl")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-overlay", filepath.Join(folder, "overlay.json"), "-ldflags=-s -w", "-o", program, "..").CombinedOutput(); err != nil {
		t.Fatalf("%s: %s", err, out)
	}
	return program
}
