package state

import (
	"fmt"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// lose takes the mapping of a location away, as another program would.
func (b *bench) lose(location, name string) {
	b.exec("UPDATE warehouses SET external_id = NULL, account = NULL, name = ? WHERE external_id = ?", name, location)
}

// remark is the first remark of a plan with that code about a record.
func (b *bench) remark(plan, code, record string) (found importer.Remark) {
	b.t.Helper()
	for remark, err := range b.db.Remarks(b.t.Context(), plan, code) {
		if err != nil {
			b.t.Fatal(err)
		}
		if remark.ExternalID == record {
			return remark
		}
	}
	b.t.Fatal(fmt.Sprintf("no %s of %s", code, record))
	return found
}

func (b *bench) wantHint(plan, code, record, hint string, words ...string) {
	b.t.Helper()
	remark := b.remark(plan, code, record)
	for _, word := range words {
		if !strings.Contains(remark.Message, word) {
			b.t.Fatal(fmt.Sprintf("%s of %s does not say %q: %s", code, record, word, remark.Message))
		}
	}
	if !strings.HasSuffix(remark.Hint, hint) {
		b.t.Fatal(fmt.Sprintf("%s of %s: %q, want %q", code, record, remark.Hint, hint))
	}
}

// Law 6 (c): the mapping and the name of a warehouse are lost at once.
func TestALostLocationIsNotMadeAnew(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.lose(locationZero, "Old depot")
	levels := b.count("SELECT count(*) FROM stock WHERE warehouse_external_id = ?", locationZero)
	for round := range 3 { // it stays so, also when nothing but the newest is kept
		run := b.run()
		if run.Status != importer.Partial || run.Counts.Of(importer.Warehouses).Rejected != 1 || run.Counts.Of(importer.Warehouses).Created != 0 || run.Counts.Of(importer.Stock).Rejected != levels {
			t.Fatalf("round %d: %s %+v %+v", round, run.Status, run.Counts.Of(importer.Warehouses), run.Counts.Of(importer.Stock))
		}
		b.wantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationZero, "eshopctl warehouses link 1 "+locationZero+" --store main",
			`"Store room 0"`, `1 ("Old depot")`, "it was 1")
		if round == 1 {
			if err := b.db.Prune(t.Context(), linked, 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	wantNames(t, b.names(), [2]string{"Old depot", ""}, [2]string{"Store room 1", locationOne})
	if _, err := b.db.LinkWarehouse(t.Context(), b.link, "1", locationZero, false); err != nil {
		t.Fatal(err)
	}
	if run := b.run(); run.Status != importer.Succeeded {
		t.Errorf("%s %+v", run.Status, run.Counts.Of(importer.Stock))
	}
	wantNames(t, b.names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", locationOne})
	if n := b.count("SELECT count(*) FROM stock WHERE warehouse_external_id = ?", locationZero); n != levels {
		t.Errorf("%d levels are there of %d", n, levels)
	}
	b.mustRest(t)
}

// Two at once, and the location has another name in the shop as well: each is told
// which warehouse it was.
func TestEachLostLocationIsToldItsWarehouse(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.lose(locationZero, "Old depot")
	b.lose(locationOne, "Old shop")
	b.shop.rename(locationZero, "Renamed in the shop")
	run := b.run()
	b.wantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationZero, "link 1 "+locationZero+" --store main", `"Renamed in the shop"`, `1 ("Old depot"), 2 ("Old shop")`)
	b.wantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationOne, "link 2 "+locationOne+" --store main", `"Store room 1"`, "it was 2")
	wantNames(t, b.names(), [2]string{"Old depot", ""}, [2]string{"Old shop", ""})
}

// Names count, where they are exact, before what a warehouse stood for: (b) comes
// before (c).
func TestALostLocationAdoptsByName(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.lose(locationZero, "Store room 1")
	b.lose(locationOne, "Store room 0")
	run := b.run()
	if run.Status != importer.Succeeded || run.WarningsBy[importer.WarnWarehouseAdopted] != 2 {
		t.Errorf("%s %v", run.Status, run.WarningsBy)
	}
	b.wantHint(run.Plan, importer.WarnWarehouseAdopted, locationZero, "eshopctl warehouses link --new "+locationZero+" --move --store main")
	if n := b.count("SELECT count(*) FROM warehouses WHERE id = 2 AND external_id = ?", locationZero); n != 1 || len(b.names()) != 2 {
		t.Errorf("%v", b.names())
	}
}

// Only half of a mapping is taken away.
func TestHalfAMappingIsNone(t *testing.T) {
	for _, half := range []string{"external_id = NULL", "account = NULL", "external_id = ''"} {
		b := newBench(t, stocked(1, 2))
		b.run()
		b.exec("UPDATE warehouses SET name = 'Old depot', " + half + " WHERE id = 1")
		run := b.run()
		if run.Counts.Of(importer.Warehouses).Rejected != 1 || len(b.names()) != 2 {
			t.Errorf("%s: %+v %v", half, run.Counts.Of(importer.Warehouses), b.names())
		}
		if _, err := b.db.LinkWarehouse(t.Context(), b.link, "1", locationZero, false); err != nil {
			t.Errorf("%s: %v", half, err)
		}
		if run := b.run(); run.Status != importer.Succeeded {
			t.Errorf("%s: %s", half, run.Status)
		}
	}
}

// A warehouse that stands for a location which the shop never had is no double.
func TestAMappingToNowhereIsLost(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.exec("UPDATE warehouses SET name = 'Old depot', external_id = 'gid://shopify/Location/77' WHERE id = 1")
	run := b.run()
	b.wantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationZero, "eshopctl warehouses link 1 "+locationZero+" --move --store main", `1 ("Old depot")`)
	if len(b.names()) != 2 {
		t.Errorf("%v", b.names())
	}
	if _, err := b.db.LinkWarehouse(t.Context(), b.link, "1", locationZero, true); err != nil {
		t.Fatal(err)
	}
	if run := b.run(); run.Status != importer.Succeeded || len(b.names()) != 2 {
		t.Errorf("%s %v", run.Status, b.names())
	}
}

// A new location beside a warehouse that stands for nothing gets its own, and says so.
func TestANewLocationBesideUnlinkedWarehouses(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.exec("INSERT INTO warehouses (store, name) VALUES ('main', 'Attic')")
	const third = "gid://shopify/Location/3"
	b.shop.warehouses[third] = importer.Warehouse{ID: third, Name: "Depot South", Active: true}
	_, plan, err := b.preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	b.wantHint(plan.ID, importer.WarnWarehouseUnlinked, third, "eshopctl warehouses link 3 "+third+" --move --store main", `"Depot South"`, `3 ("Attic")`)
	run, err := b.apply(plan)
	if err != nil || run.Status != importer.Succeeded || run.Counts.Of(importer.Warehouses).Created != 1 {
		t.Fatalf("%v %s %+v", err, run.Status, run.Counts.Of(importer.Warehouses))
	}
	if again := b.run(); again.Counts.Writes() != 0 || again.WarningsBy[importer.WarnWarehouseUnlinked] != 0 {
		t.Errorf("%+v %v", again.Counts, again.WarningsBy)
	}
}

// Without an unlinked warehouse nothing can be doubled: the location gets a new one
// in the place of the row that was deleted, and that is told.
func TestADeletedWarehouseIsMadeAnew(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.exec("DELETE FROM warehouses WHERE external_id = ?", locationOne)
	run := b.run()
	if run.Status != importer.Succeeded || run.Counts.Of(importer.Warehouses).Created != 1 {
		t.Errorf("%s %+v", run.Status, run.Counts.Of(importer.Warehouses))
	}
	b.remark(run.Plan, importer.WarnWarehouseUnlinked, locationOne)
	wantNames(t, b.names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", locationOne})
}

// Of many unlinked warehouses the first are named.
func TestManyUnlinkedWarehouses(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.lose(locationZero, "Old depot")
	for i := range 20 {
		b.exec("INSERT INTO warehouses (store, name) VALUES ('main', ?)", fmt.Sprintf("Shelf %d", i))
	}
	run := b.run()
	b.wantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationZero, "link 1 "+locationZero+" --store main", "and 16 more; it was 1")
}

// A state file of an older schema knows what its rows tell.
func TestWhatStoodIsKnownOfAnOlderFile(t *testing.T) {
	b := newBench(t, stocked(1, 2))
	b.run()
	b.exec("DELETE FROM stood_for")
	b.lose(locationZero, "Old depot")
	b.exec("DELETE FROM stood_for")
	run := b.run() // what was imported tells it
	b.wantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationZero, "link 1 "+locationZero+" --store main")
	if strings.Contains(b.remark(run.Plan, importer.RejectWarehouseAmbiguous, locationZero).Message, "it was") {
		t.Error("nobody knows which it was")
	}
	if again := b.run(); again.Counts.Of(importer.Warehouses).Rejected != 1 {
		t.Errorf("%+v", again.Counts.Of(importer.Warehouses))
	}
}
