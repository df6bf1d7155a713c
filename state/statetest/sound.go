package statetest

import (
	"fmt"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// New records whose chunk is sound are planned without a look at them; those of
// any other chunk must not be.
func TestWhatCannotBeImportedIsRejectedWhereverItStands(t *testing.T, open Open) {
	const products = 8
	spoil := map[string]func(*Shelf, int){
		"a price that is none": func(s *Shelf, n int) {
			v := s.Variants[fmt.Sprintf("gid://shopify/ProductVariant/%d-1", n)]
			v.Price = "ten"
			s.Variants[v.ID] = v
		},
		"a level of no variant": func(s *Shelf, n int) {
			lost := importer.Level{InventoryItemID: fmt.Sprintf("gid://shopify/InventoryItem/%d-2", n), WarehouseID: "gid://shopify/Location/1", Active: true}
			s.Levels["lost"] = lost
		},
		"levels at a place that the shop does not show": func(s *Shelf, n int) {
			for key, level := range s.Levels {
				if level.InventoryItemID == fmt.Sprintf("gid://shopify/InventoryItem/%d-1", n) {
					level.WarehouseID += "9"
					s.Levels[key] = level
				}
			}
		},
	}
	rejected := map[string]map[*importer.Table]importer.Counts{
		"a price that is none":                          {importer.Variants: {Rejected: 1}, importer.Stock: {Rejected: 2}},
		"a level of no variant":                         {}, // it is left out
		"levels at a place that the shop does not show": {importer.Stock: {Rejected: 2}},
	}
	for what, spoil := range spoil {
		for i := range products {
			shop := StockedWith(uint64(i), products, endingChunks)
			spoil(shop, endingChunks(i))
			b := NewBench(t, open, shop)
			run := b.Run()
			want := rejected[what]
			for _, table := range importer.Tables() {
				got, there := run.Counts.Of(table), len(b.Rows(table))
				if got.Rejected != want[table].Rejected || got.Created != there || !got.IsBalanced() {
					t.Errorf("%s at product %d: %s %+v, %d rows, want %d rejected", what, i, table.Name, *got, there, want[table].Rejected)
				}
			}
		}
	}
}

// Parents that this import does not bring may be missing.
func TestStockOfVariantsThatAreNotThereIsRejected(t *testing.T, open Open) {
	shop := StockedWith(3, 4, endingChunks)
	b := NewBench(t, open, shop)
	_, plan, err := b.PreviewOf([]connector.Resource{connector.Products, connector.Warehouses}, importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Apply(plan); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		shop.AddProduct(4 + i)
	}
	_, plan, err = b.PreviewOf([]connector.Resource{connector.Stock}, importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if got := plan.Counts.Of(importer.Stock); got.Read != 32 || got.Created != 16 || got.Rejected != 16 {
		t.Errorf("%+v, want half of the 32 levels rejected", got)
	}
}
