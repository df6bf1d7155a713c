package sandbox_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/shopify/sandbox/shops"
)

func page(first int) map[string]any { return map[string]any{"first": first} }

// TestDocumentsCost checks the requested costs that facts list for these documents and sizes.
func TestDocumentsCost(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	first := b.shop.Truth()
	product, where := first.Products[0].ID, first.Locations[0].ID
	item, coll := first.Variants[0].InventoryItemID, first.Collections[0].ID
	with := func(n int, pairs ...any) map[string]any {
		v := page(n)
		for i := 0; i < len(pairs); i += 2 {
			v[pairs[i].(string)] = pairs[i+1]
		}
		return v
	}
	p1 := func(n, variants, media int) map[string]any {
		return with(n, "variantsFirst", variants, "mediaFirst", media, "sortKey", "ID")
	}
	cases := []struct {
		name, query string
		variables   map[string]any
		cost        float64
	}{
		{"00", doc00Preflight, nil, 6},
		{"01", doc01Counts, nil, 40},
		{"03", doc03QuantityNames, nil, 2},
		{"10", doc10LocationsPage, page(250), 35},
		{"p1 20/50/20", docP1ProductsPage, p1(20, 50, 20), 607},
		{"p1 25/50/20", docP1ProductsPage, p1(25, 50, 20), 728},
		{"p1 100/10/10", docP1ProductsPage, p1(100, 10, 10), 740},
		{"p2 250", docP2ProductVariantsAll, with(250, "id", product), 113},
		{"p2 2048", docP2ProductVariantsAll, with(2048, "id", product), 153},
		{"p3", docP3VariantsPage, page(250), 123},
		{"p4 10", docP4InventoryPage, with(250, "levelsFirst", 10), 167},
		{"p4 50", docP4InventoryPage, with(250, "levelsFirst", 50), 266},
		{"p4 250", docP4InventoryPage, with(250, "levelsFirst", 250), 398},
		{"p4b", docP4BInventoryItemLevels, with(250, "id", item), 36},
		{"p4c", docP4CLocationLevelsSince, with(250, "id", where), 36},
		{"p5", docP5CollectionsPage, page(250), 156},
		{"p6", docP6CollectionProducts, with(250, "id", coll), 14},
		{"p9", docP9Exists, map[string]any{"ids": []string{product, where, item, coll}}, 2},
		{"p10", docP10ProductIdsPage, page(250), 35},
		{"p11", docP11VariantsInCollection, with(250, "productId", product, "collectionId", coll), 14},
		{"p13", docP13VariantIdsPage, page(250), 24},
		{"p14", docP14CollectionIdsPage, page(250), 24},
		{"c3", docC3BulkList, map[string]any{"query": "status:running"}, 9},
	}
	for _, c := range cases {
		answer := b.ask(c.query, c.variables)
		if len(answer.Errors) > 0 {
			t.Errorf("%s: %.600s", c.name, answer.raw)
			continue
		}
		cost := answer.Extensions.Cost
		if cost.Requested != c.cost {
			t.Errorf("%s: requested cost %v, want %v", c.name, cost.Requested, c.cost)
		}
		if cost.Actual == nil || *cost.Actual > cost.Requested || *cost.Actual <= 0 {
			t.Errorf("%s: actual cost %v of %v", c.name, cost.Actual, cost.Requested)
		}
	}
	answer := b.ask(docP1ProductsPage, p1(50, 100, 20))
	if got := answer.Errors[0].Extensions; got["code"] != "MAX_COST_EXCEEDED" || got["cost"] != 1003.0 || got["maxCost"] != 1000.0 {
		t.Errorf("a query of 1003 points: %s", answer.raw)
	}
}

// walk pages through a root connection and returns all nodes.
func (b *bench) walk(query string, variables map[string]any, path ...any) []any {
	b.t.Helper()
	var nodes []any
	seen := map[string]bool{}
	for {
		answer := b.must(query, variables)
		nodes = append(nodes, list(answer.Data, append(slices.Clone(path), "nodes")...)...)
		if at(answer.Data, append(slices.Clone(path), "pageInfo", "hasNextPage")...) != true {
			return nodes
		}
		cursor, _ := at(answer.Data, append(slices.Clone(path), "pageInfo", "endCursor")...).(string)
		if cursor == "" || seen[cursor] {
			b.t.Fatalf("cursor %q is empty or came twice", cursor)
		}
		seen[cursor] = true
		variables["after"] = cursor
	}
}

// TestDocumentsTellTheTruth reads the whole default shop with small pages and compares it with the truth.
func TestDocumentsTellTheTruth(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	truth := b.shop.Truth()

	var products []sandboxtest.ProductTruth
	var media []sandboxtest.MediaTruth
	for _, n := range b.walk(docP1ProductsPage, map[string]any{"first": 7, "variantsFirst": 20, "mediaFirst": 10, "sortKey": "ID"}, "products") {
		products = append(products, productOf(n))
		for i, m := range list(n, "media", "nodes") {
			media = append(media, mediaOf(n, m, i))
		}
	}
	for i := range truth.Media {
		truth.Media[i].VariantIDs = nil // read with the variants below
	}
	diff(t, "products", truth.Products, products)
	diff(t, "media", truth.Media, media)

	var variants []sandboxtest.VariantTruth
	for _, n := range b.walk(docP3VariantsPage, page(17), "productVariants") {
		variants = append(variants, variantOf(n))
	}
	diff(t, "variants", truth.Variants, variants)

	var levels []sandboxtest.LevelTruth
	for _, n := range b.walk(docP4InventoryPage, map[string]any{"first": 13, "levelsFirst": 10}, "inventoryItems") {
		for _, l := range list(n, "inventoryLevels", "nodes") {
			levels = append(levels, levelOf(n, l))
		}
	}
	for i := range truth.Levels {
		truth.Levels[i].VariantID = ""
	}
	diff(t, "levels", truth.Levels, levels)

	var memberships []sandboxtest.MembershipTruth
	for _, n := range b.walk(docP5CollectionsPage, page(3), "collections") {
		id := at(n, "id").(string)
		for i, p := range b.walk(docP6CollectionProducts, map[string]any{"first": 2, "id": id}, "collection", "products") {
			memberships = append(memberships, sandboxtest.MembershipTruth{CollectionID: id, ProductID: at(p, "id").(string), Position: i})
		}
	}
	diff(t, "memberships", truth.Memberships, memberships)

	var names []string
	for _, n := range b.walk(doc10LocationsPage, page(2), "locations") {
		names = append(names, at(n, "name").(string))
	}
	want := []string{shops.WarehouseLocation, shops.ShopLocation, "Pop-up stall", "Pop-up stall", shops.ClosedLocation, shops.ServiceLocation}
	diff(t, "locations", want, names)
}

func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-truth +read):\n%.3000s", what, d)
	}
}

func text(v any, path ...any) string {
	s, _ := at(v, path...).(string)
	return s
}

func textPointer(v any, path ...any) *string {
	if s, ok := at(v, path...).(string); ok {
		return &s
	}
	return nil
}

func productOf(n any) sandboxtest.ProductTruth {
	p := sandboxtest.ProductTruth{
		ID: text(n, "id"), Handle: text(n, "handle"), Title: text(n, "title"), DescriptionHTML: text(n, "descriptionHtml"),
		Vendor: text(n, "vendor"), Type: text(n, "productType"), Status: text(n, "status"), Tags: []string{},
		SEOTitle: textPointer(n, "seo", "title"), SEODescription: textPointer(n, "seo", "description"),
		CreatedAt: text(n, "createdAt"), UpdatedAt: text(n, "updatedAt"),
	}
	for _, tag := range list(n, "tags") {
		p.Tags = append(p.Tags, tag.(string))
	}
	for _, o := range list(n, "options") {
		option := sandboxtest.OptionTruth{Name: text(o, "name")}
		for _, v := range list(o, "optionValues") {
			option.Values = append(option.Values, text(v, "name"))
		}
		p.Options = append(p.Options, option)
	}
	return p
}

func mediaOf(n, m any, position int) sandboxtest.MediaTruth {
	t := sandboxtest.MediaTruth{
		ID: text(m, "id"), ProductID: text(n, "id"), Type: text(m, "mediaContentType"), Status: text(m, "status"),
		Alt: textPointer(m, "alt"), Position: position, PreviewURL: textPointer(m, "preview", "image", "url"),
	}
	for _, path := range [][]any{{"image", "url"}, {"originUrl"}, {"videoSources", 0, "url"}, {"modelSources", 0, "url"}} {
		if url := textPointer(m, path...); url != nil {
			t.URL = url
		}
	}
	if t.PreviewURL != nil {
		t.Width, t.Height = int(at(m, "preview", "image", "width").(float64)), int(at(m, "preview", "image", "height").(float64))
	}
	return t
}

func variantOf(n any) sandboxtest.VariantTruth {
	v := sandboxtest.VariantTruth{
		ID: text(n, "id"), ProductID: text(n, "product", "id"), InventoryItemID: text(n, "inventoryItem", "id"),
		Title: text(n, "title"), Position: int(at(n, "position").(float64)), SKU: textPointer(n, "sku"),
		Barcode: textPointer(n, "barcode"), Price: text(n, "price"), CompareAtPrice: textPointer(n, "compareAtPrice"),
		Tracked: at(n, "inventoryItem", "tracked").(bool), RequiresShipping: at(n, "inventoryItem", "requiresShipping").(bool),
		Weight:     at(n, "inventoryItem", "measurement", "weight", "value").(float64),
		WeightUnit: text(n, "inventoryItem", "measurement", "weight", "unit"), UpdatedAt: text(n, "updatedAt"),
	}
	for _, o := range list(n, "selectedOptions") {
		v.Options = append(v.Options, sandboxtest.SelectedOption{Name: text(o, "name"), Value: text(o, "value")})
	}
	return v
}

func levelOf(n, l any) sandboxtest.LevelTruth {
	t := sandboxtest.LevelTruth{
		ID: text(l, "id"), InventoryItemID: text(n, "id"), LocationID: text(l, "location", "id"),
		Active: at(l, "isActive").(bool), Quantities: map[string]int{}, UpdatedAt: text(l, "updatedAt"),
	}
	for _, q := range list(l, "quantities") {
		t.Quantities[text(q, "name")] = int(at(q, "quantity").(float64))
	}
	return t
}
