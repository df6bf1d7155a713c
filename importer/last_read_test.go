package importer_test

import (
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// vendors is a bench with three products of vendor A, of which vendors can be not read.
type vendors struct{ *bench }

func newVendors(t *testing.T) vendors {
	b := vendors{newBench(t, newShop(3))}
	for i := range b.shop.products {
		b.shop.products[i].Vendor = "A"
	}
	return b
}

func (v vendors) lack() {
	v.shop.notRead = []importer.NotRead{{Resource: "products", Fields: []string{"vendor"}, Why: importer.WhyVersion}}
	for i := range v.shop.products {
		v.shop.products[i].Vendor = ""
	}
}

// give has vendors be read again, of which the shop changed some.
func (v vendors) give(changed ...int) {
	v.shop.notRead = nil
	for i := range v.shop.products {
		v.shop.products[i].Vendor = "A"
		if slices.Contains(changed, i) {
			v.shop.products[i].Vendor = "B"
		}
	}
}

func (v vendors) edit(n int) {
	v.sql("UPDATE products SET vendor = 'mine' WHERE external_id = ?", product(n))
}

// An edit of what is not read is told once it is read again, however many imports came in
// between, and whatever the shop changed.
func TestEditsOfWhatIsNotReadAreToldLater(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		happens          func(vendors)
		updated, drifted int
	}{
		"edited before, and imported": {func(v vendors) {
			v.run()
			v.edit(1)
			v.lack()
			v.run()
			v.run()
			v.give()
		}, 1, 1},
		"edited meanwhile": {func(v vendors) { v.run(); v.lack(); v.run(); v.edit(1); v.give() }, 1, 1},
		"edited between two imports": {func(v vendors) {
			v.run()
			v.lack()
			v.run()
			v.edit(1)
			v.shop.products[1].Title = "Other" // the row is written otherwise
			v.run()
			v.run(connector.Products)
			v.give()
		}, 1, 1},
		"another of them changed in the shop": {func(v vendors) { v.run(); v.lack(); v.edit(1); v.run(); v.give(2) }, 2, 1},
		"both":                                {func(v vendors) { v.run(); v.lack(); v.edit(1); v.run(); v.give(1) }, 1, 1},
		"another field was edited":            {func(v vendors) { v.run(); v.lack(); v.sql("UPDATE products SET slug = 'x'"); v.run(); v.give(1) }, 1, 0},
		"never read before":                   {func(v vendors) { v.lack(); v.run(); v.edit(1); v.run(); v.give() }, 3, 1},
		"a record that came meanwhile": {func(v vendors) {
			v.run()
			v.lack()
			v.shop.add(7)
			v.run()
			v.edit(7)
			v.run()
			v.give()
		}, 1, 1},
		"many imports later": {func(v vendors) {
			v.run()
			v.lack()
			v.edit(1)
			for range 4 {
				v.run()
				if err := v.db.PruneRuns(v.Context(), connector.ID{Store: "main", Provider: "shopify"}, 2); err != nil {
					v.Fatal(err)
				}
			}
			v.give()
		}, 1, 1},
	} {
		v := newVendors(t)
		c.happens(v)
		reconciled := v.reconcile()
		if moved := reconciled.Reconciliation.Moved; moved[importer.ByNeither] != 0 || moved[importer.ByStore]+moved[importer.ByBoth] != c.drifted {
			t.Errorf("%s: reconciled, %v", name, moved)
		}
		kept, _ := v.preview(importer.Choices{KeepLocalEdits: true})
		if kept.Counts.Of(importer.Products).Skipped != c.drifted {
			t.Errorf("%s: to be kept are %+v", name, kept.Counts.Of(importer.Products))
		}
		run := v.run()
		if counts := run.Counts.Of(importer.Products); counts.Updated != c.updated || counts.Drifted != c.drifted || run.WarningsBy[importer.WarnLocalEditOverwritten] != c.drifted {
			t.Errorf("%s: %+v, %v", name, counts, run.WarningsBy)
		}
		if vendor := v.value(importer.Products, product(1), "vendor"); vendor != v.shop.products[1].Vendor {
			t.Errorf("%s: the vendor is %q", name, vendor)
		}
		if again := v.run(); again.Counts.Of(importer.Products).RowWrites() != 0 || again.Counts.Of(importer.Products).Drifted != 0 {
			t.Errorf("%s: once more, %+v", name, again.Counts.Of(importer.Products))
		}
	}
}

// What cannot be read of what was read before tells nothing, and stops nothing.
func TestALostSnapshotOfWhatIsNotReadStopsNothing(t *testing.T) {
	t.Parallel()
	v := newVendors(t)
	first := v.run()
	v.lack()
	v.edit(1)
	v.run()
	v.give()
	v.sql("UPDATE snapshots SET info = '{' WHERE run = ?", first.Plan)
	run := v.run()
	if run.Counts.Of(importer.Products).Updated != 1 || run.WarningsBy[importer.WarnSnapshotDropped] != 1 {
		t.Errorf("%+v, %v", run.Counts.Of(importer.Products), run.WarningsBy)
	}
	if again := v.run(); again.Counts.Of(importer.Products).RowWrites() != 0 || again.WarningsBy[importer.WarnSnapshotDropped] != 0 {
		t.Errorf("once more, %+v, %v", again.Counts.Of(importer.Products), again.WarningsBy)
	}
}
