package cmd

import (
	"path/filepath"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state"
)

// atWorkOn has another run hold the store, as the program itself would.
func atWorkOn(d *counter) {
	db, err := state.Open(d.Context(), filepath.Join(d.folder, "eshopctl", "state.db"))
	if err != nil {
		d.Fatal(err)
	}
	lock := db.StoreLock(connector.ID{Store: "main", Provider: "shopify"})
	if err := lock.Take(d.Context(), "an import"); err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() { lock.Release(); db.Close() })
}

func importRemedies() map[string][]remedy {
	frozen := func(on bool) func(d *counter) { return func(d *counter) { d.shop.Freeze(on) } }
	running := edits(`UPDATE runs SET status = 'running', finished_at = NULL WHERE kind = 'import'`)
	return map[string][]remedy{
		"no_import": {{fault: connected}, {fault: then(connected, types(exit.Done, "import preview"))}, {fault: then(connected, frozen(true), types(exit.Connect, "import preview"), frozen(false), types(exit.Done, "status --probe"))}},
		"run_stopped": {
			{fault: then(connected, types(exit.Guard, "import run --yes --max-create 1"))},
			{fault: then(connected, types(exit.Guard, "import run --yes --fail-on any"))},
			{fault: then(imported, types(exit.Done, "disconnect shopify --store main --yes"), types(exit.Done, "connect shopify --store main --shop "+sandboxShop), types(exit.Guard, "import run --yes"), edits(`DELETE FROM products`))},
		},
		"run_failed":      {{fault: then(imported, frozen(true), types(exit.Connect, "import run --yes"), frozen(false), types(exit.Done, "status --probe"))}},
		"run_interrupted": {{fault: then(imported, running)}},
		"run_partial": {
			{fault: then(connected, types(exit.Partial, "import run --yes --only stock"))},
			{fault: then(imported, lost, edits(`UPDATE warehouses SET name = 'Old depot' WHERE name = 'Shop York'`), types(exit.Partial, "import run --yes"), types(exit.Done, "warehouses link 2 gid://shopify/Location/71234565539"))},
		},
		"run_at_work": {{fault: then(imported, running, atWorkOn)}},
		"at_work":     {{fault: then(imported, atWorkOn)}},

		"never_imported":  {{fault: then(connected, types(exit.Done, "import run --yes --only products"))}},
		"too_old":         {{fault: then(imported, clock(8*24*time.Hour))}, {fault: then(imported, sets("ESHOPCTL_ERROR_AGE", "1m"), clock(time.Hour))}},
		"rather_old":      {{fault: then(imported, clock(25*time.Hour))}, {topic: "--max-age 7d,stock=1h", fault: then(imported, clock(2*time.Hour))}},
		"from_the_future": {{fault: then(connected, clock(48*time.Hour), types(exit.Done, "import run --yes"), clock(0)), person: clock(0)}},
	}
}

// lost has a warehouse lose the location that it stands for.
func lost(d *counter) {
	edits(`UPDATE warehouses SET external_id = NULL, account = NULL WHERE name = 'Shop York'`)(d)
}

func stockRemedies() map[string][]remedy {
	return map[string][]remedy{
		"warehouse_link_lost": {
			{topic: "warehouses", fault: then(imported, lost)},
			{fault: then(imported, lost, edits(`UPDATE warehouses SET name = 'Old depot' WHERE name = 'Shop York'`), types(exit.Partial, "import run --yes"))},
			{fault: then(imported, lost, edits(`UPDATE warehouses SET name = 'Old depot' WHERE name = 'Shop York'`))},
		},
		"warehouse_doubled":    {{fault: then(imported, edits(`INSERT INTO warehouses (store, name, active) VALUES ('main', 'Depot (planned)', 1)`), types(exit.Done, "warehouses link 7 gid://shopify/Location/71234532770 --move"))}},
		"warehouse_unlinked":   {{fault: then(imported, edits(`INSERT INTO warehouses (store, name, active, address) VALUES ('main', 'Cellar', 1, '{}')`))}},
		"warehouse_name_twice": {{topic: "warehouses", fault: imported}},
		"no_warehouses":        {{topic: "stock", fault: then(imported, edits(`DELETE FROM warehouses`))}},
		"no_levels":            {{topic: "stock", fault: then(imported, edits(`DELETE FROM stock`))}},
		"stock_warned":         {{topic: "stock", fault: imported}},
		"untracked":            {{topic: "stock", fault: imported}},
		"edited":               {{fault: then(imported, edits(`UPDATE stock SET available = 500 WHERE sku = 'POT-1'`))}},
		"sku_off":              {{topic: "stock POT-1", fault: then(imported, edits(`UPDATE stock SET available = 500 WHERE sku = 'POT-1'`))}, {topic: "stock POT-1", fault: then(imported, edits(`DELETE FROM stock WHERE sku = 'POT-1'`))}},
		"sku_in_shop":          {{topic: "stock NO-SUCH-SKU", fault: imported}},
		"sku_behind": {{topic: "stock POT-1", fault: then(imported, func(d *counter) {
			if err := d.shop.SetAvailable("POT-1", "Warehouse Leeds", 3); err != nil {
				d.Fatal(err)
			}
		})}},
	}
}
