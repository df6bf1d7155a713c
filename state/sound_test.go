package state

import (
	"fmt"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// New records whose chunk is sound are planned without a look at them; those of
// any other chunk must not be.
func TestWhatCannotBeImportedIsRejectedWhereverItStands(t *testing.T) {
	const products = 8
	spoil := map[string]func(*shelf, int){
		"a price that is none": func(s *shelf, n int) {
			v := s.variants[fmt.Sprintf("gid://shopify/ProductVariant/%d-1", n)]
			v.Price = "ten"
			s.variants[v.ID] = v
		},
		"a level of no variant": func(s *shelf, n int) {
			lost := importer.Level{InventoryItemID: fmt.Sprintf("gid://shopify/InventoryItem/%d-2", n), WarehouseID: "gid://shopify/Location/1", Active: true}
			s.levels["lost"] = lost
		},
		"levels at a place that the shop does not show": func(s *shelf, n int) {
			for key, level := range s.levels {
				if level.InventoryItemID == fmt.Sprintf("gid://shopify/InventoryItem/%d-1", n) {
					level.WarehouseID += "9"
					s.levels[key] = level
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
			shop := stockedWith(uint64(i), products, endingChunks)
			spoil(shop, endingChunks(i))
			b := newBench(t, shop)
			run := b.run()
			want := rejected[what]
			for _, table := range importer.Tables() {
				got, there := run.Counts.Of(table), len(b.rows(table))
				if got.Rejected != want[table].Rejected || got.Created != there || !got.Balanced() {
					t.Errorf("%s at product %d: %s %+v, %d rows, want %d rejected", what, i, table.Name, *got, there, want[table].Rejected)
				}
			}
		}
	}
}

// Parents that this import does not bring may be missing.
func TestStockOfVariantsThatAreNotThereIsRejected(t *testing.T) {
	shop := stockedWith(3, 4, endingChunks)
	b := newBench(t, shop)
	_, plan, err := b.previewOf([]connector.Resource{connector.Products, connector.Warehouses}, importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.apply(plan); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		shop.addProduct(4 + i)
	}
	_, plan, err = b.previewOf([]connector.Resource{connector.Stock}, importer.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if got := plan.Counts.Of(importer.Stock); got.Read != 32 || got.Created != 16 || got.Rejected != 16 {
		t.Errorf("%+v, want half of the 32 levels rejected", got)
	}
}
