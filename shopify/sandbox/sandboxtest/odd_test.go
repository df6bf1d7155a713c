package sandboxtest

import (
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// Items that are shared, or left by their variants, stand once in the list of items.
func TestInventoryItemsGoTheirOwnWay(t *testing.T) {
	shop := DefaultShop()
	records := shop.Records
	count := func() (items, variants, levels int) {
		for _, l := range records.Items {
			levels += len(l.Levels)
		}
		if !slices.IsSortedFunc(records.Items, func(a, b *catalogue.Item) int { return int(a.ID - b.ID) }) {
			t.Error("the items are not in the order of their ids")
		}
		return len(records.Items), len(records.Variants), levels
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	items, variants, levels := count()
	pot, err := records.VariantNamed("POT-1")
	must(err)
	shared := len(pot.Item.Levels)
	must(shop.ShareItem("MUG-1", "POT-1"))
	if i, v, l := count(); i != items-1 || v != variants || l != levels-shared {
		t.Errorf("shared: %d items of %d variants with %d levels", i, v, l)
	}
	must(shop.OwnItem("POT-1"))
	if i, _, l := count(); i != items || l != levels-shared {
		t.Errorf("parted: %d items with %d levels", i, l)
	}
	must(shop.LeaveItem("MUG-1"))
	if i, v, l := count(); i != items || v >= variants || l != levels-shared {
		t.Errorf("left: %d items of %d variants with %d levels", i, v, l)
	}
	if shop.OwnItem("POT-1") == nil || shop.ShareItem("POT-1", "none") == nil {
		t.Error("what cannot be done is not said")
	}
}
