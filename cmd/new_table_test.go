package cmd

import (
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// boxes are a table that the recipe for a table in CONTRIBUTING makes: each product has a
// box, which somebody packed.
const boxes = `CREATE TABLE boxes (id INTEGER PRIMARY KEY, store TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, external_id TEXT NOT NULL, product_external_id TEXT, title TEXT, packer TEXT, missing_since TEXT, UNIQUE (account, external_id));
-- trigger boxes_inserted boxes
CREATE TRIGGER boxes_inserted AFTER INSERT ON boxes WHEN NEW.account IS NOT NULL AND NEW.external_id IS NOT NULL BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'boxes', NEW.external_id, ''); END;
-- trigger boxes_updated boxes
CREATE TRIGGER boxes_updated AFTER UPDATE ON boxes WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'boxes', NEW.external_id, ''); END;
-- trigger boxes_deleted boxes
CREATE TRIGGER boxes_deleted AFTER DELETE ON boxes WHEN (SELECT yes FROM importing) = 0 BEGIN INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (OLD.account, 'boxes', OLD.external_id, ''); END;
`

// newTable is what that recipe tells to write, in four files.
var newTable = []struct{ file, old, new string }{
	{"importer/tables.go", "Warehouses, Stock}", "Warehouses, Stock, Boxes}"},
	{"importer/tables.go", "// MediaLinks are", `// Boxes are what products come in.
var Boxes = &Table{
	Name: "boxes", One: "box", Resource: connector.Products,
	Columns: []Column{{Name: "external_id"}, {Name: "product_external_id"}, {Name: "title"}, {Name: "packer", Personal: true}},
	Keys: []int{0}, Parents: []Parent{{Column: 1, Table: Products, As: "product"}}, Reason: 2, Local: true, Kept: true,
	Naming: Naming{Title: 2}, Shown: Shown{Listed: "title product packer"}, Searched: []string{"title"},
}

// MediaLinks are`},
	{"shopify/give.go", "	return g.intake.Product(product)\n", `	if err := g.intake.Product(product); err != nil {
		return err
	}
	return g.intake.Put(importer.Boxes, importer.Record{importer.String("box/" + product.ID), importer.String(product.ID), importer.String("Box of " + product.Title), importer.String("Ada")})
`},
	{"state/schema.sql", "-- table accounts accounts\n", "-- table boxes boxes\n" + boxes + "-- table accounts accounts\n"},
	{"state/migrations/9999_boxes.sql", "", boxes},
}

// A table that is added by the recipe is imported into a state of the schema before, and
// everything that operators type knows it.
func TestANewTableInAStateOfBefore(t *testing.T) {
	campaign.Needs(t, campaign.CI, "builds another program")
	t.Parallel()
	newer := buildWith(t, newTable)
	d := newDesk(t, sandbox.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", d.shop.Domain(), "--auth", "browser")
	d.mustRun("import", "run", "--yes")
	d.program = newer
	for _, typed := range []struct{ line, wanted string }{
		{"import preview --changes", "boxes: 35 would be created"},
		{"import run --yes -o json", `"created": 35`},
		{"import run --yes -o json", `"unchanged": 35`},
		{"catalog boxes", "35 boxes"},
		{"catalog boxes --search mug -o csv", ",Ada"},
		{"reconcile --exit-code", "boxes"},
		{"runs changes latest --resource boxes", "no differences"},
		{"explain stock MUG-1", "every gate was passed"},
		{"runs prune --keep 1", ""},
		{"import preview", "boxes"},
	} {
		if printed := d.mustRun(strings.Fields(typed.line)...); !strings.Contains(printed, typed.wanted) {
			t.Errorf("%s: no %q:\n%s", typed.line, typed.wanted, printed)
		}
	}
}
