package sandbox

import (
	"slices"
	"strings"
	"testing"
)

// TestMerchantEdits checks what every edit does to the truth, and that it is dated.
func TestMerchantEdits(t *testing.T) {
	c := newClock()
	s := DefaultShop()
	s.clock = c.read
	now := "2026-11-23T09:00:00Z"
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	before := s.Truth()

	do(s.SetPrice("MUG-1", "10"))
	mug := s.Truth().variant("MUG-1")
	if mug.Price != "10.00" || mug.UpdatedAt != now || s.Truth().product("enamel-mug").UpdatedAt != now {
		t.Errorf("price: %+v", mug)
	}
	do(s.Retitle("milk-jug", "Cream Jug"))
	if p := s.Truth().product("milk-jug"); p.Title != "Cream Jug" || p.UpdatedAt != now {
		t.Errorf("title: %+v", p)
	}
	do(s.SetStatus("milk-jug", "ARCHIVED"))
	do(s.RenameLocation(ShopLocation, "Shop York, Stonegate"))
	do(s.Sell("MUG-1", WarehouseLocation, 3))
	do(s.SetAvailable("COSY-M", WarehouseLocation, 12))
	do(s.RemoveLevel("COSY-B", WarehouseLocation))
	do(s.AddToCollection("window-display", "wool-tea-cosy"))
	do(s.MoveInCollection("window-display", "wool-tea-cosy", 0))
	do(s.RemoveFromCollection("window-display", "milk-jug"))
	do(s.RetitleCollection("window-display", "Window"))
	do(s.RemoveVariant("CUP-60"))
	do(s.RemoveProduct("jubilee-mug"))
	if _, err := s.AddProduct(NewProduct{Title: "New Whisk", Variants: []NewVariant{{SKU: new("WHISK"), Price: "18", Stock: []Stock{{WarehouseLocation, 4}}}}}); err != nil {
		t.Fatal(err)
	}
	do(s.DeactivateLocation(WarehouseLocation))

	after := s.Truth()
	if level := after.level("MUG-1", after.location(WarehouseLocation).ID); level.Quantities["available"] != 17 || level.Quantities["committed"] != 3 ||
		level.Quantities["on_hand"] != 20 || level.Active || level.UpdatedAt != now {
		t.Errorf("sold: %+v", level)
	}
	if len(after.Products) != len(before.Products) || len(after.Variants) != len(before.Variants)-1 {
		t.Errorf("%d products and %d variants", len(after.Products), len(after.Variants))
	}
	if after.variant("WHISK").Price != "18.00" || after.product("new-whisk").Status != "ACTIVE" {
		t.Error("the new product is not there")
	}
	if first := after.Memberships[0]; first.ProductID != after.product("wool-tea-cosy").ID {
		t.Errorf("the window begins with %s", first.ProductID)
	}
}

func TestMerchantEditsRefuseUnknownNames(t *testing.T) {
	s := DefaultShop()
	for name, err := range map[string]error{
		"price":            s.SetPrice("NOPE", "1"),
		"not a price":      s.SetPrice("MUG-1", "free"),
		"doubled SKU":      s.SetPrice("STR-1", "1"),
		"product":          s.Retitle("nope", "x"),
		"status":           s.SetStatus("milk-jug", "SOLD"),
		"location":         s.RenameLocation("nope", "x"),
		"doubled location": s.RenameLocation("Pop-up stall", "x"),
		"level":            s.Sell("COSY-M", ShopLocation, 1),
		"collection":       s.RetitleCollection("nope", "x"),
		"member":           s.RemoveFromCollection("window-display", "wool-tea-cosy"),
		"only variant":     s.RemoveVariant("POT-1"),
		"medium":           s.RemoveMedia("enamel-mug", "gid://shopify/MediaImage/1"),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestDefaultShopShapes checks that the shapes that surprise importers are there.
func TestDefaultShopShapes(t *testing.T) {
	s := DefaultShop()
	truth := s.Truth()
	anyVariant := func(f func(VariantTruth) bool) bool { return slices.ContainsFunc(truth.Variants, f) }
	anyProduct := func(f func(ProductTruth) bool) bool { return slices.ContainsFunc(truth.Products, f) }
	anyMedia := func(f func(MediaTruth) bool) bool { return slices.ContainsFunc(truth.Media, f) }
	anyLevel := func(f func(LevelTruth) bool) bool { return slices.ContainsFunc(truth.Levels, f) }
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
		"default variant":    anyVariant(func(v VariantTruth) bool { return v.Title == "Default Title" }),
		"draft":              anyProduct(func(p ProductTruth) bool { return p.Status == "DRAFT" }),
		"archived":           anyProduct(func(p ProductTruth) bool { return p.Status == "ARCHIVED" }),
		"unlisted":           anyProduct(func(p ProductTruth) bool { return p.Status == "UNLISTED" }),
		"three options":      anyProduct(func(p ProductTruth) bool { return len(p.Options) == 3 }),
		"unused value":       slices.Contains(truth.product("enamel-mug").Options[0].Values, "Discontinued Red"),
		"sixty variants":     len(s.handles["porcelain-cup"].variants) == 60,
		"untracked":          anyVariant(func(v VariantTruth) bool { return !v.Tracked && stocked[v.ID] }),
		"negative stock":     anyLevel(func(l LevelTruth) bool { return l.Quantities["available"] < 0 }),
		"stocked nowhere":    anyVariant(func(v VariantTruth) bool { return v.Tracked && !stocked[v.ID] }),
		"inactive level":     anyLevel(func(l LevelTruth) bool { return !l.Active && l.Quantities["available"] > 0 }),
		"null SKU":           anyVariant(func(v VariantTruth) bool { return v.SKU == nil }),
		"empty SKU":          skus[""] > 0,
		"blank SKU":          skus[" "] > 0,
		"doubled SKU":        skus["STR-1"] == 2,
		"price of nothing":   anyVariant(func(v VariantTruth) bool { return v.Price == "0.00" }),
		"compare at nothing": anyVariant(func(v VariantTruth) bool { return v.CompareAtPrice != nil && *v.CompareAtPrice == "0.00" }),
		"terminal escapes": anyProduct(func(p ProductTruth) bool {
			return strings.Contains(p.Title, "\x1b[2J") && strings.Contains(p.Title, "\x1b]0;")
		}),
		"formula":               anyProduct(func(p ProductTruth) bool { return strings.HasPrefix(p.Title, "=") }),
		"control characters":    anyProduct(func(p ProductTruth) bool { return strings.Contains(p.Title, "\x01") }),
		"no NUL":                !anyProduct(func(p ProductTruth) bool { return strings.Contains(p.Title+p.DescriptionHTML, "\x00") }),
		"script":                anyProduct(func(p ProductTruth) bool { return strings.Contains(p.DescriptionHTML, "<script>") }),
		"no category":           anyProduct(func(p ProductTruth) bool { return !member[p.ID] }),
		"processing":            anyMedia(func(m MediaTruth) bool { return m.Status == "PROCESSING" && m.URL == nil }),
		"failed":                anyMedia(func(m MediaTruth) bool { return m.Status == "FAILED" }),
		"external video":        anyMedia(func(m MediaTruth) bool { return m.Type == "EXTERNAL_VIDEO" }),
		"model":                 anyMedia(func(m MediaTruth) bool { return m.Type == "MODEL_3D" }),
		"video":                 anyMedia(func(m MediaTruth) bool { return m.Type == "VIDEO" }),
		"shared by variants":    anyMedia(func(m MediaTruth) bool { return len(m.VariantIDs) > 1 }),
		"smart":                 slices.ContainsFunc(truth.Collections, func(c CollectionTruth) bool { return c.Smart }),
		"manual":                slices.ContainsFunc(truth.Collections, func(c CollectionTruth) bool { return c.SortOrder == "MANUAL" }),
		"closed with stock":     !truth.location(ClosedLocation).Active && anyLevel(func(l LevelTruth) bool { return l.LocationID == truth.location(ClosedLocation).ID }),
		"fulfilment service":    truth.location(ServiceLocation).FulfillmentService,
		"names without letters": s.handles["抹茶セット"] != nil,
	} {
		if !there {
			t.Errorf("the default shop has no %s", shape)
		}
	}
}

func TestShopsAreDeterministic(t *testing.T) {
	diff(t, "default", DefaultShop().Truth(), DefaultShop().Truth())
	diff(t, "generated", Generate(50).Truth(), Generate(50).Truth())
}

func (t Truth) product(handle string) ProductTruth {
	return t.Products[slices.IndexFunc(t.Products, func(p ProductTruth) bool { return p.Handle == handle })]
}

func (t Truth) variant(sku string) VariantTruth {
	return t.Variants[slices.IndexFunc(t.Variants, func(v VariantTruth) bool { return v.SKU != nil && *v.SKU == sku })]
}

func (t Truth) location(name string) LocationTruth {
	return t.Locations[slices.IndexFunc(t.Locations, func(l LocationTruth) bool { return l.Name == name })]
}

func (t Truth) level(sku, location string) LevelTruth {
	id := t.variant(sku).ID
	return t.Levels[slices.IndexFunc(t.Levels, func(l LevelTruth) bool { return l.VariantID == id && l.LocationID == location })]
}
