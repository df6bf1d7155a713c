package state

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/importer/walk"
	"github.com/eshopos/eshopctl/state/statetest"
)

// doubled is a store in which a location got a second warehouse, as older versions
// made them: 1 lost its mapping and its name, 3 stands for its location.
func doubled(t *testing.T) *bench {
	b := newBench(t, statetest.Stocked(2, 2))
	b.Run()
	b.Lose(locationZero, "Old depot")
	b.exec("DELETE FROM stood_for WHERE external_id = ?", locationZero)
	b.exec("DELETE FROM left_alone")
	b.exec("INSERT INTO warehouses (store, account, external_id, name, active, address) SELECT 'main', account, ?, 'Store room 0', 1, '{}' FROM warehouses WHERE id = 2", locationZero)
	b.exec("INSERT INTO stood_for (account, external_id, warehouse) SELECT account, external_id, 1 FROM warehouses WHERE id = 3")
	b.exec("DELETE FROM edits")
	b.Run()
	if len(b.Names()) != 3 {
		t.Fatalf("%v", b.Names())
	}
	return b
}

func (b *bench) merge(from, into string) (job.MergePlan, error) {
	merge, err := b.db.PlanMerge(b.t.Context(), b.Link, from, into)
	if err == nil {
		err = b.db.MergeWarehouses(b.t.Context(), b.Link, merge)
	}
	return merge, err
}

// mustRest makes sure that shop and store are the same, that a rerun writes nothing,
// and that the rows know it.
func (b *bench) mustRest(t *testing.T) {
	t.Helper()
	if run := b.Reconcile(); run.Counts.RowWrites() != 0 {
		t.Errorf("reconcile finds %+v", run.Counts)
	}
	run := b.Run()
	if run.Status != importer.Succeeded || run.Counts.RowWrites() != 0 || run.Warnings > 0 && run.WarningsBy[importer.WarnLocalEditOverwritten] > 0 {
		t.Errorf("the rerun: %s %+v %v", run.Status, run.Counts, run.WarningsBy)
	}
	if n := b.count("SELECT count(*) FROM stock WHERE warehouse_external_id NOT IN (SELECT external_id FROM warehouses WHERE external_id IS NOT NULL)"); n > 0 {
		t.Errorf("%d levels of no warehouse", n)
	}
}

// Whichever way a pair is merged, one warehouse is left, as the shop has it.
func TestMergeOfADoubledWarehouse(t *testing.T) {
	for _, test := range []struct {
		from, into string
		taken      bool
	}{{"3", "1", true}, {"Store room 0", "Old depot", true}, {"1", "3", false}} {
		b := doubled(t)
		before := b.Rows(importer.Stock)
		merge, err := b.merge(test.from, test.into)
		if err != nil {
			t.Fatal(err)
		}
		if merge.Location != locationZero || merge.Taken != test.taken || merge.Dropped != "" || merge.Stock.Levels != len(before)/2 || merge.Lost.Levels != 0 {
			t.Errorf("%+v", merge)
		}
		statetest.WantNames(t, b.Names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1", locationOne})
		if n := b.count("SELECT count(*) FROM warehouses WHERE id = ?", merge.Into.ID); n != 1 {
			t.Errorf("warehouse %s is gone", merge.Into.ID)
		}
		if n := b.count("SELECT count(*) FROM stood_for WHERE external_id = ? AND warehouse = ?", locationZero, merge.Into.ID); n == 0 {
			t.Errorf("that warehouse %s stands for the location is forgotten", merge.Into.ID)
		}
		b.mustRest(t)
		if after := b.Rows(importer.Stock); len(after) != len(before) {
			t.Errorf("%d levels of %d", len(after), len(before))
		}
	}
}

// The shop has another location in the place of one that vanished: the warehouse
// goes on, and what is left of the old location goes.
func TestMergeIntoAMissingWarehouse(t *testing.T) {
	b := newBench(t, statetest.Stocked(2, 2))
	b.Run()
	const third = "gid://shopify/Location/3"
	b.Shop.RemoveLocation(locationOne)
	b.Shop.Warehouses[third] = importer.Warehouse{ID: third, Name: "Store room 1 again", Active: true}
	b.Run()
	b.exec("INSERT INTO stock (store, account, inventory_item_id, warehouse_external_id, tracked, available) VALUES ('main', 1, 'gid://shopify/InventoryItem/1', ?, 1, 9)", locationOne)
	merge, err := b.merge("Store room 1 again", "Store room 1")
	if err != nil {
		t.Fatal(err)
	}
	if merge.Location != third || !merge.Taken || merge.Dropped != locationOne || merge.Lost != (job.WarehouseStock{Levels: 1, Units: 9}) {
		t.Errorf("%+v", merge)
	}
	statetest.WantNames(t, b.Names(), [2]string{"Store room 0", locationZero}, [2]string{"Store room 1 again", third})
	if n := b.count("SELECT count(*) FROM warehouses WHERE id = 2 AND missing_since IS NULL"); n != 1 {
		t.Error("it is missing still")
	}
	b.mustRest(t)
}

func TestMergesThatAreRefused(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 2))
	b.Run()
	b.exec("INSERT INTO warehouses (store, name) VALUES ('main', 'Attic'), ('other', 'Far')")
	for _, test := range []struct {
		from, into string
		want       error
	}{{"1", "2", job.ErrTwoPlaces}, {"1", "Store room 0", job.ErrSameWarehouse}, {"Attic", "Far", job.ErrNoWarehouse}, {"nothing", "1", job.ErrNoWarehouse}} {
		if _, err := b.merge(test.from, test.into); !errors.Is(err, test.want) {
			t.Errorf("%s into %s: %v, want %v", test.from, test.into, err, test.want)
		}
	}
	merge, err := b.db.PlanMerge(t.Context(), b.Link, "Attic", "1")
	if err != nil {
		t.Fatal(err)
	}
	b.exec("UPDATE warehouses SET name = 'Loft' WHERE name = 'Attic'")
	if err := b.db.MergeWarehouses(t.Context(), b.Link, merge); !errors.Is(err, job.ErrMergeChanged) || len(b.Names()) != 3 {
		t.Errorf("%v %v", err, b.Names())
	}
}

// What was noted about the warehouse that went is told of the one that stays; its id
// may be given to another one.
func TestMergeKeepsHistory(t *testing.T) {
	b := doubled(t)
	b.Shop.RenameLocation(locationZero, "Renamed")
	run := b.Run()
	if got := b.Remark(run.Plan, importer.WarnWarehouseRenamed, locationZero); got.LocalID != "3" {
		t.Fatalf("%+v", got)
	}
	_, older, err := b.Preview(importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.merge("3", "1"); err != nil {
		t.Fatal(err)
	}
	if got := b.Remark(run.Plan, importer.WarnWarehouseRenamed, locationZero); got.LocalID != "1" {
		t.Errorf("%+v", got)
	}
	var ids []string
	for change, err := range b.db.Changes(t.Context(), run.Plan, importer.Warehouses) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, change.LocalID)
	}
	if !slices.Equal(ids, []string{"1"}) {
		t.Errorf("changes of %v", ids)
	}
	if _, err := b.Apply(older); err == nil {
		t.Error("an older plan is applied")
	}
	b.mustRest(t)
	b.exec("INSERT INTO warehouses (store, name) VALUES ('main', 'New')")
	if unlinked, err := b.db.UnlinkedWarehouses(t.Context(), b.Link); err != nil || len(unlinked) != 1 || unlinked[0].Location != "" {
		t.Errorf("%v %+v", err, unlinked)
	}
}

// Edits made here before the merge are edits after it.
func TestMergeKeepsEdits(t *testing.T) {
	b := doubled(t)
	b.exec("UPDATE warehouses SET name = 'Edited here' WHERE id = 3")
	b.exec("UPDATE stock SET available = 99 WHERE warehouse_external_id = ?", locationZero)
	if _, err := b.merge("3", "1"); err != nil {
		t.Fatal(err)
	}
	run := b.Run()
	if run.Counts.Of(importer.Warehouses).Drifted != 1 || run.Counts.Of(importer.Stock).Drifted == 0 {
		t.Errorf("%+v %+v", run.Counts.Of(importer.Warehouses), run.Counts.Of(importer.Stock))
	}
	b.mustRest(t)
}

func TestLinkThatMoves(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 2))
	b.Run()
	for _, refused := range [][2]string{{"1", locationOne}, {"2", locationZero}} {
		if _, err := b.db.LinkWarehouse(t.Context(), b.Link, refused[0], refused[1], false); !errors.Is(err, job.ErrLinked) {
			t.Errorf("%v: %v", refused, err)
		}
	}
	if done, err := b.db.LinkWarehouse(t.Context(), b.Link, "1", locationZero, false); err != nil || !done.Already {
		t.Errorf("%v %+v", err, done)
	}
	done, err := b.db.LinkWarehouse(t.Context(), b.Link, "1", locationOne, true)
	if err != nil || done.Left != locationZero || done.From == nil || done.From.ID != "2" || done.Levels == 0 {
		t.Fatalf("%v %+v", err, done)
	}
	unlinked, err := b.db.UnlinkedWarehouses(t.Context(), b.Link)
	if err != nil || len(unlinked) != 1 || unlinked[0].ID != "2" || unlinked[0].Location != locationZero || unlinked[0].Double != nil {
		t.Fatalf("half of a swap: %v %+v", err, unlinked)
	}
	if _, err := b.db.LinkWarehouse(t.Context(), b.Link, "2", locationZero, false); err != nil {
		t.Fatal(err)
	}
	if run := b.Run(); run.Status != importer.Succeeded || len(b.Names()) != 2 {
		t.Errorf("%s %v", run.Status, b.Names())
	}
	b.mustRest(t)
}

// The operator says that it is another place: nothing is taken for its double.
func TestLinkOfANewWarehouse(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 2))
	b.Run()
	b.Lose(locationZero, "Old depot")
	run := b.Run()
	if run.Counts.Of(importer.Warehouses).Rejected != 1 {
		t.Fatalf("%+v", run.Counts.Of(importer.Warehouses))
	}
	snapshot, err := b.db.LastSnapshot(t.Context(), linked)
	if err != nil {
		t.Fatal(err)
	}
	finder, err := walk.NewFinder(snapshot, importer.Warehouses)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := finder.FindRecord(locationZero)
	if err != nil {
		t.Fatal(err)
	}
	done, err := b.db.LinkNewWarehouse(t.Context(), b.Link, shown, false)
	if err != nil || done.Warehouse.ID != "3" {
		t.Fatalf("%v %+v", err, done)
	}
	if unlinked, err := b.db.UnlinkedWarehouses(t.Context(), b.Link); err != nil || len(unlinked) != 1 || unlinked[0].Location != "" {
		t.Errorf("%v %+v", err, unlinked)
	}
	if run := b.Run(); run.Status != importer.Succeeded || run.Counts.Of(importer.Warehouses).RowWrites() != 0 {
		t.Errorf("%s %+v", run.Status, run.Counts.Of(importer.Warehouses))
	}
	b.mustRest(t)
	if _, err := b.db.LinkNewWarehouse(t.Context(), b.Link, shown, false); !errors.Is(err, job.ErrLinked) || len(b.Names()) != 3 {
		t.Errorf("%v %v", err, b.Names())
	}
}

func TestUnlinkedWarehouses(t *testing.T) {
	b := doubled(t)
	b.exec("INSERT INTO warehouses (store, name) VALUES ('main', 'Attic')")
	b.Lose(locationOne, "Old shop")
	unlinked, err := b.db.UnlinkedWarehouses(t.Context(), b.Link)
	if err != nil || len(unlinked) != 3 {
		t.Fatalf("%v %+v", err, unlinked)
	}
	for _, w := range unlinked {
		switch {
		case w.Name == "Old depot" && w.Location == locationZero && w.Double != nil && w.Double.ID == "3":
		case w.Name == "Old shop" && w.Location == locationOne && w.Double == nil:
		case w.Name == "Attic" && w.Location == "" && w.Double == nil:
		default:
			t.Errorf("%+v", w)
		}
	}
}

// A state file of an older schema knows what its rows tell.
func TestWhatStoodIsKnownOfAnOlderFile(t *testing.T) {
	b := newBench(t, statetest.Stocked(1, 2))
	b.Run()
	b.exec("DELETE FROM stood_for")
	b.Lose(locationZero, "Old depot")
	b.exec("DELETE FROM stood_for")
	run := b.Run() // what was imported tells it
	b.WantHint(run.Plan, importer.RejectWarehouseAmbiguous, locationZero, "link 1 "+locationZero+" --store main")
	if strings.Contains(b.Remark(run.Plan, importer.RejectWarehouseAmbiguous, locationZero).Message, "it was") {
		t.Error("nobody knows which it was")
	}
	if again := b.Run(); again.Counts.Of(importer.Warehouses).Rejected != 1 {
		t.Errorf("%+v", again.Counts.Of(importer.Warehouses))
	}
}
