package state

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// A snapshot that was made of the one before and what differs is the one that
// would have been made of all texts, with the same remarks, and so is its plan.
func TestARevisedSnapshotIsTheOneThatAllTextsMake(t *testing.T) {
	for name, size := range map[string]struct{ quick, shops, products, rounds, edits int }{
		"small": {1, 6, 6, 12, 4}, "medium": {1, 8, 50, 8, 8}, "large": {0, 1, 700, 5, 40},
	} {
		t.Run(name, func(t *testing.T) {
			revised := 0
			shops := campaign.Of(t, "shops", size.quick, size.shops, size.shops)
			for seed := range uint64(shops) {
				shop := stocked(seed, size.products)
				shop.warehouses["gid://shopify/Location/2"] = importer.Warehouse{ID: "gid://shopify/Location/2", Name: "Cellar", Active: seed%2 == 0}
				delete(shop.memberships, "gid://shopify/Product/1")
				dice := rand.New(rand.NewPCG(seed, 13))
				revising, reading := newBench(t, shop.seen(true)), newBench(t, shop.seen(false))
				for round := range size.rounds {
					what := fmt.Sprintf("seed %d, round %d", seed, round)
					a, b := revising.planned(), reading.planned()
					revised += sameSnapshots(t, what, a, b)
					samePlans(t, what, a, b)
					if dice.IntN(2) == 0 {
						revising.mustApply(a.plan)
						reading.mustApply(b.plan)
					}
					for range dice.IntN(size.edits) {
						shop.editQuietly(dice)
					}
					for range dice.IntN(1 + size.edits/2) { // not every time
						shop.editLinks(dice)
					}
					if dice.IntN(6) == 0 {
						shop.edit(dice)
					}
				}
				for _, table := range importer.Tables() {
					sameRows(t, fmt.Sprintf("seed %d: %s", seed, table.Name), revising.rows(table), reading.rows(table))
				}
			}
			if revised == 0 && shops > 0 && size.products > smallShop {
				t.Error("nothing was ever revised")
			}
		})
	}
}

// smallShop is how many products a shop has that makes only chunks which are not
// worth to be kept as edits.
const smallShop = 6

// A chunk goes on to be there as long as one that is kept as edits of it.
func TestTheBaseOfARevisionIsNotPruned(t *testing.T) {
	shop := stocked(1, 150)
	shop.asTexts = func() bool { return true }
	b := newBench(t, shop)
	b.run()
	for i := range 4 {
		shop.setLevel("gid://shopify/InventoryItem/1-0gid://shopify/Location/0", int64(70+i))
		b.run()
		if err := b.db.Prune(t.Context(), "main", 1); err != nil {
			t.Fatal(err)
		}
		if got := b.rows(importer.Stock)["gid://shopify/InventoryItem/1-0\x00gid://shopify/Location/0"].Record[6].Int(); got != int64(70+i) {
			t.Errorf("available is %d", got)
		}
		p := b.planned()
		if got := p.plan.Counts.Stock; got.Unchanged != got.Read || got.Read != 600 {
			t.Errorf("%+v", got)
		}
	}
	if b.count("SELECT count(*) FROM chunks WHERE base IS NOT NULL") == 0 {
		t.Error("nothing was kept as edits")
	}
	if b.count("SELECT count(*) FROM chunks WHERE base NOT IN (SELECT digest FROM chunks)") != 0 {
		t.Error("a base is gone")
	}
}

// What comes new in each run does not make a chunk of its own for ever.
func TestSmallChunksAreJoined(t *testing.T) {
	shop := stocked(1, 20)
	shop.asTexts = func() bool { return true }
	b := newBench(t, shop)
	for i := range 30 {
		shop.addProduct(900 + i)
		b.run()
	}
	if n := b.count("SELECT count(*) FROM snapshot_chunks WHERE resource = 'stock' AND snapshot = (SELECT run FROM snapshots ORDER BY run DESC LIMIT 1)"); n > 6 {
		t.Errorf("the levels stand in %d chunks", n)
	}
}

// made is a plan and the snapshot that it was made of.
type made struct {
	plan     importer.Plan
	snapshot importer.Snapshot
}

func (b *bench) planned() made {
	b.t.Helper()
	_, plan, err := b.preview(importer.Choices{})
	if err != nil {
		b.t.Fatal(err)
	}
	snapshot, err := b.db.Snapshot(b.t.Context(), plan.Snapshot)
	if err != nil {
		b.t.Fatal(err)
	}
	return made{plan, snapshot}
}

func (b *bench) mustApply(plan importer.Plan) {
	b.t.Helper()
	if _, err := b.apply(plan); err != nil {
		b.t.Fatal(err)
	}
}

// sameSnapshots tells how many chunks of a are kept as edits.
func sameSnapshots(t *testing.T, what string, a, b made) (revised int) {
	t.Helper()
	for _, table := range importer.Tables() {
		if a, b := recordsOf(t, a, table), recordsOf(t, b, table); !slices.Equal(a, b) {
			t.Fatalf("%s: %s:\n%q\nmade of all texts\n%q", what, table.Name, a, b)
		}
		if a, b := remarksOn(t, a, table), remarksOn(t, b, table); !slices.Equal(a, b) {
			t.Fatalf("%s: remarks on %s:\n%s\nmade of all texts\n%s", what, table.Name, strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
		for chunk, err := range a.snapshot.Chunks(table) {
			if err != nil {
				t.Fatal(err)
			}
			if chunk.Base != "" {
				revised++
			}
			isDescribed(t, what, a, table, chunk)
		}
	}
	return revised
}

// isDescribed holds what a chunk says about its records against them.
func isDescribed(t *testing.T, what string, of made, table *importer.Table, chunk importer.Chunk) {
	t.Helper()
	packed, err := of.snapshot.Unpack(table, chunk)
	if err != nil {
		t.Fatal(err)
	}
	n, inStock, sound, last := 0, 0, true, ""
	for packed.More() {
		record, err := packed.Next()
		if err != nil {
			t.Fatal(err)
		}
		n, inStock, sound, last = n+1, inStock+table.InStock(record), sound && table.Sound(record), table.Key(record)
	}
	if n != chunk.Records || inStock != chunk.InStock || chunk.Sound && !sound || last > chunk.Last {
		t.Fatalf("%s: %s: the chunk %+v has %d records, %d in stock, sound %t, the last is %q", what, table.Name, chunk, n, inStock, sound, last)
	}
}

func recordsOf(t *testing.T, of made, table *importer.Table) (records []string) {
	t.Helper()
	for chunk, err := range of.snapshot.Chunks(table) {
		if err != nil {
			t.Fatal(err)
		}
		packed, err := of.snapshot.Unpack(table, chunk)
		for err == nil && packed.More() {
			var record importer.Record
			if record, err = packed.Next(); err == nil {
				records = append(records, string(importer.AppendRecord(nil, record)))
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return records
}

func remarksOn(t *testing.T, of made, table *importer.Table) (remarks []string) {
	t.Helper()
	for remark, err := range of.snapshot.RemarksOn(table) {
		if err != nil {
			t.Fatal(err)
		}
		remarks = append(remarks, fmt.Sprintf("%+v", remark))
	}
	slices.Sort(remarks)
	return remarks
}

func samePlans(t *testing.T, what string, a, b made) {
	t.Helper()
	if !reflect.DeepEqual(a.plan.Counts, b.plan.Counts) || !maps.Equal(a.plan.Had, b.plan.Had) || a.plan.InStock != b.plan.InStock ||
		a.plan.Zeroed != b.plan.Zeroed || !maps.Equal(a.plan.WarningsBy, b.plan.WarningsBy) || !maps.Equal(a.plan.RejectedBy, b.plan.RejectedBy) {
		t.Fatalf("%s: the plan is\n%+v\nof all texts\n%+v", what, a.plan, b.plan)
	}
}

// editQuietly changes what most often changes in a shop.
func (s *shelf) editQuietly(dice *rand.Rand) {
	switch dice.IntN(8) {
	case 0:
		id := anyOf(dice, s.products)
		product := s.products[id]
		product.Title = fmt.Sprintf("Renamed %d", dice.IntN(1000))
		if dice.IntN(5) == 0 {
			product.Title += "\x00"
		}
		s.products[id] = product
	case 1:
		id := anyOf(dice, s.variants)
		variant := s.variants[id]
		variant.Price = fmt.Sprintf("%d.00", dice.IntN(1000))
		if dice.IntN(9) == 0 {
			variant.Price = "a lot"
		}
		variant.Title = fmt.Sprintf("Tin %d", dice.IntN(3))
		s.variants[id] = variant
	case 2:
		delete(s.levels, anyOf(dice, s.levels))
	case 3: // a level more, mostly of an item that has others
		item := s.variants[anyOf(dice, s.variants)].InventoryItemID
		place := anyOf(dice, s.warehouses)
		s.levels[item+place] = importer.Level{InventoryItemID: item, WarehouseID: place, Active: dice.IntN(3) > 0, Available: importer.Units(int64(dice.IntN(9) - 2))}
	default:
		s.setLevel(anyOf(dice, s.levels), int64(dice.IntN(20)-5))
	}
}

// editLinks changes what other tables see of a variant.
func (s *shelf) editLinks(dice *rand.Rand) {
	id := anyOf(dice, s.variants)
	variant := s.variants[id]
	switch dice.IntN(5) {
	case 0:
		variant.Tracked = !variant.Tracked
	case 1:
		sku := fmt.Sprintf("SKU-%d-0", dice.IntN(9))
		variant.SKU = &sku
	case 2: // its levels stay, without a variant
		delete(s.variants, id)
		return
	case 3: // the levels of another come to it
		variant.InventoryItemID = s.variants[anyOf(dice, s.variants)].InventoryItemID
	case 4: // one more, in front of all or behind them
		variant.ID = fmt.Sprintf("gid://shopify/ProductVariant/%d-%d", dice.IntN(3)*50_000, dice.IntN(100))
		variant.InventoryItemID = fmt.Sprintf("gid://shopify/InventoryItem/%d-%d", dice.IntN(3)*50_000, dice.IntN(100))
		s.levels[variant.InventoryItemID+"gid://shopify/Location/0"] = importer.Level{
			InventoryItemID: variant.InventoryItemID, WarehouseID: "gid://shopify/Location/0", Active: true, Available: importer.Units(3),
		}
	}
	s.variants[variant.ID] = variant
}

func (s *shelf) setLevel(id string, available int64) {
	level := s.levels[id]
	level.Available = importer.Units(available)
	s.levels[id] = level
}
