package sandbox

import (
	"slices"
	"testing"
)

// Items that are shared, or left by their variants, stand once in the list of items.
func TestInventoryItemsGoTheirOwnWay(t *testing.T) {
	shop := DefaultShop()
	count := func() (items, variants, levels int) {
		shop.mu.Lock()
		defer shop.mu.Unlock()
		for _, l := range shop.items {
			levels += len(l.levels)
		}
		if !slices.IsSortedFunc(shop.items, func(a, b *inventoryItem) int { return int(a.id - b.id) }) {
			t.Error("the items are not in the order of their ids")
		}
		return len(shop.items), len(shop.variants), levels
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	items, variants, levels := count()
	shared := len(shop.variant("POT-1").item.levels)
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

func (s *Shop) variant(sku string) *variant {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.variantNamed(sku)
	if err != nil {
		panic(err)
	}
	return v
}
