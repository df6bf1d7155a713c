package statetest

import (
	"maps"
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Law 7: records are kept, parts follow the shop.
func TestWhatVanishes(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(6, 4))
	b.Run()
	gone := "gid://shopify/Product/3"
	delete(b.Shop.Products, gone)
	delete(b.Shop.Memberships, gone)
	delete(b.Shop.Media, "m"+gone)
	for _, v := range b.Shop.VariantsOf(gone) {
		item := b.Shop.Variants[v].InventoryItemID
		delete(b.Shop.Variants, v)
		for w := range b.Shop.Warehouses {
			delete(b.Shop.Levels, item+w)
		}
	}
	delete(b.Shop.Variants, "gid://shopify/ProductVariant/1-1") // a part of a product that stays
	for w := range b.Shop.Warehouses {
		delete(b.Shop.Levels, "gid://shopify/InventoryItem/1-1"+w)
	}
	run := b.Run()
	if c := run.Counts.Of(importer.Products); c.Missing != 1 || c.Removed != 0 || c.Read != 3 {
		t.Errorf("products: %+v", c)
	}
	if c := run.Counts.Of(importer.Variants); c.Removed != 1 || c.Missing != 0 {
		t.Errorf("variants: %+v", c)
	}
	if c := run.Counts.Of(importer.Stock); c.Removed != 6 {
		t.Errorf("stock: %+v", c)
	}
	if c := run.Counts.Of(importer.Memberships); c.Removed != 1 {
		t.Errorf("memberships: %+v", c)
	}
	row, kept := b.Rows(importer.Products)[gone]
	if !kept || !row.Missing {
		t.Errorf("the vanished product: kept %v, missing %v", kept, row.Missing)
	}
	if again := b.Run(); again.Counts.RowWrites() != 0 {
		t.Errorf("the rerun writes: %+v", again.Counts)
	}
	b.Shop.AddProduct(3)
	if back := b.Run(); back.Counts.Of(importer.Products).Updated != 1 || b.Rows(importer.Products)[gone].Missing {
		t.Errorf("when it is back: %+v", back.Counts.Of(importer.Products))
	}
	b.Run()
	if again := b.Run(); again.Counts.RowWrites() != 0 {
		t.Errorf("the rerun writes: %+v", again.Counts)
	}
}

// Nothing is known about the parts of a product that the shop no longer shows. They
// stay with its row, and go with it where others deleted that.
func TestPartsOfWhatIsGoneFromBothSides(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(6, 4))
	b.Run()
	gone := "gid://shopify/Product/3"
	b.Shop.DropProduct(gone)
	b.Run()
	had := len(b.Rows(importer.Variants))
	b.Alter(importer.Products, Delete(Is("external_id", gone)))
	for _, removed := range []int{2, 0} {
		run := b.Run()
		if c := run.Counts.Of(importer.Variants); c.Removed != removed || len(b.Rows(importer.Variants)) != had-2 {
			t.Errorf("%d of %d variants: %+v", len(b.Rows(importer.Variants)), had, c)
		}
		if c := run.Counts.Of(importer.Media); c.Removed != removed/2 {
			t.Errorf("media: %+v", c)
		}
		if found := b.Reconcile(); len(found.Reconciliation.Moved) != 0 {
			t.Errorf("reconcile finds %v", found.Reconciliation.Moved)
		}
	}
}

// Without products their variants go, and without variants their stock, whichever of
// them the plan covers; all of it comes back with everything.
func TestAPlanOfPartsTakesAlongWhatHangs(t *testing.T, open Open) {
	for _, resources := range [][]connector.Resource{{connector.Stock}, {connector.Categories}, {connector.Warehouses, connector.Stock}} {
		b := NewBench(t, open, Stocked(6, 4))
		b.Run()
		had := len(b.Rows(importer.Stock))
		b.Alter(importer.Products, Delete(Is("external_id", "gid://shopify/Product/3")))
		_, plan, err := b.PreviewOf(resources, importer.Choices{})
		if err != nil {
			t.Fatal(err)
		}
		run, err := b.Apply(plan)
		if err != nil {
			t.Fatalf("%v: %v", resources, err)
		}
		if len(b.Rows(importer.Variants)) != 6 || len(b.Rows(importer.Stock)) != had*6/8 {
			t.Errorf("%v: %d variants, %d levels of %d, %+v", resources, len(b.Rows(importer.Variants)), len(b.Rows(importer.Stock)), had, run.Counts)
		}
		if c := run.Counts.Of(importer.Stock); slices.Contains(resources, connector.Stock) && c.Rejected != had*2/8 {
			t.Errorf("%v: stock %+v", resources, c)
		}
		b.Run()
		if len(b.Rows(importer.Stock)) != had || len(b.Reconcile().Reconciliation.Moved) != 0 {
			t.Errorf("%v: %d levels of %d came back", resources, len(b.Rows(importer.Stock)), had)
		}
	}
}

// A location that is rejected keeps its stock as it is, also what the shop no longer
// has there.
func TestStockOfARejectedLocationStays(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(6, 2))
	b.Run()
	b.Alter(importer.Warehouses, unlinkOf(locationZero))
	b.Put(importer.Warehouses, warehouse("Store room 0"))
	delete(b.Shop.Levels, "gid://shopify/InventoryItem/1-0"+locationZero)
	run := b.Run()
	if c := run.Counts.Of(importer.Stock); c.Removed != 0 || c.Rejected != 3 || c.Unchanged != 4 || len(b.Rows(importer.Stock)) != 8 {
		t.Errorf("%+v, %d levels", c, len(b.Rows(importer.Stock)))
	}
}

func TestArchiveMissing(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(7, 3))
	b.Run()
	p := b.Shop.Products["gid://shopify/Product/2"]
	delete(b.Shop.Products, p.ID)
	delete(b.Shop.Memberships, p.ID)
	delete(b.Shop.Media, "m"+p.ID)
	for _, v := range b.Shop.VariantsOf(p.ID) {
		delete(b.Shop.Variants, v)
		maps.DeleteFunc(b.Shop.Levels, func(_ string, l importer.Level) bool { return !slices.Contains(b.items(), l.InventoryItemID) })
	}
	for range 2 {
		_, plan, err := b.Preview(importer.Choices{ArchiveMissing: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Apply(plan); err != nil {
			t.Fatal(err)
		}
	}
	row := b.Rows(importer.Products)[p.ID]
	if got := row.Record[importer.Products.Column("status")].Text(); got != "archived" || !row.Missing {
		t.Errorf("status %q, missing %v", got, row.Missing)
	}
}

// What an earlier run marked missing is archived when that is chosen later.
func TestArchivingWhatIsMissingAlready(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(17, 2))
	b.Run()
	b.Shop.DropProduct("gid://shopify/Product/1")
	b.Run()
	_, plan, err := b.Preview(importer.Choices{ArchiveMissing: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Apply(plan); err != nil {
		t.Fatal(err)
	}
	status := b.Rows(importer.Products)["gid://shopify/Product/1"].Record[importer.Products.Column("status")].Text()
	if c := plan.Counts.Of(importer.Products); c.Archived != 1 || status != "archived" {
		t.Errorf("%+v, %q", c, status)
	}
}
