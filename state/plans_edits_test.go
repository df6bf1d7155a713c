package state

import (
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/statetest"
)

// Edits are noted where rows change. Only a reconciliation notes a row besides, which is
// not what was imported though nobody touched it, so that the next import looks at it.
func TestAReconciliationNotesWhatNobodyTouched(t *testing.T) {
	b := newBench(t, statetest.Stocked(5, 2))
	b.Run()
	b.loosely("UPDATE products SET title = 'edited here' WHERE id = 1")
	found := func() int { return b.count("SELECT count(*) FROM edits WHERE found") }
	if b.Reconcile(); found() != 0 {
		t.Errorf("%d rows are noted again that were edited here", found())
	}
	b.loosely("DELETE FROM edits")
	if b.Reconcile(); found() != 1 {
		t.Errorf("%d rows are noted that nobody is known to have touched", found())
	}
	if run := b.Run(); run.Counts.Of(importer.Products).Updated != 1 {
		t.Errorf("the next import does not look at it: %v", run.Counts)
	}
}
