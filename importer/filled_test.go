package importer_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/planning"
)

// grown gives the table a column, as a newer program and its migration would. The shop has
// something for it in every batch but the last.
func (b *brewery) grown() {
	b.Helper()
	before := batches.Columns
	b.Cleanup(func() { batches.Columns = before })
	batches.Columns = append(slices.Clone(before), importer.Column{Name: "origin"})
	b.sql("ALTER TABLE batches ADD COLUMN origin TEXT")
	for i := range b.batches {
		b.batches[i] = append(b.batches[i], importer.String("Ghana"))
	}
	b.batches[len(b.batches)-1][9] = importer.None
}

// moves tells of each changed batch who moved, or that it is only filled.
func (b *brewery) moves(run string) map[string]string {
	b.Helper()
	moved := map[string]string{}
	for change := range must(b.bench, b.db.Changes(b.Context(), run, batches)) {
		moved[change.Key] = string(change.WhoMoved())
		if change.Filled {
			moved[change.Key] += "filled"
		}
	}
	return moved
}

func (b *brewery) expectMoves(what, run string, want map[string]string) {
	b.Helper()
	if got := b.moves(run); !maps.Equal(got, want) {
		b.Errorf("%s: %v, want %v", what, got, want)
	}
}

// replay plans from the snapshot of an earlier run.
func (b *bench) replay(earlier string) importer.Plan {
	b.Helper()
	run := b.begin(importer.KindPreview)
	plan, err := b.previewer().Replay(b.Context(), &run, b.link, earlier, nil, importer.Choices{})
	if err != nil {
		b.Fatal(err)
	}
	return plan
}

// What a new column gets is no change in the shop, and no edit here.
func TestANewColumnIsFilled(t *testing.T) {
	b := newBrewery(t, 7)
	b.expect("first", importer.Choices{}, importer.Counts{Read: 7, Created: 7})
	b.batches[5][7] = importer.String("heavy")
	b.expect("before, with one left alone", importer.Choices{}, importer.Counts{Read: 7, Unchanged: 6, Rejected: 1})
	b.batches[4] = batchOf(4, 3)
	_, old := b.preview(importer.Choices{})

	b.grown()
	if run, err := b.apply(old); err != nil || run.Counts.Of(batches).Updated != 1 {
		t.Errorf("the plan of before: %+v, %v", run.Counts.Of(batches), err)
	}
	b.batches[0][6], b.batches[5][7] = importer.Whole(4), importer.String("1.50")
	b.sql("UPDATE batches SET origin = 'Peru' WHERE external_id = ?", batch(1))
	b.sql("UPDATE batches SET roaster = 'Grace' WHERE external_id = ?", batch(2))
	moves := map[string]string{
		batch(0): "shop", batch(1): "store", batch(2): "store", batch(3): "filled", batch(4): "filled", batch(5): "filled",
	}

	run := b.reconcile()
	if want := (importer.Counts{Read: 7, Updated: 6, Unchanged: 1, Drifted: 2, Filled: 3}); *run.Counts.Of(batches) != want || run.WarningsBy[importer.WarnReconciliationBug] != 0 {
		t.Errorf("reconciled: %+v, %v, want %+v", run.Counts.Of(batches), run.WarningsBy, want)
	}
	if want := map[importer.Mover]int{importer.ByShop: 1, importer.ByStore: 2}; !maps.Equal(run.Reconciliation.Moved, want) || run.DifferentRecords() != 6 {
		t.Errorf("%v moved in %d differences, want %v", run.Reconciliation.Moved, run.DifferentRecords(), want)
	}
	b.expectMoves("reconciled", run.ID, moves)
	_, plan := b.preview(importer.Choices{})
	b.expectMoves("previewed", plan.ID, moves)
	for n, trips := range map[int]bool{2: true, 3: false} {
		err := planning.Guards{Update: planning.Limit{Set: true, N: n}}.Check(plan)
		if trips != (codeOf(err) == connector.GuardTripped) {
			t.Errorf("at most %d updates: %v", n, err)
		}
	}

	keep := importer.Choices{KeepLocalEdits: true}
	b.expect("edits kept", keep, importer.Counts{Read: 7, Updated: 4, Unchanged: 1, Skipped: 2, Drifted: 2, Filled: 3})
	b.expect("edits kept again", keep, importer.Counts{Read: 7, Unchanged: 5, Skipped: 2, Drifted: 2})
	plan, _ = b.expect("edits overwritten", importer.Choices{}, importer.Counts{Read: 7, Updated: 2, Unchanged: 5, Drifted: 2})
	b.expectMoves("overwritten", plan.ID, map[string]string{batch(1): "store", batch(2): "store"})
	b.expect("rerun", importer.Choices{}, importer.Counts{Read: 7, Unchanged: 7})
	if run := b.reconcile(); *run.Counts.Of(batches) != (importer.Counts{Read: 7, Unchanged: 7}) {
		t.Errorf("in the end: %+v", run.Counts.Of(batches))
	}
	for n, want := range []string{"Ghana", "Ghana", "Ghana", "Ghana", "Ghana", "Ghana", ""} {
		if got := b.value(batches, batch(n), "origin"); got != want {
			t.Errorf("batch %d is from %q, want %q", n, got, want)
		}
	}
}

// A snapshot from before a column, taken up again, takes nothing out of it, and what was
// imported since is no edit.
func TestASnapshotOfBeforeEmptiesNoNewColumn(t *testing.T) {
	b := newBrewery(t, 3)
	b.expect("first", importer.Choices{}, importer.Counts{Read: 3, Created: 3})
	b.batches[1] = batchOf(1, 4)
	_, old := b.preview(importer.Choices{})
	b.grown()
	b.expect("filled", importer.Choices{}, importer.Counts{Read: 3, Updated: 2, Unchanged: 1, Filled: 1})
	b.batches[1][6] = importer.Whole(3)
	b.expect("changed", importer.Choices{}, importer.Counts{Read: 3, Updated: 1, Unchanged: 2})

	again := b.replay(old.Snapshot)
	if want := (importer.Counts{Read: 3, Updated: 1, Unchanged: 2}); *again.Counts.Of(batches) != want {
		t.Errorf("the snapshot of before: %+v, want %+v", again.Counts.Of(batches), want)
	}
	if _, err := b.apply(again); err != nil {
		t.Fatal(err)
	}
	if left, origin := b.value(batches, batch(1), "left_over"), b.value(batches, batch(1), "origin"); left != "4" || origin != "Ghana" {
		t.Errorf("%s left over, of %q", left, origin)
	}
	b.batches[0][9] = importer.String("Peru")
	plan, _ := b.expect("after it", importer.Choices{}, importer.Counts{Read: 3, Updated: 2, Unchanged: 1})
	b.expectMoves("after it", plan.ID, map[string]string{batch(0): "shop", batch(1): "shop"})
}

// Parts have no id of their own, so that what was imported mostly stands for their rows:
// not where it is from before a column that was filled since.
func TestASnapshotOfBeforeDoesNotStandForParts(t *testing.T) {
	t.Cleanup(importer.Declare(labels))
	b := newBench(t, newShop(2))
	b.sql(labelsInSQL)
	record := importer.Record{importer.String(product(0)), importer.String("en"), importer.String("Tea")}
	b.shop.more = func(to importer.Intake) error { return to.PutRecord(labels, record) }
	expect := func(what string, plan importer.Plan, want importer.Counts) {
		t.Helper()
		if run, err := b.apply(plan); err != nil || *run.Counts.Of(labels) != want {
			t.Errorf("%s: %+v, %v, want %+v", what, *run.Counts.Of(labels), err, want)
		}
	}
	_, old := b.preview(importer.Choices{})
	expect("first", old, importer.Counts{Read: 1, Created: 1})
	before := labels.Columns
	t.Cleanup(func() { labels.Columns = before })
	labels.Columns, record = append(slices.Clone(before), importer.Column{Name: "font"}), append(record, importer.String("Garamond"))
	b.sql("ALTER TABLE made_up_labels ADD COLUMN font TEXT")
	_, plan := b.preview(importer.Choices{})
	expect("filled", plan, importer.Counts{Read: 1, Updated: 1, Filled: 1})
	expect("the snapshot of before", b.replay(old.Snapshot), importer.Counts{Read: 1, Unchanged: 1})
	_, plan = b.preview(importer.Choices{})
	expect("after it", plan, importer.Counts{Read: 1, Unchanged: 1})
	record[2] = importer.String("Fine tea")
	expect("the snapshot of before once more", b.replay(old.Snapshot), importer.Counts{Read: 1, Unchanged: 1})
	_, plan = b.preview(importer.Choices{})
	expect("changed", plan, importer.Counts{Read: 1, Updated: 1})
}

// Nobody knows what the shop had for a new column, so that only the store is known to have
// moved where somebody wrote something there.
func TestWhatIsWrittenIntoANewColumnIsTheStores(t *testing.T) {
	b := newBrewery(t, 2)
	b.expect("first", importer.Choices{}, importer.Counts{Read: 2, Created: 2})
	b.grown()
	b.batches[0][6] = importer.Whole(4)
	b.sql("UPDATE batches SET origin = 'Peru', roaster = 'Grace' WHERE external_id = ?", batch(0))
	b.batches[0][4] = importer.String("Linus")
	_, plan := b.preview(importer.Choices{})
	moves := map[string]importer.Mover{}
	for change := range must(b.bench, b.db.Changes(t.Context(), plan.ID, batches)) {
		for _, field := range change.Fields {
			moves[batches.Columns[field.Column].Name] = change.WhoMovedField(field)
		}
	}
	want := map[string]importer.Mover{"left_over": importer.ByShop, "roaster": importer.ByBoth, "origin": importer.ByStore}
	if !maps.Equal(moves, want) {
		t.Errorf("%v, want %v", moves, want)
	}
}

// What was read before there was a table is as sound as ever: its plan is listed, previewed
// again and applied, and is compared with.
func TestASnapshotOfBeforeATableIsSound(t *testing.T) {
	b := newBench(t, newShop(3))
	b.run()
	b.shop.products[0].Title = "Another"
	earlier, plan := b.preview(importer.Choices{})
	t.Cleanup(importer.Declare(batches))
	b.sql(batchesInSQL)
	for _, err := range b.db.Changes(t.Context(), earlier.ID, batches) {
		t.Errorf("changes of batches: %v", err)
	}
	if again := b.replay(earlier.ID); again.Counts.Of(importer.Products).Updated != 1 {
		t.Errorf("previewed again: %+v", again.Counts)
	}
	if run, err := b.apply(plan); err != nil || run.Counts.Of(importer.Products).Updated != 1 {
		t.Errorf("applied: %+v, %v", run.Counts, err)
	}
	if run, _ := b.preview(importer.Choices{}); slices.Contains(b.codes(run.ID), importer.WarnSnapshotDropped) {
		t.Error("the snapshot of before is dropped")
	}
}
