package statetest

import (
	"errors"
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/planning"
)

// WantNames makes sure which warehouses there are, and for which locations they stand.
func WantNames(t *testing.T, got [][2]string, want ...[2]string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("warehouses: %v, want %v", got, want)
	}
}

// The guide: "a rerun creates duplicate warehouses".
func TestWarehousesAreNotDoubledByARename(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	b.Shop.RenameLocation(locationZero, "Renamed in the shop")
	run := b.Run()
	if !slices.Contains(b.Remarks(run.Plan), importer.WarnWarehouseRenamed) {
		t.Error("no remark on the rename")
	}
	WantNames(t, b.Names(), [2]string{"Renamed in the shop", locationZero}, [2]string{"Store room 1", locationOne})

	b.Alter(importer.Warehouses, Set(Is("external_id", locationOne), "name", "Renamed here"))
	b.Run()
	WantNames(t, b.Names(), [2]string{"Renamed in the shop", locationZero}, [2]string{"Store room 1", locationOne})
}

// The stored mapping decides, even when two locations swap their names.
func TestWarehousesKeepTheirMappingWhenNamesSwap(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	b.Shop.RenameLocation(locationZero, "Store room 1")
	b.Shop.RenameLocation(locationOne, "Store room 0")
	b.Run()
	WantNames(t, b.Names(), [2]string{"Store room 0", locationOne}, [2]string{"Store room 1", locationZero})
}

func TestWarehouseWithALostMappingIsAdopted(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	b.Alter(importer.Warehouses, unlinkOf(locationZero))
	run := b.Run()
	if !slices.Contains(b.Remarks(run.Plan), importer.WarnWarehouseAdopted) || run.Counts.Of(importer.Warehouses).Updated != 1 {
		t.Errorf("remarks %v, %+v", b.Remarks(run.Plan), run.Counts.Of(importer.Warehouses))
	}
	WantNames(t, b.Names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", locationOne})
	if again := b.Run(); again.Counts.RowWrites() != 0 {
		t.Errorf("the rerun writes: %+v", again.Counts)
	}
}

// Spaces around a name are nobody's intention.
func TestNamesOfWarehousesAreComparedWithoutSpacesAround(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Put(importer.Warehouses, warehouse("  Store room 0 "))
	if run := b.Run(); run.Counts.Of(importer.Warehouses).Updated != 1 || run.Counts.Of(importer.Warehouses).Created != 1 {
		t.Errorf("%+v", run.Counts.Of(importer.Warehouses))
	}
}

// The location that a plan adopts a warehouse for gets another one meanwhile.
func TestAnAdoptionIsStaleWhenTheLocationHasAWarehouse(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	b.Alter(importer.Warehouses, unlinkOf(locationZero))
	_, plan, err := b.Preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	b.Alter(importer.Warehouses, Set(Is("external_id", locationOne), "external_id", locationZero))
	var fault *connector.Fault
	if _, err := b.Apply(plan); !errors.As(err, &fault) || fault.Code != connector.StalePlan {
		t.Errorf("applied: %v", err)
	}
}

func TestTwoLocationsOfOneNameAreTwoWarehouses(t *testing.T, open Open) {
	shop := Stocked(1, 2)
	shop.RenameLocation(locationOne, "Store room 0 ")
	b := NewBench(t, open, shop)
	run := b.Run()
	if !slices.Contains(b.Remarks(run.Plan), importer.WarnWarehouseNameTwice) || run.Counts.Of(importer.Warehouses).Created != 2 {
		t.Errorf("remarks %v, %+v", b.Remarks(run.Plan), run.Counts.Of(importer.Warehouses))
	}
}

func TestAmbiguousWarehousesAreRejectedWithTheirStock(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	for range 2 {
		b.Put(importer.Warehouses, warehouse("Store room 0"))
	}
	run := b.Run()
	if run.Status != importer.Partial || run.Counts.Of(importer.Warehouses).Rejected != 1 || run.Counts.Of(importer.Warehouses).Created != 1 {
		t.Errorf("%s: %+v", run.Status, run.Counts.Of(importer.Warehouses))
	}
	if c := run.Counts.Of(importer.Stock); c.Rejected != 4 || c.Created != 4 || !c.IsBalanced() {
		t.Errorf("stock: %+v", c)
	}
	if codes := b.Remarks(run.Plan); !slices.Contains(codes, importer.RejectWarehouseAmbiguous) || !slices.Contains(codes, importer.RejectParentRejected) {
		t.Errorf("remarks: %v", codes)
	}
}

// Two unlinked locations would both take the one warehouse of their name.
func TestOneWarehouseForTwoLocationsIsAmbiguous(t *testing.T, open Open) {
	shop := Stocked(1, 2)
	shop.RenameLocation(locationOne, "Store room 0")
	b := NewBench(t, open, shop)
	b.Put(importer.Warehouses, warehouse("Store room 0"))
	if run := b.Run(); run.Counts.Of(importer.Warehouses).Rejected != 2 || len(b.Names()) != 1 {
		t.Errorf("%+v, %v", run.Counts.Of(importer.Warehouses), b.Names())
	}
}

func TestLinkByHand(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Put(importer.Warehouses, Row{"id": int64(7), "store": "main", "name": "Cellar"})
	if _, err := b.Engine.LinkWarehouse(t.Context(), b.Link, "Cellar", locationOne, false); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Engine.LinkWarehouse(t.Context(), b.Link, "7", locationZero, false); err == nil {
		t.Error("a linked warehouse was linked again")
	}
	b.Run()
	WantNames(t, b.Names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", locationOne})
	if _, err := b.Engine.UnlinkWarehouse(t.Context(), "main", "7"); err != nil {
		t.Fatal(err)
	}
	WantNames(t, b.Names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", ""})
}

// Another external account takes the store over: what the old shop left is kept
// and missing, its stock goes, a warehouse of the same name is adopted.
func TestTakeover(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 3))
	b.Run()
	b.Shop = Stocked(2, 2)
	b.Shop.ID = "gid://shopify/Shop/2"
	b.Shop.RenameLocation(locationOne, "Elsewhere")
	b.connectTo("shopify", "new.myshopify.com")

	_, plan, err := b.Preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if plan.Takeover == nil || *plan.Takeover != (importer.Takeover{From: "tea.myshopify.com", Products: 3, Matching: 2}) {
		t.Fatalf("takeover: %+v", plan.Takeover)
	}
	if planning.CheckTakeover(&plan, false) == nil || planning.CheckTakeover(&plan, true) != nil {
		t.Error("a takeover must be meant")
	}
	run, err := b.Apply(plan)
	if err != nil {
		t.Fatal(err)
	}
	if c := run.Counts.Of(importer.Products); c.Created != 2 || c.Missing != 3 {
		t.Errorf("products: %+v", c)
	}
	if c := run.Counts.Of(importer.Stock); c.Created != 8 || c.Removed != 12 {
		t.Errorf("stock: %+v", c)
	}
	if c := run.Counts.Of(importer.Warehouses); c.Created != 1 || c.Updated != 1 || c.Missing != 1 {
		t.Errorf("warehouses: %+v", c)
	}
	if again := b.Run(); again.Counts.RowWrites() != 0 {
		t.Errorf("the rerun writes: %+v", again.Counts)
	}
}

// Law 7: a warehouse that vanished is kept, its stock goes.
func TestStockOfAVanishedLocationGoes(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	levels := b.levelsAt(locationOne)
	b.Shop.RemoveLocation(locationOne)
	run := b.Run()
	if left := b.levelsAt(locationOne); levels == 0 || left != 0 {
		t.Errorf("%d of %d levels are left", left, levels)
	}
	if run.Counts.Of(importer.Stock).Removed != levels || run.Counts.Of(importer.Warehouses).Missing != 1 || len(b.Rows(importer.Warehouses)) != 2 {
		t.Errorf("%+v, %+v", run.Counts.Of(importer.Stock), run.Counts.Of(importer.Warehouses))
	}
}

// A warehouse that stands for no location cannot be missing in the shop.
func TestAnUnlinkedWarehouseIsNotMissing(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 1))
	b.Run()
	b.Shop.RemoveLocation(locationOne)
	b.Run()
	if n := b.missing(importer.Warehouses); n != 1 {
		t.Fatalf("%d warehouses are missing", n)
	}
	if _, err := b.Engine.UnlinkWarehouse(t.Context(), "main", "Store room 1"); err != nil {
		t.Fatal(err)
	}
	if n := b.missing(importer.Warehouses); n != 0 {
		t.Errorf("%d warehouses are missing", n)
	}
}

// A location that is mapped has its warehouse: it makes nothing ambiguous.
func TestOnlyLocationsWithoutAMappingCount(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 1))
	b.Run()
	b.Put(importer.Warehouses, warehouse("Store room 0"))
	b.Shop.Warehouses["gid://shopify/Location/9"] = importer.Warehouse{ID: "gid://shopify/Location/9", Name: "Store room 0", Active: true}
	run := b.Run()
	if run.Status != importer.Succeeded || run.WarningsBy[importer.WarnWarehouseAdopted] != 1 {
		t.Errorf("%s: %v", run.Status, run.WarningsBy)
	}
	WantNames(t, b.Names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 0", "gid://shopify/Location/9"}, [2]string{"Store room 1", locationOne})
}

// Names are the same without the spaces around them, and only to the letter.
func TestNamesAreComparedToTheLetter(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 1))
	b.Put(importer.Warehouses, warehouse("store room 0"))
	b.Put(importer.Warehouses, warehouse(" Store room 1 "))
	b.Run()
	WantNames(t, b.Names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", locationOne}, [2]string{"store room 0", ""})
}
