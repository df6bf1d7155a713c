package cmd

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// boxes make the table that the recipe for a table in CONTRIBUTING makes: each product has
// a box, which somebody packed.
const boxes = `CREATE TABLE boxes (id INTEGER PRIMARY KEY, store TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, external_id TEXT NOT NULL, product_external_id TEXT, title TEXT, packer TEXT, missing_since TEXT, UNIQUE (account, external_id));
CREATE TRIGGER boxes_inserted AFTER INSERT ON boxes WHEN NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'boxes', NEW.external_id, '');
END;
CREATE TRIGGER boxes_updated AFTER UPDATE ON boxes WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'boxes', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL;
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT NEW.account, 'boxes', NEW.external_id, '' WHERE NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL;
END;
CREATE TRIGGER boxes_deleted AFTER DELETE ON boxes WHEN (SELECT yes FROM importing) = 0 BEGIN
  INSERT OR REPLACE INTO edits (account, resource, key1, key2) SELECT OLD.account, 'boxes', OLD.external_id, '' WHERE OLD.account IS NOT NULL AND OLD.external_id IS NOT NULL;
END;
`

// newTable is what that recipe tells to write besides.
var newTable = []edit{
	{"importer/tables.go", lastTable, behind(", Boxes")},
	{"importer/tables.go", lastDeclaration, behind(`

// Boxes are what products come in.
var Boxes = &Table{
	Name: "boxes", One: "box", Resource: connector.Products,
	Columns: []Column{{Name: "external_id"}, {Name: "product_external_id"}, {Name: "title"}, {Name: "packer", Personal: true}},
	Keys: []int{0}, Parents: []Parent{{Column: 1, Table: Products, As: "product"}}, Reason: 2, Local: true, Kept: true,
	Naming: Naming{Title: 2}, Shown: Shown{Listed: "title product packer missing_since"}, Searched: []string{"title"}, Filters: []Filter{vanished},
}
`)},
	{"shopify/records/giver.go", lastStatement("Giver", "GiveProduct"), func(was string) string {
		return "if err := " + strings.TrimPrefix(was, "return ") + `; err != nil {
		return err
	}
	return g.intake.Put(importer.Boxes, importer.Record{importer.String("box/" + product.ID), importer.String(product.ID), importer.String("Box of " + product.Title), importer.String("Ada")})`
	}},
}

// A table that is added by the recipe is imported into a state of the schema before, and
// everything that operators type knows it. A plan of before stays good.
func TestANewTableInAStateOfBefore(t *testing.T) {
	campaign.Needs(t, campaign.CI, "builds another program")
	t.Parallel()
	newer := buildWith(t, boxes, newTable)
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", d.shop.Domain(), "--auth", "browser")
	d.mustRun("import", "run", "--yes")
	if err := d.shop.Retitle("enamel-mug", "Retitled"); err != nil {
		t.Fatal(err)
	}
	var plan struct{ ID string }
	if err := json.Unmarshal([]byte(d.mustRun("import", "preview", "-o", "json")), &plan); err != nil {
		t.Fatal(err)
	}
	d.program = newer
	const dropped = importer.WarnSnapshotDropped
	for _, typed := range []struct{ line, wanted, unwanted string }{
		{"runs changes PLAN", "Retitled", ""},
		{"import preview --from PLAN", "would be written", dropped},
		{"import run PLAN --yes", " written", dropped},
		{"catalog products --search Retitled", "1 product", ""},
		{"import preview --changes", "boxes: 35 would be created", dropped},
		{"import run --yes -o json", `"created": 35`, dropped},
		{"import run --yes -o json", `"unchanged": 35`, dropped},
		{"catalog boxes", "35 boxes", ""},
		{"catalog boxes --search mug -o csv", ",Ada", ""},
		{"reconcile --exit-code", "boxes", dropped},
		{"runs changes latest --resource boxes", "no differences", ""},
		{"explain stock MUG-1", "every gate was passed", ""},
		{"runs prune --keep 1", "", ""},
		{"import preview", "boxes", dropped},
	} {
		line := strings.ReplaceAll(typed.line, "PLAN", plan.ID)
		if printed := d.mustRun(strings.Fields(line)...); !strings.Contains(printed, typed.wanted) || typed.unwanted != "" && strings.Contains(printed, typed.unwanted) {
			t.Errorf("%s: no %q, or %q:\n%s", line, typed.wanted, typed.unwanted, printed)
		}
	}
}
