package state

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// names lists the warehouses of the store by name with the location that each
// stands for, however they are linked.
func (b *bench) names() (found [][2]string) {
	b.t.Helper()
	for r, err := range b.db.List(b.t.Context(), importer.Warehouses, importer.ListFilter{Store: "main"}) {
		if err != nil {
			b.t.Fatal(err)
		}
		found = append(found, [2]string{r[2].Text(), r[1].Text()})
	}
	slices.SortFunc(found, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	return found
}

const (
	locationZero = "gid://shopify/Location/0"
	locationOne  = "gid://shopify/Location/1"
)

func (s *shelf) rename(location, name string) {
	w := s.warehouses[location]
	w.Name = name
	s.warehouses[location] = w
}

func wantNames(t *testing.T, got [][2]string, want ...[2]string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("warehouses: %v, want %v", got, want)
	}
}

// The guide: "a rerun creates duplicate warehouses".
func TestWarehousesAreNotDoubledByARename(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.shop.rename(locationZero, "Renamed in the shop")
	run := b.run()
	if !slices.Contains(b.remarks(run.Plan), importer.WarnWarehouseRenamed) {
		t.Error("no remark on the rename")
	}
	wantNames(t, b.names(), [2]string{"Renamed in the shop", locationZero}, [2]string{"Store room 1", locationOne})

	b.exec("UPDATE warehouses SET name = 'Renamed here' WHERE external_id = ?", locationOne)
	b.run()
	wantNames(t, b.names(), [2]string{"Renamed in the shop", locationZero}, [2]string{"Store room 1", locationOne})
}

// The stored mapping decides, even when two locations swap their names.
func TestWarehousesKeepTheirMappingWhenNamesSwap(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.shop.rename(locationZero, "Store room 1")
	b.shop.rename(locationOne, "Store room 0")
	b.run()
	wantNames(t, b.names(), [2]string{"Store room 0", locationOne}, [2]string{"Store room 1", locationZero})
}

func TestWarehouseWithALostMappingIsAdopted(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.exec("UPDATE warehouses SET external_id = NULL, account = NULL WHERE external_id = ?", locationZero)
	run := b.run()
	if !slices.Contains(b.remarks(run.Plan), importer.WarnWarehouseAdopted) || run.Counts.Of(importer.Warehouses).Updated != 1 {
		t.Errorf("remarks %v, %+v", b.remarks(run.Plan), run.Counts.Of(importer.Warehouses))
	}
	wantNames(t, b.names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", locationOne})
	if again := b.run(); again.Counts.Writes() != 0 {
		t.Errorf("the rerun writes: %+v", again.Counts)
	}
}

// Spaces around a name are nobody's intention.
func TestNamesOfWarehousesAreComparedWithoutSpacesAround(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.exec("INSERT INTO warehouses (store, name) VALUES ('main', '  Store room 0 ')")
	if run := b.run(); run.Counts.Of(importer.Warehouses).Updated != 1 || run.Counts.Of(importer.Warehouses).Created != 1 {
		t.Errorf("%+v", run.Counts.Of(importer.Warehouses))
	}
}

// The location that a plan adopts a warehouse for gets another one meanwhile.
func TestAnAdoptionIsStaleWhenTheLocationHasAWarehouse(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.exec("UPDATE warehouses SET external_id = NULL, account = NULL WHERE external_id = ?", locationZero)
	_, plan, err := b.preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	b.exec("UPDATE warehouses SET external_id = ? WHERE external_id = ?", locationZero, locationOne)
	var fault *connector.Fault
	if _, err := b.apply(plan); !errors.As(err, &fault) || fault.Code != connector.StalePlan {
		t.Errorf("applied: %v", err)
	}
}

func TestTwoLocationsOfOneNameAreTwoWarehouses(t *testing.T) {
	shop := stocked(1, 2)
	shop.rename(locationOne, "Store room 0 ")
	b := newBench(t, shop)
	run := b.run()
	if !slices.Contains(b.remarks(run.Plan), importer.WarnWarehouseNameTwice) || run.Counts.Of(importer.Warehouses).Created != 2 {
		t.Errorf("remarks %v, %+v", b.remarks(run.Plan), run.Counts.Of(importer.Warehouses))
	}
}

func TestAmbiguousWarehousesAreRejectedWithTheirStock(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	for range 2 {
		b.exec("INSERT INTO warehouses (store, name) VALUES ('main', 'Store room 0')")
	}
	run := b.run()
	if run.Status != importer.Partial || run.Counts.Of(importer.Warehouses).Rejected != 1 || run.Counts.Of(importer.Warehouses).Created != 1 {
		t.Errorf("%s: %+v", run.Status, run.Counts.Of(importer.Warehouses))
	}
	if c := run.Counts.Of(importer.Stock); c.Rejected != 4 || c.Created != 4 || !c.Balanced() {
		t.Errorf("stock: %+v", c)
	}
	if codes := b.remarks(run.Plan); !slices.Contains(codes, importer.RejectWarehouseAmbiguous) || !slices.Contains(codes, importer.RejectParentRejected) {
		t.Errorf("remarks: %v", codes)
	}
}

// Two unlinked locations would both take the one warehouse of their name.
func TestOneWarehouseForTwoLocationsIsAmbiguous(t *testing.T) {
	shop := stocked(1, 2)
	shop.rename(locationOne, "Store room 0")
	b := newBench(t, shop)
	b.exec("INSERT INTO warehouses (store, name) VALUES ('main', 'Store room 0')")
	if run := b.run(); run.Counts.Of(importer.Warehouses).Rejected != 2 || len(b.names()) != 1 {
		t.Errorf("%+v, %v", run.Counts.Of(importer.Warehouses), b.names())
	}
}

func TestLinkByHand(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.exec("INSERT INTO warehouses (id, store, name) VALUES (7, 'main', 'Cellar')")
	if _, err := b.db.LinkWarehouse(t.Context(), b.link, "Cellar", locationOne, false); err != nil {
		t.Fatal(err)
	}
	if _, err := b.db.LinkWarehouse(t.Context(), b.link, "7", locationZero, false); err == nil {
		t.Error("a linked warehouse was linked again")
	}
	b.run()
	wantNames(t, b.names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", locationOne})
	if _, err := b.db.UnlinkWarehouse(t.Context(), "main", "7"); err != nil {
		t.Fatal(err)
	}
	wantNames(t, b.names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", ""})
}

// Another external account takes the store over: what the old shop left is kept
// and missing, its stock goes, a warehouse of the same name is adopted.
func TestTakeover(t *testing.T) {
	b := newBench(t, stocked(1, 3))
	b.run()
	b.shop = stocked(2, 2)
	b.shop.id = "gid://shopify/Shop/2"
	b.shop.rename(locationOne, "Elsewhere")
	b.exec("INSERT INTO accounts (store, provider, external_id, domain, name, currency, linked_at) VALUES ('main', 'shopify', ?, 'new.myshopify.com', 'New', 'EUR', '2026-11-24')", b.shop.id)
	b.link.AccountID = b.shop.id

	_, plan, err := b.preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if plan.Takeover == nil || *plan.Takeover != (importer.Takeover{From: "tea.myshopify.com", Products: 3, Matching: 2}) {
		t.Fatalf("takeover: %+v", plan.Takeover)
	}
	if plan.CheckTakeover(false) == nil || plan.CheckTakeover(true) != nil {
		t.Error("a takeover must be meant")
	}
	run, err := b.apply(plan)
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
	if again := b.run(); again.Counts.Writes() != 0 {
		t.Errorf("the rerun writes: %+v", again.Counts)
	}
}

// vanish takes a location and its levels out of the shop.
func (s *shelf) vanish(location string) {
	delete(s.warehouses, location)
	maps.DeleteFunc(s.levels, func(_ string, l importer.Level) bool { return l.WarehouseID == location })
}

// Law 7: a warehouse that vanished is kept, its stock goes.
func TestStockOfAVanishedLocationGoes(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	levels := b.count("SELECT count(*) FROM stock WHERE warehouse_external_id = ?", locationOne)
	b.shop.vanish(locationOne)
	run := b.run()
	if left := b.count("SELECT count(*) FROM stock WHERE warehouse_external_id = ?", locationOne); levels == 0 || left != 0 {
		t.Errorf("%d of %d levels are left", left, levels)
	}
	if run.Counts.Of(importer.Stock).Removed != levels || run.Counts.Of(importer.Warehouses).Missing != 1 || len(b.rows(importer.Warehouses)) != 2 {
		t.Errorf("%+v, %+v", run.Counts.Of(importer.Stock), run.Counts.Of(importer.Warehouses))
	}
}

// A warehouse that stands for no location cannot be missing in the shop.
func TestAnUnlinkedWarehouseIsNotMissing(t *testing.T) {
	b := newBench(t, stocked(1, 1))
	b.run()
	b.shop.vanish(locationOne)
	b.run()
	if n := b.count("SELECT count(*) FROM warehouses WHERE missing_since IS NOT NULL"); n != 1 {
		t.Fatalf("%d warehouses are missing", n)
	}
	if _, err := b.db.UnlinkWarehouse(t.Context(), "main", "Store room 1"); err != nil {
		t.Fatal(err)
	}
	if n := b.count("SELECT count(*) FROM warehouses WHERE missing_since IS NOT NULL"); n != 0 {
		t.Errorf("%d warehouses are missing", n)
	}
}

// A location that is mapped has its warehouse: it makes nothing ambiguous.
func TestOnlyLocationsWithoutAMappingCount(t *testing.T) {
	b := newBench(t, stocked(1, 1))
	b.run()
	b.exec("INSERT INTO warehouses (store, name) VALUES ('main', 'Store room 0')")
	b.shop.warehouses["gid://shopify/Location/9"] = importer.Warehouse{ID: "gid://shopify/Location/9", Name: "Store room 0", Active: true}
	run := b.run()
	if run.Status != importer.Succeeded || run.WarningsBy[importer.WarnWarehouseAdopted] != 1 {
		t.Errorf("%s: %v", run.Status, run.WarningsBy)
	}
	wantNames(t, b.names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 0", "gid://shopify/Location/9"}, [2]string{"Store room 1", locationOne})
}

// Names are the same without the spaces around them, and only to the letter.
func TestNamesAreComparedToTheLetter(t *testing.T) {
	b := newBench(t, stocked(1, 1))
	b.exec("INSERT INTO warehouses (store, name) VALUES ('main', 'store room 0'), ('main', ' Store room 1 ')")
	b.run()
	wantNames(t, b.names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", locationOne}, [2]string{"store room 0", ""})
}
