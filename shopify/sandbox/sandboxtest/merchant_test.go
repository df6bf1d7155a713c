package sandboxtest

import (
	"slices"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/shops"
)

// TestMerchantEdits checks what every edit does to the truth, and that it is dated.
func TestMerchantEdits(t *testing.T) {
	s := DefaultShop()
	s.Records.Clock = func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	now := "2026-11-23T09:00:00Z"
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	before := s.Truth()

	do(s.SetPrice("MUG-1", "10"))
	mug := variantIn(s.Truth(), "MUG-1")
	if mug.Price != "10.00" || mug.UpdatedAt != now || productIn(s.Truth(), "enamel-mug").UpdatedAt != now {
		t.Errorf("price: %+v", mug)
	}
	do(s.Retitle("milk-jug", "Cream Jug"))
	if p := productIn(s.Truth(), "milk-jug"); p.Title != "Cream Jug" || p.UpdatedAt != now {
		t.Errorf("title: %+v", p)
	}
	do(s.SetStatus("milk-jug", "ARCHIVED"))
	do(s.RenameLocation(shops.ShopLocation, "Shop York, Stonegate"))
	do(s.Sell("MUG-1", shops.WarehouseLocation, 3))
	do(s.SetAvailable("COSY-M", shops.WarehouseLocation, 12))
	do(s.RemoveLevel("COSY-B", shops.WarehouseLocation))
	do(s.AddToCollection("window-display", "wool-tea-cosy"))
	do(s.MoveInCollection("window-display", "wool-tea-cosy", 0))
	do(s.RemoveFromCollection("window-display", "milk-jug"))
	do(s.RetitleCollection("window-display", "Window"))
	do(s.RemoveVariant("CUP-60"))
	do(s.RemoveProduct("jubilee-mug"))
	if _, err := s.AddProduct(catalogue.NewProduct{Title: "New Whisk", Variants: []catalogue.NewVariant{{SKU: new("WHISK"), Price: "18", Stock: []catalogue.Stock{{Location: shops.WarehouseLocation, Available: 4}}}}}); err != nil {
		t.Fatal(err)
	}
	do(s.DeactivateLocation(shops.WarehouseLocation))

	after := s.Truth()
	if level := levelIn(after, "MUG-1", locationIn(after, shops.WarehouseLocation).ID); level.Quantities["available"] != 17 || level.Quantities["committed"] != 3 ||
		level.Quantities["on_hand"] != 20 || level.Active || level.UpdatedAt != now {
		t.Errorf("sold: %+v", level)
	}
	if len(after.Products) != len(before.Products) || len(after.Variants) != len(before.Variants)-1 {
		t.Errorf("%d products and %d variants", len(after.Products), len(after.Variants))
	}
	if variantIn(after, "WHISK").Price != "18.00" || productIn(after, "new-whisk").Status != "ACTIVE" {
		t.Error("the new product is not there")
	}
	if first := after.Memberships[0]; first.ProductID != productIn(after, "wool-tea-cosy").ID {
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
		"level":            s.Sell("COSY-M", shops.ShopLocation, 1),
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

func productIn(t Truth, handle string) ProductTruth {
	return t.Products[slices.IndexFunc(t.Products, func(p ProductTruth) bool { return p.Handle == handle })]
}

func variantIn(t Truth, sku string) VariantTruth {
	return t.Variants[slices.IndexFunc(t.Variants, func(v VariantTruth) bool { return v.SKU != nil && *v.SKU == sku })]
}

func locationIn(t Truth, name string) LocationTruth {
	return t.Locations[slices.IndexFunc(t.Locations, func(l LocationTruth) bool { return l.Name == name })]
}

func levelIn(t Truth, sku, location string) LevelTruth {
	id := variantIn(t, sku).ID
	return t.Levels[slices.IndexFunc(t.Levels, func(l LevelTruth) bool { return l.VariantID == id && l.LocationID == location })]
}
