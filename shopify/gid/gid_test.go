package gid

import (
	"testing"
)

func TestNumbersOfIDs(t *testing.T) {
	for id, want := range map[string]uint64{
		"gid://shopify/Product/1":                              1,
		"gid://shopify/Product/0042":                           42,
		"gid://shopify/Product/999999999999999999":             999999999999999999,
		"gid://shopify/Product/9223372036854775807":            9223372036854775807,
		"gid://shopify/Product/18446744073709551615":           18446744073709551615,
		"gid://shopify/InventoryLevel/523?inventory_item_id=7": 523,
		"77": 77,
	} {
		if got := NumberOf(id); got != want {
			t.Errorf("number(%q) = %d, want %d", id, got, want)
		}
	}
	seen := map[uint64]string{1: "gid://shopify/Product/1"}
	for _, id := range []string{"gid://shopify/Product/", "gid://shopify/Product/x1",
		"gid://shopify/Product/18446744073709551616", "", "/", "gid://shopify/Product/-1"} {
		if other, twice := seen[NumberOf(id)]; twice {
			t.Errorf("%q and %q have one number", id, other)
		}
		seen[NumberOf(id)] = id
	}
}
