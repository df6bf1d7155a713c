package cmd

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// newColumn is what CONTRIBUTING's recipe for a column tells to write, besides its
// migration. It gives products their season.
var newColumn = []edit{
	{"importer/tables.go", lastColumn("Products"), behind(`, {Name: "season"}`)},
	{"importer/shop.go", lastField("Product"), behind("\n\tSeason string")},
	{"importer/shop.go", lastValue("Product"), behind(", String(p.Season)")},
	{"shopify/records/product.go", lastElement("Product", "ForImport"), behind(`, Season: "of 2026"`)},
}

// A column that is added by the recipe is filled in a state of the schema before: that is
// counted apart and stops nothing, and a rerun writes nothing. The program from before
// refuses that state from then on, and leaves it as it is.
func TestANewColumnInAStateOfBefore(t *testing.T) {
	campaign.Needs(t, campaign.CI, "builds another program")
	t.Parallel()
	newer := buildWith(t, "ALTER TABLE products ADD COLUMN season TEXT;\n", newColumn)
	d := newDesk(t, sandboxtest.DefaultShop())
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
		if _, complained, status := d.run(strings.Fields(line)...); status != exit.Failed || !strings.Contains(complained, "written by a newer eshopctl") {
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
	if want := (filledCounts{Read: rows, Updated: rows, Filled: rows}); err != nil || status != exit.Different || run.Counts.Products != want || len(run.Reconciliation.Moved) > 0 {
		d.t.Errorf("%d, %v, %+v\n%s", status, err, run, printed)
	}
	printed, _, status = d.run("reconcile", "--exit-code", "--changes")
	for _, said := range []string{" filled ", " rows are empty in columns that are new; the next import fills them", " differences found"} {
		if status != exit.Different || !strings.Contains(printed, said) || strings.Contains(printed, "the shop changed") {
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
