package statetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// Lose takes the mapping of a location away, as another program would.
func (b *Bench) Lose(location, name string) {
	b.Alter(importer.Warehouses, func(row Row) Row {
		if row["external_id"] == location {
			row = Unlink(row)
			row["name"] = name
		}
		return row
	})
}

// Remark is the first remark of a plan with that code about a record.
func (b *Bench) Remark(plan, code, record string) (found importer.Remark) {
	b.t.Helper()
	for remark, err := range b.Engine.Remarks(b.t.Context(), plan, code) {
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

// WantHint makes sure of how such a remark ends, and of words in it.
func (b *Bench) WantHint(plan, code, record, hint string, words ...string) {
	b.t.Helper()
	remark := b.Remark(plan, code, record)
	for _, word := range words {
		if !strings.Contains(remark.Message, word) {
			b.t.Fatal(fmt.Sprintf("%s of %s does not say %q: %s", code, record, word, remark.Message))
		}
	}
	if !strings.HasSuffix(remark.Next.String(), hint) {
		b.t.Fatal(fmt.Sprintf("%s of %s: %q, want %q", code, record, remark.Next.String(), hint))
	}
}

// Law 6 (c): the mapping and the name of a warehouse are lost at once.
func TestALostLocationIsNotMadeAnew(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	b.Lose(locationZero, "Old depot")
	levels := b.levelsAt(locationZero)
	for round := range 3 { // it stays so, also when nothing but the newest is kept
		run := b.Run()
		if run.Status != importer.Partial || run.Counts.Of(importer.Warehouses).Rejected != 1 || run.Counts.Of(importer.Warehouses).Created != 0 || run.Counts.Of(importer.Stock).Rejected != levels {
			t.Fatalf("round %d: %s %+v %+v", round, run.Status, run.Counts.Of(importer.Warehouses), run.Counts.Of(importer.Stock))
		}
		b.WantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationZero, "warehouses link 1 "+locationZero+" --store main",
			`"Store room 0"`, `1 ("Old depot")`, "it was 1")
		if round == 1 {
			if err := b.Engine.PruneRuns(t.Context(), linked, 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	WantNames(t, b.Names(), [2]string{"Old depot", ""}, [2]string{"Store room 1", locationOne})
	if _, err := b.Engine.LinkWarehouse(t.Context(), b.Link, "1", locationZero, false); err != nil {
		t.Fatal(err)
	}
	if run := b.Run(); run.Status != importer.Succeeded {
		t.Errorf("%s %+v", run.Status, run.Counts.Of(importer.Stock))
	}
	WantNames(t, b.Names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", locationOne})
	if n := b.levelsAt(locationZero); n != levels {
		t.Errorf("%d levels are there of %d", n, levels)
	}
	b.MustRest(t)
}

// Two at once, and the location has another name in the shop as well: each is told
// which warehouse it was.
func TestEachLostLocationIsToldItsWarehouse(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	b.Lose(locationZero, "Old depot")
	b.Lose(locationOne, "Old shop")
	b.Shop.RenameLocation(locationZero, "Renamed in the shop")
	run := b.Run()
	b.WantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationZero, "link 1 "+locationZero+" --store main", `"Renamed in the shop"`, `1 ("Old depot"), 2 ("Old shop")`)
	b.WantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationOne, "link 2 "+locationOne+" --store main", `"Store room 1"`, "it was 2")
	WantNames(t, b.Names(), [2]string{"Old depot", ""}, [2]string{"Old shop", ""})
}

// Names count, where they are exact, before what a warehouse stood for: (b) comes
// before (c).
func TestALostLocationAdoptsByName(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	b.Lose(locationZero, "Store room 1")
	b.Lose(locationOne, "Store room 0")
	run := b.Run()
	if run.Status != importer.Succeeded || run.WarningsBy[importer.WarnWarehouseAdopted] != 2 {
		t.Errorf("%s %v", run.Status, run.WarningsBy)
	}
	b.WantHint(run.Plan, importer.WarnWarehouseAdopted, locationZero, "warehouses link --new "+locationZero+" --move --store main")
	if stands := b.Rows(importer.Warehouses)[locationZero]; stands.LocalID != "2" || len(b.Names()) != 2 {
		t.Errorf("%v", b.Names())
	}
}

// Only half of a mapping is taken away.
func TestHalfAMappingIsNone(t *testing.T, open Open) {
	for half, value := range map[string]any{"external_id": nil, "account": nil, "external_id ''": ""} {
		b := NewBench(t, open, Stocked(1, 2))
		b.Run()
		b.Alter(importer.Warehouses, Set(Is("id", int64(1)), "name", "Old depot"))
		b.Alter(importer.Warehouses, Set(Is("id", int64(1)), strings.Fields(half)[0], value))
		run := b.Run()
		if run.Counts.Of(importer.Warehouses).Rejected != 1 || len(b.Names()) != 2 {
			t.Errorf("%s: %+v %v", half, run.Counts.Of(importer.Warehouses), b.Names())
		}
		if _, err := b.Engine.LinkWarehouse(t.Context(), b.Link, "1", locationZero, false); err != nil {
			t.Errorf("%s: %v", half, err)
		}
		if run := b.Run(); run.Status != importer.Succeeded {
			t.Errorf("%s: %s", half, run.Status)
		}
	}
}

// A warehouse that stands for a location which the shop never had is no double.
func TestAMappingToNowhereIsLost(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	b.Alter(importer.Warehouses, func(row Row) Row {
		if row["id"] == int64(1) {
			row["name"], row["external_id"] = "Old depot", "gid://shopify/Location/77"
		}
		return row
	})
	run := b.Run()
	b.WantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationZero, "warehouses link 1 "+locationZero+" --move --store main", `1 ("Old depot")`)
	if len(b.Names()) != 2 {
		t.Errorf("%v", b.Names())
	}
	if _, err := b.Engine.LinkWarehouse(t.Context(), b.Link, "1", locationZero, true); err != nil {
		t.Fatal(err)
	}
	if run := b.Run(); run.Status != importer.Succeeded || len(b.Names()) != 2 {
		t.Errorf("%s %v", run.Status, b.Names())
	}
}

// A new location beside a warehouse that stands for nothing gets its own, and says so.
func TestANewLocationBesideUnlinkedWarehouses(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	b.Put(importer.Warehouses, warehouse("Attic"))
	const third = "gid://shopify/Location/3"
	b.Shop.Warehouses[third] = importer.Warehouse{ID: third, Name: "Depot South", Active: true}
	_, plan, err := b.Preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	b.WantHint(plan.ID, importer.WarnWarehouseUnlinked, third, "warehouses link 3 "+third+" --move --store main", `"Depot South"`, `3 ("Attic")`)
	run, err := b.Apply(plan)
	if err != nil || run.Status != importer.Succeeded || run.Counts.Of(importer.Warehouses).Created != 1 {
		t.Fatalf("%v %s %+v", err, run.Status, run.Counts.Of(importer.Warehouses))
	}
	if again := b.Run(); again.Counts.RowWrites() != 0 || again.WarningsBy[importer.WarnWarehouseUnlinked] != 0 {
		t.Errorf("%+v %v", again.Counts, again.WarningsBy)
	}
}

// Without an unlinked warehouse nothing can be doubled: the location gets a new one
// in the place of the row that was deleted, and that is told.
func TestADeletedWarehouseIsMadeAnew(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	b.Alter(importer.Warehouses, Delete(Is("external_id", locationOne)))
	run := b.Run()
	if run.Status != importer.Succeeded || run.Counts.Of(importer.Warehouses).Created != 1 {
		t.Errorf("%s %+v", run.Status, run.Counts.Of(importer.Warehouses))
	}
	b.Remark(run.Plan, importer.WarnWarehouseUnlinked, locationOne)
	WantNames(t, b.Names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", locationOne})
}

// Of many unlinked warehouses the first are named.
func TestManyUnlinkedWarehouses(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 2))
	b.Run()
	b.Lose(locationZero, "Old depot")
	for i := range 20 {
		b.Put(importer.Warehouses, warehouse(fmt.Sprintf("Shelf %d", i)))
	}
	run := b.Run()
	b.WantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationZero, "link 1 "+locationZero+" --store main", "and 16 more; it was 1")
}
