package importer_test

import (
	"slices"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/importer"
)

// A level refers to no warehouse that is not there: it waits, and is told.
func TestStockAtAPlaceThatIsNotShown(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(2))
	b.run()
	b.shop.warehouses[0] = importer.Warehouse{ID: there, Name: "There", Active: true}
	run := b.run()
	if run.Status != importer.Partial || run.Counts.Of(importer.Stock).Rejected != 2 || run.RejectedBy[importer.RejectParentRejected] != 2 {
		t.Errorf("%s, %+v, %v", run.Status, run.Counts.Of(importer.Stock), run.RejectedBy)
	}
	plan, err := b.db.Snapshot(t.Context(), run.Plan)
	if err != nil || !slices.Equal(plan.Info().Lacking["warehouses"], []string{here}) {
		t.Errorf("%v: the snapshot lacks %v", err, plan.Info().Lacking)
	}
}

// What is no character is told at every read, in texts and in lists alike.
func TestReplacedTextIsTold(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(3))
	b.shop.products[0].Title = "Te\x00a"
	b.shop.products[1].Options = []importer.Option{{Name: "Siz\x00e", Values: []string{"S"}}}
	run := b.run()
	for n, want := range []bool{true, true, false} {
		if said := b.said(run.Plan, importer.WarnTextReplaced, product(n)); said != want {
			t.Errorf("product %d: told is %t", n, said)
		}
	}
	if title := b.value(importer.Products, product(0), "title"); title != "Te\uFFFDa" {
		t.Errorf("the title is %q", title)
	}
	if options := b.value(importer.Products, product(1), "options"); options != `[{"name":"Siz`+"\uFFFD"+`e","values":["S"]}]` {
		t.Errorf("the options are %q", options)
	}
}

// A record without an id counts as read and rejected, and nothing goes that it may be.
func TestWhatHasNoIDIsRejected(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(3))
	b.run()
	b.shop.drop(2)
	b.shop.nameless = []importer.NamelessRecord{{Table: "products", Place: "products", Why: "it is null"}}
	run := b.run()
	if c := run.Counts.Of(importer.Products); run.Status != importer.Partial || c.Read != 3 || c.Rejected != 1 || c.Missing != 0 {
		t.Errorf("%s, %+v", run.Status, c)
	}
	if row, has := b.row(importer.Products, product(2)); !has || row.Missing {
		t.Errorf("the row that it may be: there is %t, missing is %t", has, row.Missing)
	}
}

// Where a part without an id does not say whose it is, it may be anybody's.
func TestAPartWithoutAnIDMayBeAnybodys(t *testing.T) {
	t.Parallel()
	for parent, removed := range map[string]int{"": 0, product(1): 0, product(0): 1} {
		b := newBench(t, newShop(2))
		second := b.shop.variants[1]
		second.ID, second.InventoryItemID = variant(9), item(9)
		b.shop.variants = append(b.shop.variants, second)
		b.run()
		b.shop.variants = b.shop.variants[:2]
		b.shop.nameless = []importer.NamelessRecord{{Table: "variants", Parent: parent, Place: "variants", Why: "it is null"}}
		if run := b.run(); run.Counts.Of(importer.Variants).Removed != removed || run.Counts.Of(importer.Variants).Rejected != 1 {
			t.Errorf("one of %q: %+v", parent, run.Counts.Of(importer.Variants))
		}
	}
}

// Parts of what cannot be imported are left as they are.
func TestPartsOfARejectedRecord(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(3))
	b.run()
	b.shop.products[0].Unfit = "title is null"
	b.shop.variants[0].Price = "11.00"
	b.shop.variants = slices.DeleteFunc(b.shop.variants, func(v importer.Variant) bool { return v.ID == variant(1) })
	b.shop.products[1].Unfit = "title is null"
	b.shop.levels = slices.DeleteFunc(b.shop.levels, func(l importer.Level) bool { return l.InventoryItemID == item(1) })
	run := b.run()
	if run.Counts.Of(importer.Products).Rejected != 2 || run.Counts.Of(importer.Variants).Removed != 0 || run.Counts.Of(importer.Variants).Updated != 0 || run.RejectedBy[importer.RejectParentRejected] == 0 {
		t.Errorf("%+v, %+v, %v", run.Counts.Of(importer.Products), run.Counts.Of(importer.Variants), run.RejectedBy)
	}
	if price := b.value(importer.Variants, variant(0), "price"); price != "10.00" {
		t.Errorf("the price is %s", price)
	}
	if _, has := b.row(importer.Variants, variant(1)); !has {
		t.Error("a variant of a rejected product went")
	}
}

// Law 6: to make another warehouse for a location that lost its own would double it.
func TestALostLocationWaitsForALink(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(1))
	b.run()
	b.sql("UPDATE warehouses SET external_id = NULL, account = NULL, name = 'Elsewhere'")
	run := b.run()
	if c := run.Counts.Of(importer.Warehouses); c.Rejected != 1 || c.Created != 0 || run.RejectedBy[importer.RejectWarehouseAmbiguous] != 1 {
		t.Errorf("%+v, %v", c, run.RejectedBy)
	}
	if c := run.Counts.Of(importer.Stock); c.Removed != 0 {
		t.Errorf("its stock: %+v", c)
	}
}

// A level that stays as it was edited goes to no zero.
func TestAKeptEditZeroesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t, newShop(2))
	b.run()
	b.sql("UPDATE stock SET available = 9 WHERE inventory_item_id = ?", item(0))
	b.shop.levels[0].Available = importer.Units(0)
	if _, plan := b.preview(importer.Choices{KeepLocalEdits: true}); plan.Zeroed != 0 || plan.Counts.Of(importer.Stock).Skipped != 1 {
		t.Errorf("kept: %d zeroed, %+v", plan.Zeroed, plan.Counts.Of(importer.Stock))
	}
	if _, plan := b.preview(importer.Choices{}); plan.Zeroed != 1 || plan.Counts.Of(importer.Stock).Drifted != 1 {
		t.Errorf("overwritten: %d zeroed, %+v", plan.Zeroed, plan.Counts.Of(importer.Stock))
	}
}

// Stock that was read a while before the run is told with its age.
func TestStockOfBeforeIsTold(t *testing.T) {
	t.Parallel()
	if older := importer.StockOlder("from a read", 30*time.Second); older != nil {
		t.Errorf("a moment: %+v", older)
	}
	if older := importer.StockOlder("from a read", 50*time.Minute); older == nil || older.Code != importer.WarnStockOlder || older.Resource != "stock" {
		t.Errorf("an hour: %+v", older)
	}
}
