package statetest

import (
	"maps"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// Law 5: a number that the shop no longer gives is not zero, but it is gone as one that
// goes to zero is.
func TestAnUnknownNumberIsNotZero(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(9, 1))
	all := func(available importer.Quantity) {
		for key, level := range b.Shop.Levels {
			level.Available = available
			b.Shop.Levels[key] = level
		}
	}
	all(importer.Units(4))
	b.Run()
	all(importer.Quantity{})
	preview, plan, err := b.Preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if preview.Counts.Of(importer.Stock).Updated != len(b.Shop.Levels) || plan.Zeroed != len(b.Shop.Levels) || preview.WarningsBy[importer.WarnStockZeroed] != 0 ||
		preview.WarningsBy[importer.WarnStockUnknown] != len(b.Shop.Levels) {
		t.Errorf("%d levels with no number any more, %d of them zeroed: %v", preview.Counts.Of(importer.Stock).Updated, plan.Zeroed, preview.WarningsBy)
	}
	if _, err := b.Apply(plan); err != nil {
		t.Fatal(err)
	}

	clear(b.Shop.Levels)
	gone := b.Run()
	for remark, err := range b.Engine.Remarks(t.Context(), gone.Plan, importer.WarnStockRemoved) {
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(remark.Message, "it had no number available") {
			t.Errorf("%s: %s", remark.ExternalID, remark.Message)
		}
	}
}

// What the guards hold a plan against includes what another shop left and the
// warehouses that are taken for locations.
func TestNothingIsMoreThanThereWas(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(10, 2))
	b.Run()
	b.Put(importer.Warehouses, warehouse("Attic"))
	b.Shop = Stocked(11, 1)
	b.Shop.ID = "gid://shopify/Shop/2"
	attic := importer.Warehouse{ID: "gid://shopify/Location/9", Name: "Attic", Active: true}
	b.Shop.Warehouses[attic.ID] = attic
	b.Connect()
	_, plan, err := b.Preview(importer.Choices{})
	if err != nil || plan.Takeover == nil {
		t.Fatalf("%v, %v", plan.Takeover, err)
	}
	for _, table := range importer.Tables() {
		c := plan.Counts.Of(table)
		if touched := c.Updated + c.Missing + c.Removed; touched > plan.Had[table.Name] {
			t.Errorf("%d of %d %s", touched, plan.Had[table.Name], table.Name)
		}
	}
	for remark, err := range b.Engine.Remarks(t.Context(), plan.ID, importer.WarnStockRemoved) {
		if err != nil || !strings.Contains(remark.Message, `at "Store room `) {
			t.Errorf("%v: %s", err, remark.Message)
		}
	}
	if plan.Zeroed == 0 || plan.Zeroed > plan.InStock {
		t.Errorf("%d of %d levels", plan.Zeroed, plan.InStock)
	}
}

// TestStockIsSummedAsItIs: untracked levels and those without a number are counted and
// add nothing, negative ones take away, and a level that variants share counts once.
func TestStockIsSummedAsItIs(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(3, 2))
	b.Shop.ShareItem("gid://shopify/ProductVariant/0-0", "gid://shopify/ProductVariant/0-1")
	untracked := b.Shop.Variants["gid://shopify/ProductVariant/1-1"]
	untracked.Tracked = false
	b.Shop.Variants[untracked.ID] = untracked
	figures := map[string]importer.Quantity{"0-0": importer.Units(7), "1-0": importer.Units(-3), "1-1": importer.Units(500)}
	for key, level := range b.Shop.Levels {
		level.Available = figures[strings.TrimPrefix(level.InventoryItemID, "gid://shopify/InventoryItem/")]
		if level.WarehouseID == locationOne && strings.HasSuffix(level.InventoryItemID, "1-0") {
			level.Available = importer.Quantity{}
		}
		b.Shop.Levels[key] = level
	}
	b.Run()
	sums, err := b.Engine.SumRows(t.Context(), importer.Stock, importer.ListFilter{Store: "main", EachVariant: true, Limit: 1})
	if want := (importer.Sums{Rows: 6, Untracked: 2, Units: 7 - 3 + 7, Unknown: 1}); err != nil || sums != want {
		t.Errorf("%+v, want %+v, %v", sums, want, err)
	}
	stock, err := b.Engine.StockByPlace(t.Context(), "main")
	got := map[string]job.WarehouseStock{}
	for place, sum := range stock {
		got[place.Location] = sum
	}
	want := map[string]job.WarehouseStock{locationZero: {Levels: 3, Units: 4}, locationOne: {Levels: 3, Units: 7, Unknown: 1}}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("%+v, want %+v, %v", stock, want, err)
	}
	listed := 0
	for _, err := range b.Engine.ListRows(t.Context(), importer.Stock, importer.ListFilter{Store: "main", EachVariant: true}) {
		if listed++; err != nil {
			t.Fatal(err)
		}
	}
	if listed != 8 {
		t.Errorf("%d levels are listed, one for each variant", listed)
	}
	if n, err := b.Engine.CountUntracked(t.Context(), "main"); err != nil || n != 1 {
		t.Errorf("%d variants are not tracked: %v", n, err)
	}
}
