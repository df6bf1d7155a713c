package importer_test

import (
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// A row that is marked missing is not equal to a record that the shop has.
func TestReconcileSeesWhatCameBack(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(3))
	b.run()
	b.shop.drop(2)
	b.run()
	if run := b.reconcile(); run.DifferentRecords() != 0 || run.Reconciliation.Totals["products"] != (importer.Sides{Shop: 2, Store: 3, Missing: 1}) {
		t.Errorf("kept as missing: %d differences, %+v", run.DifferentRecords(), run.Reconciliation.Totals["products"])
	}
	b.shop.add(2)
	run := b.reconcile()
	if c := run.Counts.Of(importer.Products); c.Updated != 1 || c.Unchanged != 2 || run.Reconciliation.Moved[importer.ByShop] == 0 {
		t.Errorf("%+v, moved %v", c, run.Reconciliation.Moved)
	}
}

// What an import would reject it would not create.
func TestReconcileCountsWhatIsRejected(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(2))
	b.run()
	b.shop.add(2)
	b.shop.variants[2].Price = "ten"
	run := b.reconcile()
	if c := run.Counts.Of(importer.Variants); c.Rejected != 1 || c.Created != 0 || c.Unchanged != 2 || !c.IsBalanced() {
		t.Errorf("variants: %+v", c)
	}
	if run.Reconciliation.Moved[importer.ByRejected] == 0 {
		t.Errorf("moved %v", run.Reconciliation.Moved)
	}
}
