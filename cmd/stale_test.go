package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// What comes between a preview and its run is either refused, with the reason
// and with nothing written, or harmless: then exactly the previewed changes are
// applied and whatever else was changed meanwhile stays.

// between is one thing that happens between a preview and its run.
type between struct {
	name   string
	sql    string                            // by another program, in the state file
	do     func(d *desk)                     // or done by hand
	flags  []string                          // of the run
	status int                               // wanted of the run; 0 for harmless
	reason string                            // part of what is said then
	stays  string                            // a query that must find something after a harmless one
	undo   func(d *desk)                     // what it did to the shop, which all cases share
	plan   func(d *desk, plan string) string // another PLAN to type
}

const stale = "the plan is stale: "

func betweens() []between {
	sql := func(name, statement string, status int, reason, stays string) between {
		return between{name: name, sql: statement, status: status, reason: reason, stays: stays}
	}
	edited := func(name, statement string) between { return sql(name, statement, exit.Stale, stale, "") }
	harmless := func(name, statement, stays string) between { return sql(name, statement, exit.Done, "", stays) }
	typed := func(name string, status int, reason string, commands ...string) between {
		return between{name: name, status: status, reason: reason, do: func(d *desk) {
			for _, command := range commands {
				d.run(strings.Fields(command)...)
			}
		}}
	}
	return []between{
		{name: "nothing"},

		// rows that the plan changes
		edited("an updated row is edited in the same field", "UPDATE variants SET price = '1.00' WHERE sku = 'POT-1'"),
		edited("an updated row is edited in another field", "UPDATE variants SET barcode = 'x' WHERE sku = 'POT-1'"),
		edited("an updated row is edited to what the plan writes", "UPDATE variants SET price = '42.00' WHERE sku = 'POT-1'"),
		edited("an updated row is emptied", "UPDATE variants SET price = NULL WHERE sku = 'POT-1'"),
		edited("an updated row gets a value of another type", "UPDATE stock SET available = 'lots' WHERE sku = 'JUG-1' AND available = 8"),
		edited("an updated row is deleted", "DELETE FROM variants WHERE sku = 'POT-1'"),
		edited("an updated row gets another identity", "UPDATE variants SET external_id = 'gid://shopify/ProductVariant/1' WHERE sku = 'POT-1'"),
		edited("an updated stock level is edited", "UPDATE stock SET available = 77 WHERE sku = 'JUG-1' AND available = 8"),
		edited("an updated stock level is deleted", "DELETE FROM stock WHERE sku = 'JUG-1' AND available = 8"),
		edited("a whole table is emptied", "DELETE FROM variants"),
		edited("a row that is marked missing is edited", "UPDATE products SET title = 'mine' WHERE slug = 'breakfast-tea'"),
		edited("a row that is marked missing is deleted", "DELETE FROM products WHERE slug = 'breakfast-tea'"),
		edited("a removed level is edited", "UPDATE stock SET available = 5 WHERE sku = 'KET-1' AND available = -3"),
		edited("a removed level is deleted", "DELETE FROM stock WHERE sku = 'KET-1' AND available = -3"),
		harmless("an updated row is edited and edited back",
			"UPDATE variants SET price = '1.00' WHERE sku = 'POT-1'; UPDATE variants SET price = '38.00' WHERE sku = 'POT-1'", ""),
		harmless("an updated row is written the same", "UPDATE variants SET price = price WHERE sku = 'POT-1'", ""),
		harmless("another spelling of the same price", "UPDATE variants SET price = '38.0' WHERE sku = 'POT-1'", ""),
		harmless("bookkeeping of an updated row is edited", "UPDATE products SET created_run = 'x'", "SELECT 1 FROM products WHERE created_run = 'x'"),
		harmless("a record that came back is marked missing", "UPDATE warehouses SET missing_since = '2026' WHERE name = 'Shop York'", ""),

		// rows that the plan creates
		edited("a record that the plan creates is inserted",
			"INSERT INTO products (store, account, external_id, title) SELECT 'main', account, '$GAIWAN', 'x' FROM products LIMIT 1"),
		edited("the product of a created variant is deleted", "DELETE FROM products WHERE slug = 'coaster'"),
		edited("the variant of a created level is deleted", "DELETE FROM variants WHERE sku = 'MUG-4'"),
		edited("the mapping of the warehouse of a created level is lost", "UPDATE warehouses SET external_id = NULL, account = NULL WHERE name = 'Old Shop Whitby'"),
		harmless("a record that nobody knows is inserted",
			"INSERT INTO products (store, account, external_id, title) SELECT 'main', account, 'gid://shopify/Product/1', 'x' FROM products LIMIT 1",
			"SELECT 1 FROM products WHERE external_id = 'gid://shopify/Product/1'"),
		harmless("a row without an identity is inserted", "INSERT INTO warehouses (store, name) VALUES ('main', 'Attic')",
			"SELECT 1 FROM warehouses WHERE name = 'Attic' AND external_id IS NULL"),

		// rows that the plan leaves alone
		harmless("another product is edited", "UPDATE products SET title = 'mine' WHERE slug = 'enamel-mug'", "SELECT 1 FROM products WHERE title = 'mine'"),
		edited("another product is deleted, but not its variants", "DELETE FROM products WHERE slug = 'enamel-mug'"),
		harmless("another stock level is edited", "UPDATE stock SET available = 77 WHERE sku = 'POT-1' AND available = 11", "SELECT 1 FROM stock WHERE available = 77"),
		harmless("another stock level is deleted", "DELETE FROM stock WHERE sku = 'POT-1' AND available = 11",
			"SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM stock WHERE sku = 'POT-1' AND available = 11)"),
		harmless("another stock level is inserted",
			"INSERT INTO stock (store, account, inventory_item_id, warehouse_external_id, tracked, available) SELECT store, account, 'gid://shopify/InventoryItem/1', warehouse_external_id, 1, 5 FROM stock LIMIT 1",
			"SELECT 1 FROM stock WHERE inventory_item_id = 'gid://shopify/InventoryItem/1'"),
		harmless("another row becomes another store's", "UPDATE categories SET store = 'elsewhere' WHERE id = (SELECT min(id) FROM categories)",
			"SELECT 1 FROM categories WHERE store = 'elsewhere'"),
		harmless("an index is made", "CREATE INDEX mine ON products (vendor)", "SELECT 1 FROM sqlite_schema WHERE name = 'mine'"),

		// warehouses and their mapping
		typed("a warehouse is unlinked by hand", exit.Stale, stale+"another run, link or unlink", "warehouses unlink 1 --store main"),
		typed("a warehouse is unlinked and linked again", exit.Stale, stale+"another run, link or unlink",
			"warehouses unlink 1 --store main", "warehouses link 1 gid://shopify/Location/71234532770 --store main"),
		edited("the mapping of a warehouse that the plan renames is lost", "UPDATE warehouses SET external_id = NULL, account = NULL WHERE name = 'Shop York'"),
		edited("the mapping of another warehouse is lost, and its stock stays", "UPDATE warehouses SET external_id = NULL, account = NULL WHERE name = 'Warehouse Leeds'"),
		edited("another warehouse is deleted, and its stock stays", "DELETE FROM warehouses WHERE name = 'Northern Parcels'"),
		edited("two warehouses swap their mapping", `UPDATE warehouses SET external_id = 'x' WHERE name = 'Shop York';
			UPDATE warehouses SET external_id = 'gid://shopify/Location/71234565539' WHERE name = 'Warehouse Leeds';
			UPDATE warehouses SET external_id = 'gid://shopify/Location/71234532770' WHERE name = 'Shop York'`),
		edited("a warehouse that the plan renames is renamed here", "UPDATE warehouses SET name = 'mine' WHERE name = 'Shop York'"),
		edited("a warehouse that the plan renames is deleted", "DELETE FROM warehouses WHERE name = 'Shop York'"),
		harmless("another warehouse is renamed here", "UPDATE warehouses SET name = 'mine' WHERE name = 'Warehouse Leeds'", "SELECT 1 FROM warehouses WHERE name = 'mine'"),
		harmless("a warehouse of the new name is made here", "INSERT INTO warehouses (store, name) VALUES ('main', 'Shop York Minster')",
			"SELECT 1 FROM warehouses WHERE name = 'Shop York Minster' AND external_id IS NULL"),

		// other runs
		typed("another import", exit.Stale, stale+"another run, link or unlink", "import run --store main --yes"),
		typed("another plan is applied", exit.Stale, stale+"another run, link or unlink", "import preview --store main", "import run latest --store main --yes"),
		typed("another preview", exit.Done, "", "import preview --store main"),
		typed("an import that a guard stopped", exit.Done, "", "import run --store main --yes --max-update 0"),
		typed("an import of part of the resources", exit.Stale, stale+"another run, link or unlink", "import run --store main --yes --only categories"),
		typed("another store's import", exit.Done, "",
			"connect shopify --store outlet --shop outlet.myshopify.com --auth browser", "import run --store outlet --yes"),
		typed("its changes are pruned", exit.Usage, "has no plan", "import preview --store main", "runs prune --keep 0 --store main"),

		// the connection
		typed("disconnected", exit.Connect, "not connected", "disconnect shopify --store main --yes --local"),
		typed("connected again to the same shop", exit.Done, "", "disconnect shopify --store main --yes --local",
			"connect shopify --store main --shop tea-and-cups --auth browser"),
		typed("renewed without a disconnect", exit.Done, "", "connect shopify --store main --shop tea-and-cups --auth browser"),
		typed("connected for fewer resources", exit.Stale, stale+"the scopes that the shop grants changed",
			"connect shopify --store main --shop tea-and-cups --auth browser --only products,categories"),
		typed("connected to another shop", exit.Stale, stale+"the store is connected to another shop now", "disconnect shopify --store main --yes --local",
			"connect shopify --store main --shop outlet.myshopify.com --auth browser"),
		{name: "connected again when the shop counts in another currency", sql: "UPDATE accounts SET currency = 'EUR' WHERE store = 'main'",
			status: exit.Stale, reason: stale + "the shop's currency changed from GBP to EUR"},
		{name: "a scope is taken away", status: exit.Stale, reason: stale + "the scopes that the shop grants changed",
			do: func(d *desk) {
				d.server.SetGrantedScopes(d.shop.Domain(), []string{"read_products", "read_locations"})
				d.run("status", "--store", "main", "--probe")
			},
			undo: func(d *desk) {
				d.server.SetGrantedScopes(d.shop.Domain(), []string{"read_products", "read_inventory", "read_locations"})
			}},
		{name: "a scope is added", status: exit.Stale, reason: stale + "the scopes that the shop grants changed",
			do: func(d *desk) {
				d.server.SetGrantedScopes(d.shop.Domain(), []string{"read_products", "read_inventory", "read_locations", "read_files"})
				d.run("status", "--store", "main", "--probe")
			},
			undo: func(d *desk) {
				d.server.SetGrantedScopes(d.shop.Domain(), []string{"read_products", "read_inventory", "read_locations"})
			}},
		{name: "the shop is frozen", do: func(d *desk) { d.shop.Freeze(true) }, undo: func(d *desk) { d.shop.Freeze(false) }},
		{name: "the tokens end", do: func(d *desk) { d.server.ExpireTokens(d.shop.Domain()) }},
		{name: "the shop is out of reach", do: func(d *desk) { d.variables = append(d.variables, "ESHOPCTL_SHOPIFY_URL=http://127.0.0.1:9") }},

		// the shop
		{name: "the shop changes", do: func(d *desk) { _ = d.shop.SetPrice("MUG-1", "99.00") }, undo: func(d *desk) { _ = d.shop.SetPrice("MUG-1", "9.50") },
			stays: "SELECT 1 FROM variants WHERE sku = 'MUG-1' AND price = '9.50'"},
		{name: "a location is renamed once more", do: func(d *desk) { _ = d.shop.RenameLocation("Shop York Minster", "Shop Ripon") },
			undo: func(d *desk) { _ = d.shop.RenameLocation("Shop Ripon", "Shop York Minster") }},

		// age, settings, files
		{name: "it is too old", flags: []string{"--max-plan-age", "1ms"}, status: exit.Stale, reason: stale + "it was made"},
		{name: "an age limit in the configuration", do: configured("max_plan_age: 1ms"), status: exit.Stale, reason: stale + "it was made"},
		{name: "a guard in the configuration", do: configured("max_update: 99\nstores:\n  main:\n    max_update: 0"), status: exit.Guard, reason: "stopped, nothing was written"},
		{name: "edits that the plan overwrites are to be kept", flags: []string{"--keep-local-edits"}, status: exit.Usage, reason: "was made without --keep-local-edits"},
		{name: "what it marks missing is to be archived", flags: []string{"--archive-missing"}, status: exit.Usage, reason: "was made without --archive-missing"},
		{name: "less than it covers is wanted", flags: []string{"--only", "products"}, status: exit.Usage, reason: "was made without --only products"},
		{name: "all that it covers is wanted", flags: []string{"--only", "stock,warehouses,categories,products"}},
		{name: "another guard on the command line", flags: []string{"--max-zeroed", "0"}, status: exit.Guard, reason: "stopped, nothing was written"},
		{name: "a warning that fails", flags: []string{"--fail-on", "W-WAREHOUSE-RENAMED"}, status: exit.Guard, reason: "W-WAREHOUSE-RENAMED 1"},
		{name: "the state file moves", do: func(d *desk) {
			moved := filepath.Join(d.home, "elsewhere", "state.db")
			_ = os.MkdirAll(filepath.Dir(moved), 0o700)
			_ = os.Rename(d.statePath(), moved)
			d.state = moved
			d.variables = append(d.variables, "ESHOPCTL_STATE="+moved)
		}},
		{name: "the key is lost", do: func(d *desk) { _ = os.Remove(filepath.Join(d.home, ".config", "eshopctl", "key")) }},
		{name: "a plan that is not there", plan: func(*desk, string) string { return "19990101-0000-0000" }, status: exit.Usage, reason: "no such run"},
		{name: "the run of an import", plan: func(d *desk, _ string) string { return runIDs(d.mustRun("runs", "list", "--kind", "import"))[0] },
			status: exit.Usage, reason: "only the plan of a preview can be applied"},
		{name: "the beginning of its id", plan: func(_ *desk, plan string) string { return plan[:len(plan)-1] }},
	}
}

func configured(settings string) func(*desk) {
	return func(d *desk) {
		_ = os.WriteFile(filepath.Join(d.home, ".config", "eshopctl", "config.yaml"), []byte(settings+"\n"), 0o600)
	}
}

// planned are queries that find something once the plan was applied.
var planned = []string{
	"SELECT 1 FROM variants WHERE sku = 'POT-1' AND price = '42.00'",
	"SELECT 1 FROM warehouses WHERE name = 'Shop York Minster' AND external_id = 'gid://shopify/Location/71234565539' AND missing_since IS NULL",
	"SELECT 1 FROM stock WHERE sku = 'JUG-1' AND available = 6",
	"SELECT 1 FROM stock WHERE sku = 'COA-9' AND available = 4",
	"SELECT 1 FROM products WHERE slug = 'gaiwan' AND title = 'Gaiwan'",
	"SELECT 1 FROM products WHERE slug = 'breakfast-tea' AND missing_since IS NOT NULL",
	"SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM stock WHERE sku = 'KET-1' AND available = -3)",
}

func TestWhatComesBetweenPreviewAndRun(t *testing.T) {
	t.Parallel()
	shop, outlet := sandboxtest.DefaultShop(), sandboxtest.NewShop("outlet.myshopify.com", "Outlet", "EUR")
	first := newDeskWith(t, nil, shop, outlet)
	first.mustRun("connect", "shopify", "--store", "main", "--shop", shop.Domain(), "--auth", "browser")
	first.mustRun("import", "run", "--store", "main", "--yes")
	gaiwan, err := shop.AddProduct(sandboxtest.NewProduct{Handle: "gaiwan", Title: "Gaiwan"})
	_, more := shop.AddVariant("coaster", sandboxtest.NewVariant{Values: []string{"Slate"}, SKU: new("COA-9"), Stock: []sandboxtest.Stock{{Location: "Old Shop Whitby", Available: 4}}})
	for _, err := range []error{
		err, more, shop.SetPrice("POT-1", "42.00"), shop.RenameLocation("Shop York", "Shop York Minster"), shop.Sell("JUG-1", "Warehouse Leeds", 2),
		shop.SetAvailable("MUG-4", "Northern Parcels", 3), shop.RemoveProduct("breakfast-tea"), shop.RemoveLevel("KET-1", "Warehouse Leeds"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	plan := runIDs(first.mustRun("import", "preview", "--store", "main"))[0]
	all := betweens()
	for _, c := range campaign.Some(t, "things that come between", all, 12, len(all)) {
		t.Run(c.name, func(t *testing.T) {
			d := *first
			d.t, d.home, d.variables = t, t.TempDir(), append([]string(nil), first.variables...)
			copyFolder(t, first.home, d.home)
			c.sql = strings.ReplaceAll(c.sql, "$GAIWAN", gaiwan)
			c.check(t, &d, plan)
		})
	}
}

func (c between) check(t *testing.T, d *desk, plan string) {
	if c.sql != "" {
		if err := execSQL(d.statePath(), c.sql); err != nil {
			t.Fatal(err)
		}
	}
	if c.do != nil {
		c.do(d)
	}
	if c.undo != nil {
		defer c.undo(d)
	}
	if c.plan != nil {
		plan = c.plan(d, plan)
	}
	before := d.digest()
	printed, told, status := d.run(append([]string{"import", "run", plan, "--store", "main", "--yes"}, c.flags...)...)
	if status != c.status {
		t.Fatalf("exit status %d, want %d\n%s%s", status, c.status, printed, told)
	}
	if c.status != exit.Done {
		if !strings.Contains(told, c.reason) || !saysWhatIsNext(told) {
			t.Errorf("it does not say %q and what to do next:\n%s", c.reason, told)
		}
		if d.digest() != before {
			t.Error("it was refused, but the catalogue was written")
		}
		return
	}
	for _, query := range append([]string{c.stays}, planned...) {
		if query != "" && !d.finds(query) {
			t.Errorf("not so after the run: %s", query)
		}
	}
}

// finds reports whether a query gives a row.
func (d *desk) finds(query string) bool {
	d.t.Helper()
	db, err := openSQL(d.statePath())
	if err != nil {
		d.t.Fatal(err)
	}
	defer db.Close()
	var one int
	return db.QueryRow(query).Scan(&one) == nil
}
