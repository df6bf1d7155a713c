package state

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/eshopos/eshopctl/importer"
)

// TestSequences runs random sequences of shop edits, local edits and imports and
// holds the laws after each import: the catalogue is what the shop shows, the
// accounting balances, one record has one row, and a rerun writes nothing.
func TestSequences(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t, stocked(rapid.Uint64().Draw(rt, "order"), rapid.IntRange(0, 8).Draw(rt, "products")))
		next := 100
		rt.Repeat(map[string]func(*rapid.T){
			"change a price": func(rt *rapid.T) {
				edit(rt, b.shop.variants, func(v *importer.Variant) {
					v.Price = rapid.SampledFrom([]string{"1", "2.50", "10.00", "0"}).Draw(rt, "price")
				})
			},
			"sell": func(rt *rapid.T) {
				edit(rt, b.shop.levels, func(l *importer.Level) { l.Available = importer.Units(rapid.Int64Range(-3, 30).Draw(rt, "left")) })
			},
			"rename a location": func(rt *rapid.T) {
				edit(rt, b.shop.warehouses, func(w *importer.Warehouse) {
					w.Name = rapid.SampledFrom([]string{"A", "B", "Store room 0"}).Draw(rt, "name")
				})
			},
			"add a product": func(*rapid.T) { next++; b.shop.addProduct(next) },
			"drop a level": func(rt *rapid.T) {
				if key := pick(rt, b.shop.levels); key != "" {
					delete(b.shop.levels, key)
				}
			},
			"drop a product": func(rt *rapid.T) {
				if id := pick(rt, b.shop.products); id != "" {
					b.shop.drop(id)
				}
			},
			"edit here": func(rt *rapid.T) {
				b.exec(rapid.SampledFrom([]string{
					"UPDATE products SET title = 'edited' WHERE id = (SELECT min(id) FROM products)",
					"UPDATE stock SET available = 77 WHERE available = 2",
					"UPDATE warehouses SET name = 'edited'",
					"UPDATE variants SET price = NULL WHERE id % 3 = 0",
				}).Draw(rt, "edit"))
			},
			"lose a mapping": func(*rapid.T) {
				b.exec("UPDATE warehouses SET external_id = NULL, account = NULL WHERE id = (SELECT min(id) FROM warehouses)")
			},
			"import": func(rt *rapid.T) { b.importAndCheck(rt) },
		})
		b.importAndCheck(rt)
	})
}

// importAndCheck imports twice and holds the laws.
func (b *bench) importAndCheck(rt *rapid.T) {
	run := b.run()
	for _, table := range importer.Tables() {
		if counts := *run.Counts.Of(table); !counts.Balanced() {
			rt.Fatalf("%s does not balance: %+v", table.Name, counts)
		}
	}
	b.equalsShop(rt, run)
	before := b.digest()
	again := b.run()
	if again.Counts.Writes() != 0 || b.digest() != before {
		rt.Fatalf("the rerun writes: %+v", again.Counts)
	}
	if run.Status == importer.Partial != (again.Status == importer.Partial) {
		rt.Fatalf("%s, then %s", run.Status, again.Status)
	}
}

// equalsShop compares the levels and prices with the shop's, unless warehouses
// were rejected.
func (b *bench) equalsShop(rt *rapid.T, run importer.Run) {
	if run.Counts.Rejected() > 0 {
		return
	}
	rows := b.rows(importer.Stock)
	if len(rows) != len(b.shop.levels) {
		rt.Fatalf("%d levels, the shop has %d", len(rows), len(b.shop.levels))
	}
	for _, level := range b.shop.levels {
		row := rows[importer.JoinKey(level.InventoryItemID, level.WarehouseID)]
		if got := row.Record[importer.Stock.Column("available")].Int(); got != level.Available.Units {
			rt.Fatalf("level of %s is %d, the shop has %d", level.InventoryItemID, got, level.Available.Units)
		}
	}
	variants := b.rows(importer.Variants)
	for id, v := range b.shop.variants {
		if got := variants[id].Record[importer.Variants.Column("price")].Text(); got != v.Price {
			rt.Fatalf("price of %s is %q, the shop has %q", id, got, v.Price)
		}
	}
	linked := map[string]int{}
	for _, warehouse := range b.names() {
		if warehouse[1] != "" {
			linked[warehouse[1]]++
		}
	}
	for id := range b.shop.warehouses {
		if linked[id] != 1 {
			rt.Fatalf("%s has %d warehouses", id, linked[id])
		}
	}
}

// digest stands for the content of the whole catalogue.
func (b *bench) digest() string {
	sum := sha256.New()
	for _, table := range importer.Tables() {
		for r, err := range b.db.List(b.t.Context(), table, ListFilter{Store: "main"}) {
			if err != nil {
				b.t.Fatal(err)
			}
			fmt.Fprintf(sum, "%s %v\n", table.Name, r)
		}
	}
	return string(sum.Sum(nil))
}

func pick[V any](rt *rapid.T, from map[string]V) string {
	if len(from) == 0 {
		return ""
	}
	return rapid.SampledFrom(slices.Sorted(maps.Keys(from))).Draw(rt, "which")
}

func edit[V any](rt *rapid.T, of map[string]V, change func(*V)) {
	if key := pick(rt, of); key != "" {
		value := of[key]
		change(&value)
		of[key] = value
	}
}

// drop takes a product with all its parts out of the shop.
func (s *shelf) drop(id string) {
	delete(s.products, id)
	delete(s.memberships, id)
	delete(s.media, "m"+id)
	for _, v := range s.variantsOf(id) {
		item := s.variants[v].InventoryItemID
		maps.DeleteFunc(s.levels, func(_ string, l importer.Level) bool { return l.InventoryItemID == item })
		delete(s.variants, v)
	}
}
