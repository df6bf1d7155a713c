package sandbox

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func openAll(t *testing.T, paths ...string) []io.Reader {
	t.Helper()
	var files []io.Reader
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		files = append(files, f)
	}
	return files
}

func TestFromCSV(t *testing.T) {
	s, err := FromCSV(openAll(t, "testdata/products.csv")...)
	if err != nil {
		t.Fatal(err)
	}
	got := s.Truth()
	shirt, voucher := got.Products[0], got.Products[1]
	diff(t, "product", ProductTruth{
		ID: shirt.ID, Handle: "linen-shirt", Title: "Linen Shirt", DescriptionHTML: `<p>Soft, "washed" linen.</p>`, Vendor: "Alder",
		Type: "Shirts", Status: "ACTIVE", Tags: []string{"linen", "new", "summer"},
		Options:  []OptionTruth{{"Size", []string{"S", "M"}}, {"Colour", []string{"White"}}},
		SEOTitle: new("Linen shirt"), SEODescription: new("A shirt"), CreatedAt: shirt.CreatedAt, UpdatedAt: shirt.UpdatedAt,
	}, shirt)
	if voucher.Status != "DRAFT" || len(got.Variants) != 3 || got.Variants[2].Tracked || got.Variants[2].RequiresShipping {
		t.Errorf("voucher is %+v with %+v", voucher, got.Variants[2:])
	}
	first := got.Variants[0]
	if first.Price != "49.50" || *first.CompareAtPrice != "60.00" || *first.Barcode != "0501234" || first.Weight != 250 || first.WeightUnit != "GRAMS" {
		t.Errorf("first variant is %+v", first)
	}
	if len(got.Media) != 3 || *got.Media[1].Alt != "Back" || len(got.Media[1].VariantIDs) != 2 || got.Media[2].Alt != nil {
		t.Errorf("media are %+v", got.Media)
	}
	if len(got.Levels) != 4 || got.Levels[0].Quantities["available"] != 6 || got.Levels[1].Quantities["available"] != 3 {
		t.Errorf("levels are %+v", got.Levels)
	}
	var titles []string
	for _, c := range got.Collections {
		titles = append(titles, c.Title)
	}
	diff(t, "collections", []string{"Shirts", "linen", "new", "summer", "Gifts"}, titles)
}

func TestFromCSVNamesTheLine(t *testing.T) {
	_, err := FromCSV(strings.NewReader("Handle,Title,Option1 Value,Variant Price,Variant Inventory Qty\na,A,Default Title,1,many\n"))
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
	if _, err := FromCSV(strings.NewReader("a;b\n1;2\n")); err == nil {
		t.Error("a file without the columns was read")
	}
}

// TestFromShopifysFiles reads the files that Shopify made for filling development stores.
func TestFromShopifysFiles(t *testing.T) {
	paths, err := filepath.Glob("../../../shared/data/products-*.csv")
	if err != nil || len(paths) == 0 {
		t.Skip("Shopify's files are not here")
	}
	s, err := FromCSV(openAll(t, paths...)...)
	if err != nil {
		t.Fatal(err)
	}
	got := s.Truth()
	t.Logf("%d products, %d variants, %d media, %d collections", len(got.Products), len(got.Variants), len(got.Media), len(got.Collections))
	if len(got.Products) < 30 || len(got.Variants) < len(got.Products) || len(got.Media) < 30 {
		t.Errorf("only %d products, %d variants, %d media", len(got.Products), len(got.Variants), len(got.Media))
	}
}
