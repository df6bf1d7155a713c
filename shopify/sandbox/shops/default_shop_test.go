package shops_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/shopify/sandbox/shops"
)

// TestDefaultShopShapes checks that the shapes that surprise importers are there.
func TestDefaultShopShapes(t *testing.T) {
	s := sandboxtest.DefaultShop()
	truth := s.Truth()
	anyVariant := func(f func(sandboxtest.VariantTruth) bool) bool { return slices.ContainsFunc(truth.Variants, f) }
	anyProduct := func(f func(sandboxtest.ProductTruth) bool) bool { return slices.ContainsFunc(truth.Products, f) }
	anyMedia := func(f func(sandboxtest.MediaTruth) bool) bool { return slices.ContainsFunc(truth.Media, f) }
	anyLevel := func(f func(sandboxtest.LevelTruth) bool) bool { return slices.ContainsFunc(truth.Levels, f) }
	skus := map[string]int{}
	stocked := map[string]bool{}
	for _, v := range truth.Variants {
		if v.SKU != nil {
			skus[*v.SKU]++
		}
	}
	for _, l := range truth.Levels {
		stocked[l.VariantID] = true
	}
	member := map[string]bool{}
	for _, m := range truth.Memberships {
		member[m.ProductID] = true
	}
	for shape, there := range map[string]bool{
		"default variant":    anyVariant(func(v sandboxtest.VariantTruth) bool { return v.Title == "Default Title" }),
		"draft":              anyProduct(func(p sandboxtest.ProductTruth) bool { return p.Status == "DRAFT" }),
		"archived":           anyProduct(func(p sandboxtest.ProductTruth) bool { return p.Status == "ARCHIVED" }),
		"unlisted":           anyProduct(func(p sandboxtest.ProductTruth) bool { return p.Status == "UNLISTED" }),
		"three options":      anyProduct(func(p sandboxtest.ProductTruth) bool { return len(p.Options) == 3 }),
		"unused value":       slices.Contains(productIn(truth, "enamel-mug").Options[0].Values, "Discontinued Red"),
		"sixty variants":     len(s.Records.Handles["porcelain-cup"].Variants) == 60,
		"untracked":          anyVariant(func(v sandboxtest.VariantTruth) bool { return !v.Tracked && stocked[v.ID] }),
		"negative stock":     anyLevel(func(l sandboxtest.LevelTruth) bool { return l.Quantities["available"] < 0 }),
		"stocked nowhere":    anyVariant(func(v sandboxtest.VariantTruth) bool { return v.Tracked && !stocked[v.ID] }),
		"inactive level":     anyLevel(func(l sandboxtest.LevelTruth) bool { return !l.Active && l.Quantities["available"] > 0 }),
		"null SKU":           anyVariant(func(v sandboxtest.VariantTruth) bool { return v.SKU == nil }),
		"empty SKU":          skus[""] > 0,
		"blank SKU":          skus[" "] > 0,
		"doubled SKU":        skus["STR-1"] == 2,
		"price of nothing":   anyVariant(func(v sandboxtest.VariantTruth) bool { return v.Price == "0.00" }),
		"compare at nothing": anyVariant(func(v sandboxtest.VariantTruth) bool { return v.CompareAtPrice != nil && *v.CompareAtPrice == "0.00" }),
		"terminal escapes": anyProduct(func(p sandboxtest.ProductTruth) bool {
			return strings.Contains(p.Title, "\x1b[2J") && strings.Contains(p.Title, "\x1b]0;")
		}),
		"formula":               anyProduct(func(p sandboxtest.ProductTruth) bool { return strings.HasPrefix(p.Title, "=") }),
		"control characters":    anyProduct(func(p sandboxtest.ProductTruth) bool { return strings.Contains(p.Title, "\x01") }),
		"no NUL":                !anyProduct(func(p sandboxtest.ProductTruth) bool { return strings.Contains(p.Title+p.DescriptionHTML, "\x00") }),
		"script":                anyProduct(func(p sandboxtest.ProductTruth) bool { return strings.Contains(p.DescriptionHTML, "<script>") }),
		"no category":           anyProduct(func(p sandboxtest.ProductTruth) bool { return !member[p.ID] }),
		"processing":            anyMedia(func(m sandboxtest.MediaTruth) bool { return m.Status == "PROCESSING" && m.URL == nil }),
		"failed":                anyMedia(func(m sandboxtest.MediaTruth) bool { return m.Status == "FAILED" }),
		"external video":        anyMedia(func(m sandboxtest.MediaTruth) bool { return m.Type == "EXTERNAL_VIDEO" }),
		"model":                 anyMedia(func(m sandboxtest.MediaTruth) bool { return m.Type == "MODEL_3D" }),
		"video":                 anyMedia(func(m sandboxtest.MediaTruth) bool { return m.Type == "VIDEO" }),
		"shared by variants":    anyMedia(func(m sandboxtest.MediaTruth) bool { return len(m.VariantIDs) > 1 }),
		"smart":                 slices.ContainsFunc(truth.Collections, func(c sandboxtest.CollectionTruth) bool { return c.Smart }),
		"manual":                slices.ContainsFunc(truth.Collections, func(c sandboxtest.CollectionTruth) bool { return c.SortOrder == "MANUAL" }),
		"closed with stock":     !locationIn(truth, shops.ClosedLocation).Active && anyLevel(func(l sandboxtest.LevelTruth) bool { return l.LocationID == locationIn(truth, shops.ClosedLocation).ID }),
		"fulfilment service":    locationIn(truth, shops.ServiceLocation).FulfillmentService,
		"names without letters": s.Records.Handles["抹茶セット"] != nil,
	} {
		if !there {
			t.Errorf("the default shop has no %s", shape)
		}
	}
}

func TestShopsAreDeterministic(t *testing.T) {
	diff(t, "default", sandboxtest.DefaultShop().Truth(), sandboxtest.DefaultShop().Truth())
	diff(t, "generated", sandboxtest.Generate(50).Truth(), sandboxtest.Generate(50).Truth())
}

func productIn(t sandboxtest.Truth, handle string) sandboxtest.ProductTruth {
	return t.Products[slices.IndexFunc(t.Products, func(p sandboxtest.ProductTruth) bool { return p.Handle == handle })]
}

func locationIn(t sandboxtest.Truth, name string) sandboxtest.LocationTruth {
	return t.Locations[slices.IndexFunc(t.Locations, func(l sandboxtest.LocationTruth) bool { return l.Name == name })]
}

// diff says what a test got when it is not what it wants.
func diff(t *testing.T, what string, want, got any) {
	t.Helper()
	if !reflect.DeepEqual(want, got) {
		t.Errorf("%s:\nwant %+v\ngot  %+v", what, want, got)
	}
}
