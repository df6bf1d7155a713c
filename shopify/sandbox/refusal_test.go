package sandbox_test

import (
	"path"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// TestValidationErrors checks that mistakes are answered with Shopify's keys.
func TestValidationErrors(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	cases := []struct {
		query     string
		variables map[string]any
		want      map[string]any
		path      []any
	}{
		{`query Q { shop { name nonsense } }`, nil,
			map[string]any{"code": "undefinedField", "typeName": "Shop", "fieldName": "nonsense"}, []any{"query Q", "shop", "nonsense"}},
		{`{ products(first: 1, limit: 3) { nodes { id } } }`, nil,
			map[string]any{"code": "argumentNotAccepted", "name": "products", "typeName": "Field", "argumentName": "limit"}, []any{"query", "products", "limit"}},
		{`{ product { id } }`, nil,
			map[string]any{"code": "missingRequiredArguments", "className": "Field", "name": "product", "arguments": "id"}, []any{"query", "product"}},
		{`{ products(first: "one") { nodes { id } } }`, nil,
			map[string]any{"code": "argumentLiteralsIncompatible", "typeName": "Field", "argumentName": "first"}, []any{"query", "products", "first"}},
		{`{ products(first: 1, sortKey: PRICE) { nodes { id } } }`, nil,
			map[string]any{"code": "argumentLiteralsIncompatible", "typeName": "Field", "argumentName": "sortKey"}, nil},
		{`{ product(id: "17") { id } }`, nil, map[string]any{"code": "argumentLiteralsIncompatible"}, nil},
		{`{ shop }`, nil, map[string]any{"code": "selectionMismatch", "nodeName": "field 'shop'", "typeName": "Shop"}, nil},
		{`{ shop { name { first } } }`, nil, map[string]any{"code": "selectionMismatch", "typeName": "String"}, nil},
		{`query($a: Int) { shop { id } }`, nil, map[string]any{"code": "variableNotUsed"}, nil},
		{`{ shop { ... on Wat { id } } }`, nil, map[string]any{"code": "undefinedType"}, nil},
		{`{ shop { id @wat } }`, nil, map[string]any{"code": "undefinedDirective"}, nil},
		{`{ shop { id `, nil, map[string]any{"code": "PARSE_ERROR"}, nil},
		{`query($f: Int!) { products(first: $f) { nodes { id } } }`, nil, map[string]any{"code": "INVALID_VARIABLE"}, nil},
		{`query($f: Int!) { products(first: $f) { nodes { id } } }`, map[string]any{"f": "ten"}, map[string]any{"code": "INVALID_VARIABLE", "value": "ten"}, nil},
		{`query($id: ID!) { product(id: $id) { id } }`, map[string]any{"id": "17"}, map[string]any{"code": "INVALID_VARIABLE"}, nil},
		{`query($k: ProductSortKeys) { products(first: 1, sortKey: $k) { nodes { id } } }`, map[string]any{"k": "PRICE"}, map[string]any{"code": "INVALID_VARIABLE"}, nil},
		{`{ products { nodes { id } } }`, nil, map[string]any{"code": "BAD_REQUEST"}, []any{"query", "products"}},
		{`{ products(first: 251) { nodes { id } } }`, nil, map[string]any{"code": "BAD_REQUEST"}, nil},
		{`{ products(first: 1) { nodes { id variants(first: 251) { nodes { id } } } } }`, nil, map[string]any{"code": "BAD_REQUEST"}, nil},
		{`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": manyIDs(251)}, map[string]any{"code": "MAX_INPUT_SIZE_EXCEEDED"}, nil},
	}
	for _, c := range cases {
		answer := b.ask(c.query, c.variables)
		if len(answer.Errors) == 0 || answer.Data != nil {
			t.Errorf("%s: not refused: %.300s", c.query, answer.raw)
			continue
		}
		for key, value := range c.want {
			if got := answer.Errors[0].Extensions[key]; got != value {
				t.Errorf("%s: %s is %v, want %v", c.query, key, got, value)
			}
		}
		if c.path != nil {
			diff(t, c.query, c.path, answer.Errors[0].Path)
		}
	}
}

func manyIDs(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = gid.FormatID("Product", int64(i+1))
	}
	return ids
}

func TestIDsThatLeadNowhere(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	answer := b.must(`{ product(id: "gid://shopify/Product/1") { id } nodes(ids: ["gid://shopify/Collection/1"]) { id } }`, nil)
	if at(answer.Data, "product") != nil || at(answer.Data, "nodes", 0) != nil {
		t.Errorf("got %s", answer.raw)
	}
	answer = b.ask(`{ product(id: "gid://shopify/Collection/1") { id } shop { id } }`, nil)
	if answer.Errors[0].Extensions["code"] != "RESOURCE_NOT_FOUND" || answer.Errors[0].Message != "Invalid id: gid://shopify/Collection/1" ||
		text(answer.Data, "shop", "id") == "" {
		t.Errorf("got %s", answer.raw)
	}
}

func TestManyVariantsOfOneProduct(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	id := productID(b.shop.Truth(), "porcelain-cup")
	answer := b.must(`query($id: ID!) { product(id: $id) { variants(first: 2048) { nodes { id } } } }`, map[string]any{"id": id})
	if got := len(list(answer.Data, "product", "variants", "nodes")); got != 60 {
		t.Errorf("got %d variants", got)
	}
	if answer := b.ask(`query($id: ID!) { product(id: $id) { variants(first: 2048) { nodes { id } } } shop { id } }`, map[string]any{"id": id}); len(answer.Errors) == 0 {
		t.Error("2048 variants beside another root field were not refused")
	}
}

func TestScopesAreFieldLevel(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	b.server.SetGrantedScopes(b.shop.Domain(), []string{"write_products"})
	b.must(`{ products(first: 2) { nodes { id variants(first: 1) { nodes { inventoryItem { tracked } } } } } }`, nil)

	answer := b.ask("{ inventoryItems(first: 2) {\n nodes { id inventoryLevels(first: 1) { nodes { id } } } } }", nil)
	if len(answer.Errors) != 1 || answer.Data != nil {
		t.Fatalf("got %s", answer.raw)
	}
	got := answer.Errors[0]
	if got.Message != "Access denied for inventoryLevels field. Required access: `read_inventory` access scope." ||
		got.Extensions["requiredAccess"] != "`read_inventory` access scope." || got.Extensions["documentation"] != graph.ScopesDocumentation ||
		got.Extensions["code"] != "ACCESS_DENIED" {
		t.Errorf("got %+v", got)
	}
	diff(t, "path", []any{"inventoryItems", "nodes", 0.0, "inventoryLevels"}, got.Path)
	diff(t, "locations", []graph.Place{{Line: 2, Column: 13}}, got.Locations)

	answer = b.ask(`{ shop { name } location(id: "gid://shopify/Location/1") { id } }`, nil)
	if text(answer.Data, "shop", "name") == "" || answer.Errors[0].Extensions["code"] != "ACCESS_DENIED" {
		t.Errorf("got %s", answer.raw)
	}
	b.server.SetGrantedScopes(b.shop.Domain(), []string{"read_inventory"})
	b.must(`{ locations(first: 5) { nodes { id } } }`, nil)
	if answer := b.ask(`{ locations(first: 5) { nodes { name } } }`, nil); len(answer.Errors) != 1 {
		t.Errorf("Location.name with read_inventory alone: %s", answer.raw)
	}
}

func TestThrottle(t *testing.T) {
	c := newClock()
	b := newBench(t, sandboxtest.DefaultShop(), func(o *sandboxtest.Options) { o.Clock, o.BucketSize, o.RestoreRate = c.read, 100, 10 })
	query := `{ products(first: 250) { nodes { variants(first: 2) { nodes { id } } } } }` // 2 + 11 * (1 + 4) = 57
	first := b.must(query, nil).Extensions.Cost
	if first.Requested != 57 || *first.Actual >= 57 || first.Throttle.Available != 100-*first.Actual || first.Throttle.Maximum != 100 || first.Throttle.Restore != 10 {
		t.Errorf("got %+v", first)
	}
	var refused answerBody
	for i := 0; len(refused.Errors) == 0 && i < 5; i++ {
		refused = b.ask(query, nil)
	}
	cost := refused.Extensions.Cost
	if len(refused.Errors) != 1 || refused.Errors[0].Message != "Throttled" || refused.Errors[0].Extensions["code"] != "THROTTLED" ||
		refused.Data != nil || cost.Actual != nil || cost.Requested != 57 || cost.Throttle.Available >= 57 {
		t.Fatalf("got %s", refused.raw)
	}
	c.forward(time.Duration((57 - cost.Throttle.Available) / 10 * float64(time.Second)))
	b.must(query, nil)
	c.forward(time.Hour)
	if got := b.must(`{ shop { id } }`, nil).Extensions.Cost.Throttle.Available; got != 99 {
		t.Errorf("a rested bucket has %v", got)
	}
}

func TestSearch(t *testing.T) {
	c := newClock()
	shop := sandboxtest.DefaultShop()
	b := newBench(t, shop, func(o *sandboxtest.Options) { o.Clock = c.read })
	all := len(shop.Truth().Products)
	fourth := path.Base(shop.Truth().Products[3].ID)
	if err := shop.SetPrice("MUG-1", "9.75"); err != nil {
		t.Fatal(err)
	}
	ask := func(query string) answerBody {
		return b.ask(`query($q: String) { products(first: 250, query: $q) { nodes { id status } } }`, map[string]any{"q": query})
	}
	for query, want := range map[string]int{
		`updated_at:>='2026-11-23T09:00:00Z'`:                   1,
		`updated_at:<'2026-11-23T09:00:00Z'`:                    all - 1,
		`status:draft,archived`:                                 2,
		`status:active AND updated_at:>='2026-11-23T09:00:00Z'`: 1,
		`id:` + fourth:                        1,
		`id:>` + fourth:                       all - 4,
		`created_at:>="2027-01-01T00:00:00Z"`: 0,
		`created_at:>'2026-01-01T00:00:00Z' created_at:<'2026-12-01T00:00:00Z'`: all,
	} {
		answer := ask(query)
		if got := len(list(answer.Data, "products", "nodes")); got != want || len(answer.Extensions.Search) > 0 {
			t.Errorf("%s: %d products, want %d: %v", query, got, want, answer.Extensions.Search)
		}
	}
	for query, code := range map[string]string{
		`updated_at:>=2026-11-23T09:00:00Z`: "invalid_value",
		`updated_at:>='yesterday'`:          "invalid_value",
		`wat:1`:                             "invalid_field",
		`mug`:                               "missing_named_field",
	} {
		answer := ask(query)
		if got := len(list(answer.Data, "products", "nodes")); got != all {
			t.Errorf("%s: filtered to %d", query, got)
		}
		search := answer.Extensions.Search
		if len(search) != 1 || search[0].Warnings[0].Code != code || search[0].Query != query {
			t.Errorf("%s: reported %+v", query, search)
			continue
		}
		diff(t, "path", []any{"products"}, search[0].Path)
	}
}

func TestDirectivesAndMerging(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	answer := b.must(`query($yes: Boolean = true) {
		shop { id @skip(if: $yes) name @include(if: $yes) ...F plan { shopifyPlus } }
		again: shop { ... @include(if: false) { id } __typename }
	}
	fragment F on Shop { plan { publicDisplayName } }`, nil)
	diff(t, "data", map[string]any{
		"shop":  map[string]any{"name": "Tea & Cups", "plan": map[string]any{"publicDisplayName": "Basic", "shopifyPlus": false}},
		"again": map[string]any{"__typename": "Shop"},
	}, answer.Data)
}

// productID is the id of the product with a handle.
func productID(truth sandboxtest.Truth, handle string) string {
	for _, p := range truth.Products {
		if p.Handle == handle {
			return p.ID
		}
	}
	return ""
}
