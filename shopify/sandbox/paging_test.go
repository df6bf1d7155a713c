package sandbox_test

import (
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// TestPagesAreComplete walks 700 products and their variants while the merchant removes and adds some.
func TestPagesAreComplete(t *testing.T) {
	b := newBench(t, sandboxtest.Generate(700))
	truth := b.shop.Truth()
	seen := map[string]bool{}
	for _, n := range b.walk(docP13VariantIdsPage, page(250), "productVariants") {
		if seen[text(n, "id")] {
			t.Errorf("%s came twice", text(n, "id"))
		}
		seen[text(n, "id")] = true
	}
	if len(seen) != len(truth.Variants) {
		t.Errorf("read %d of %d variants", len(seen), len(truth.Variants))
	}
	variables := page(250)
	answer := b.must(docP10ProductIdsPage, variables)
	read := len(list(answer.Data, "products", "nodes"))
	if err := b.shop.RemoveProduct("product-10"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.shop.AddProduct(catalogue.NewProduct{Title: "Late"}); err != nil {
		t.Fatal(err)
	}
	variables["after"] = at(answer.Data, "products", "pageInfo", "endCursor")
	read += len(b.walk(docP10ProductIdsPage, variables, "products"))
	if read != 701 {
		t.Errorf("read %d of 701 products", read)
	}
}

func TestPagingBackwardsAndReversed(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	forward := b.walk(`query($first: Int!, $after: String) { products(first: $first, after: $after, sortKey: TITLE) { nodes { id } pageInfo { hasNextPage endCursor } } }`, page(9), "products")
	backward := b.walk(`query($first: Int!, $after: String) { products(first: $first, after: $after, sortKey: TITLE, reverse: true) { nodes { id } pageInfo { hasNextPage endCursor } } }`, page(5), "products")
	for i := range forward {
		if text(forward[i], "id") != text(backward[len(backward)-1-i], "id") {
			t.Fatalf("place %d differs", i)
		}
	}
	answer := b.must(`{ products(last: 3, sortKey: TITLE) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage } } }`, nil)
	edges := list(answer.Data, "products", "edges")
	if len(edges) != 3 || text(edges[2], "node", "id") != text(forward[len(forward)-1], "id") || at(answer.Data, "products", "pageInfo", "hasPreviousPage") != true {
		t.Errorf("got %s", answer.raw)
	}
}

func TestCountsHaveLimits(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	answer := b.must(`{ few: productsCount(limit: 3) { count precision } all: productsCount(limit: null) { count precision } }`, nil)
	if at(answer.Data, "few", "count") != 3.0 || at(answer.Data, "few", "precision") != "AT_LEAST" ||
		at(answer.Data, "all", "count") != float64(len(b.shop.Truth().Products)) || at(answer.Data, "all", "precision") != "EXACT" {
		t.Errorf("got %s", answer.raw)
	}
}

func TestHiddenLocationsAndLevels(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	answer := b.must(`{
		shown: locations(first: 50) { nodes { name } }
		closed: locations(first: 50, includeInactive: true) { nodes { name } }
		all: locations(first: 50, includeInactive: true, includeLegacy: true) { nodes { name } }
	}`, nil)
	for key, want := range map[string]int{"shown": 4, "closed": 5, "all": 6} {
		if got := len(list(answer.Data, key, "nodes")); got != want {
			t.Errorf("%s: %d locations, want %d", key, got, want)
		}
	}
	answer = b.must(`query($id: ID!) { inventoryItem(id: $id) {
		shown: inventoryLevels(first: 9) { nodes { id } } all: inventoryLevels(first: 9, includeInactive: true) { nodes { id isActive } } } }`,
		map[string]any{"id": itemOf(b.shop.Truth(), "JUG-1")})
	if shown, all := len(list(answer.Data, "inventoryItem", "shown", "nodes")), len(list(answer.Data, "inventoryItem", "all", "nodes")); shown != 1 || all != 3 {
		t.Errorf("%d of %d levels are shown", shown, all)
	}
}

// itemOf is the id of the inventory item of a SKU.
func itemOf(truth sandboxtest.Truth, sku string) string {
	for _, v := range truth.Variants {
		if v.SKU != nil && *v.SKU == sku {
			return v.InventoryItemID
		}
	}
	return ""
}
