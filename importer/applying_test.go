package importer_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// The transaction looks itself, even if the records of the plan are as they were.
func TestARunInBetweenMakesAPlanStale(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(2))
	b.run()
	b.shop.products[0].Title = "Other"
	_, old := b.preview(importer.Choices{})
	b.shop.products[0].Title = "Tea 0"
	b.run() // changes nothing
	if _, err := b.apply(old); codeOf(err) != connector.StalePlan {
		t.Errorf("applied after another run: %v", err)
	}
	if title := b.value(importer.Products, product(0), "title"); title != "Tea 0" {
		t.Errorf("it wrote %q", title)
	}
}

// Others may delete what a plan makes rows of, or leaves rows of.
func TestNoRowIsMadeOfWhatWasDeleted(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(2))
	b.run()
	second := b.shop.variants[0]
	second.ID, second.InventoryItemID = variant(9), item(9)
	b.shop.variants = append(b.shop.variants, second)
	_, plan := b.preview(importer.Choices{})
	b.sql("DELETE FROM products WHERE external_id = ?", product(0))
	if _, err := b.apply(plan); codeOf(err) != connector.StalePlan || !strings.Contains(err.Error(), "taken away") {
		t.Errorf("applied without the product: %v", err)
	}
	if _, made := b.row(importer.Variants, variant(9)); made {
		t.Error("a variant of nothing was made")
	}
}

// An edit that the plan did not see is one that the next plan has to see.
func TestEditsAfterThePlanAreRemembered(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(3))
	b.run()
	b.shop.products[0].Title = "Other"
	_, plan := b.preview(importer.Choices{})
	b.sql("UPDATE products SET title = 'Mine' WHERE external_id = ?", product(1))
	if _, err := b.apply(plan); err != nil {
		t.Fatal(err)
	}
	if _, next := b.preview(importer.Choices{}); next.Counts.Of(importer.Products).Drifted != 1 || next.Counts.Of(importer.Products).Updated != 1 {
		t.Errorf("the edit is forgotten: %+v", next.Counts.Of(importer.Products))
	}
}

// Law 1: no record without an account, or nothing is written.
func TestWhatDoesNotBalanceIsStopped(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*importer.Counts){
		"one was lost":       func(c *importer.Counts) { c.Read++ },
		"one counts twice":   func(c *importer.Counts) { c.Created++ },
		"a rejection counts": func(c *importer.Counts) { c.Rejected++ },
	} {
		b := newBench(t, newShop(1))
		_, plan := b.preview(importer.Choices{})
		spoil(plan.Counts.Of(importer.Stock))
		if _, err := b.apply(plan); codeOf(err) != connector.Internal || !strings.Contains(err.Error(), "stock does not balance") {
			t.Errorf("%s: %v", name, err)
		}
		if _, written := b.row(importer.Products, product(0)); written {
			t.Errorf("%s: it was written", name)
		}
	}
}

func TestOneRejectionMakesARunPartial(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(3))
	b.shop.variants[1].Price = "ten"
	b.shop.levels = b.shop.levels[:1]
	run := b.run()
	if run.Status != importer.Partial || run.Counts.Of(importer.Variants).Rejected != 1 || run.RejectedBy[importer.RejectValueInvalid] != 1 {
		t.Errorf("%s, %+v, %v", run.Status, run.Counts.Of(importer.Variants), run.RejectedBy)
	}
	b.shop.variants[1].Price = "10.00"
	if run := b.run(); run.Status != importer.Succeeded || run.Counts.Of(importer.Variants).Created != 1 {
		t.Errorf("mended: %s, %+v", run.Status, run.Counts.Of(importer.Variants))
	}
}

// What the run did not look at is not what it counted none of.
func TestARunHasReadWhatItsPlanCovers(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(1))
	run := b.run(connector.Products, connector.Warehouses)
	for _, table := range importer.Tables() {
		want := table.Resource == connector.Products || table.Resource == connector.Warehouses
		if run.LookedAt(table) != want {
			t.Errorf("%s: looked at is %t", table.Name, !want)
		}
	}
}

// What began before the shop answered is older than the answer.
func TestDataIsAsOfWhenTheShopBegan(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(1))
	b.shop.began = time.Date(2026, 11, 24, 8, 15, 0, 0, time.FixedZone("", 3600))
	run, plan := b.preview(importer.Choices{})
	if run.AsOf == nil || !run.AsOf.Equal(b.shop.began) || !plan.AsOf.Equal(b.shop.began) || plan.AsOf.Location() != time.UTC {
		t.Errorf("the run is as of %v, the plan of %v", run.AsOf, plan.AsOf)
	}
	if _, err := b.apply(plan); err != nil {
		t.Fatal(err)
	}
	ages, err := b.db.Freshness(t.Context(), b.link)
	if err != nil || !ages[connector.Stock].AsOf.Equal(b.shop.began) {
		t.Errorf("%v: stock is as of %v", err, ages[connector.Stock].AsOf)
	}
	b.shop.began = time.Time{}
	before := b.now
	if _, plan := b.preview(importer.Choices{}); !plan.AsOf.After(before) {
		t.Errorf("without a word of the shop it is as of %v", plan.AsOf)
	}
}

// Stock waits for a warehouse only where the plan knew that it has none: what others
// take away behind it is for the next plan.
func TestNoStockIsLeftOfAWarehouseThatWasTakenAway(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		statement string
		only      []connector.Resource
	}{
		"the mapping is lost":       {"UPDATE warehouses SET external_id = NULL, account = NULL WHERE external_id = ?", nil},
		"the warehouse is deleted":  {"DELETE FROM warehouses WHERE external_id = ?", []connector.Resource{connector.Products, connector.Stock}},
		"it stands for another one": {"UPDATE warehouses SET external_id = 'gid://shopify/Location/9' WHERE external_id = ?", nil},
	} {
		b := newBench(t, newShop(2))
		b.run()
		b.shop.products[0].Title = "Other"
		_, plan := b.preview(importer.Choices{}, c.only...)
		b.sql(c.statement, here)
		if _, err := b.apply(plan); codeOf(err) != connector.StalePlan || !strings.Contains(err.Error(), here+" was taken away") {
			t.Errorf("%s: %v", name, err)
		}
		if title := b.value(importer.Products, product(0), "title"); title != "Tea 0" {
			t.Errorf("%s: it wrote %q", name, title)
		}
	}
}

// The stock of a location that had lost its warehouse before stays as it is, edited or
// not, and keeps nothing else from being imported.
func TestStockWaitsForItsWarehouse(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(3))
	b.run()
	b.sql("UPDATE warehouses SET external_id = NULL, account = NULL, name = 'Mine'")
	for i, only := range [][]connector.Resource{nil, nil, {connector.Products, connector.Stock}, {connector.Stock}} {
		b.shop.products[0].Title += "!"
		b.shop.levels[1].Available = importer.Units(int64(7 + i))
		_, plan := b.preview(importer.Choices{}, only...)
		b.sql("UPDATE stock SET on_hand = ? WHERE inventory_item_id = ?", 20+i, item(2))
		run, err := b.apply(plan)
		if err != nil || run.Status != importer.Partial || run.Counts.Of(importer.Stock).Rejected != 3 || run.Counts.Of(importer.Stock).RowWrites() != 0 {
			t.Errorf("%v: %s, %+v, %v", only, run.Status, run.Counts.Of(importer.Stock), err)
		}
		if available := b.value(importer.Stock, level(1), "available"); available != "5" {
			t.Errorf("%v: %s are written where there is no warehouse", only, available)
		}
	}
	if title := b.value(importer.Products, product(0), "title"); title != "Tea 0!!!" {
		t.Errorf("the product is %q", title)
	}
}

// So many levels that the whole table is gone through are no reason to stop at those
// that wait.
func TestManyLevelsBesideOneThatWaits(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(1))
	var places []string
	for n := range 101 {
		id := fmt.Sprintf("gid://shopify/Location/2%03d", n)
		b.shop.warehouses = append(b.shop.warehouses, importer.Warehouse{ID: id, Name: "Place " + id, Active: true})
		places = append(places, id)
	}
	closed := places[0]
	places = places[1:]
	stock := func(n int, at string) {
		b.shop.levels = append(b.shop.levels, importer.Level{InventoryItemID: item(n), WarehouseID: at, Active: true, Available: importer.Units(1)})
	}
	stock(0, closed)
	b.run()
	b.sql("UPDATE warehouses SET external_id = NULL, account = NULL, name = 'Mine' WHERE external_id = ?", closed)
	for n := 1; n <= 50; n++ {
		b.shop.add(n)
		for _, at := range places {
			stock(n, at)
		}
	}
	run := b.run()
	if run.Counts.Of(importer.Stock).Created != 50*101 || run.Counts.Of(importer.Stock).Rejected != 1 {
		t.Errorf("%+v", run.Counts.Of(importer.Stock))
	}
	if _, stays := b.row(importer.Stock, importer.JoinKey(item(0), closed)); !stays {
		t.Error("what waits is gone")
	}
}
