package state

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// What is taken from the snapshot before must be as good as what was read: two state
// files that follow one shop, one of them read anew each time, hold the same catalogue.
func TestWhatIsTakenIsAsGoodAsWhatIsRead(t *testing.T) {
	for name, size := range map[string]struct{ quick, shops, products, rounds int }{"small": {2, 10, 6, 4}, "large": {0, 1, 600, 2}} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(campaign.Of(t, "shops", size.quick, size.shops, size.shops)) {
				shop := stocked(seed, size.products)
				for id := range maps.Clone(shop.products) {
					shop.media["b"+id] = importer.MediaItem{ID: "b" + id, ProductID: id, Type: "image", Status: "ready", Order: 2}
				}
				dice := rand.New(rand.NewPCG(seed, 11))
				taking, reading := newBench(t, shop.seen(true)), newBench(t, shop.seen(false))
				for round := range size.rounds {
					a, b := taking.run(), reading.run()
					if !reflect.DeepEqual(a.Counts, b.Counts) {
						t.Fatalf("seed %d, round %d: counts %v, read anew %v", seed, round, a.Counts, b.Counts)
					}
					if !maps.Equal(a.WarningsBy, b.WarningsBy) || !maps.Equal(a.RejectedBy, b.RejectedBy) {
						t.Fatalf("seed %d, round %d: remarks %v %v, read anew %v %v", seed, round, a.WarningsBy, a.RejectedBy, b.WarningsBy, b.RejectedBy)
					}
					for _, table := range importer.Tables() {
						sameRows(t, fmt.Sprintf("seed %d, round %d: %s", seed, round, table.Name), taking.rows(table), reading.rows(table))
					}
					for range dice.IntN(4) {
						shop.edit(dice)
					}
				}
			}
		})
	}
}

// seen is the same shop, read in one way.
func (s *shelf) seen(digested bool) *shelf {
	seen := *s
	seen.shuffle = rand.New(rand.NewPCG(3, 5))
	seen.digested = func() bool { return digested }
	return &seen
}

func sameRows(t *testing.T, what string, a, b map[string]importer.Row) {
	t.Helper()
	if len(a) != len(b) {
		t.Fatalf("%s: %d rows, read anew %d", what, len(a), len(b))
	}
	for key, row := range a {
		if !reflect.DeepEqual(row.Record, b[key].Record) {
			t.Fatalf("%s %q:\n%v\nread anew\n%v", what, key, row.Record, b[key].Record)
		}
	}
}

// edit changes the shop as a merchant might.
func (s *shelf) edit(dice *rand.Rand) {
	switch dice.IntN(15) {
	case 0:
		s.addProduct(10_000 + dice.IntN(1000))
	case 1:
		product := anyOf(dice, s.products)
		s.removeProduct(product)
	case 2: // another picture, somewhere among the others
		product := anyOf(dice, s.products)
		id := fmt.Sprintf("m%d", dice.IntN(1000))
		s.media[id] = importer.MediaItem{ID: id, ProductID: product, Type: "image", Status: "ready", Order: int64(dice.IntN(3))}
	case 3: // the pictures in another order
		for id, item := range s.media {
			item.Order = int64(dice.IntN(1000))
			s.media[id] = item
		}
	case 4:
		delete(s.media, anyOf(dice, s.media))
	case 5:
		id := anyOf(dice, s.levels)
		level := s.levels[id]
		level.Available = importer.Units(int64(dice.IntN(100) - 10))
		s.levels[id] = level
	case 6:
		delete(s.levels, anyOf(dice, s.levels))
	case 7: // the level stays as it is
		id := anyOf(dice, s.variants)
		variant := s.variants[id]
		sku := fmt.Sprintf("NEW-%d", dice.IntN(1000))
		variant.SKU, variant.Tracked = &sku, !variant.Tracked
		s.variants[id] = variant
	case 8: // so it does here
		id := anyOf(dice, s.warehouses)
		warehouse := s.warehouses[id]
		warehouse.Active = !warehouse.Active
		s.warehouses[id] = warehouse
	case 9:
		delete(s.memberships, anyOf(dice, s.memberships))
	case 10:
		s.shareItem(anyOf(dice, s.variants), anyOf(dice, s.variants))
	case 11:
		s.ownItem(anyOf(dice, s.variants), dice.IntN(1000))
	case 12:
		s.leaveItem(anyOf(dice, s.variants))
	case 13:
		s.hidden[anyOf(dice, s.warehouses)] = dice.IntN(3)
	case 14:
		id := anyOf(dice, s.levels)
		level := s.levels[id]
		level.Available = importer.Quantity{}
		s.levels[id] = level
	}
}

func (s *shelf) removeProduct(id string) {
	for _, variant := range s.variantsOf(id) {
		item := s.variants[variant].InventoryItemID
		delete(s.variants, variant)
		s.dropItem(item)
	}
	maps.DeleteFunc(s.media, func(_ string, m importer.MediaItem) bool { return m.ProductID == id })
	delete(s.memberships, id)
	delete(s.products, id)
}

func anyOf[V any](dice *rand.Rand, of map[string]V) string {
	keys := slices.Sorted(maps.Keys(of))
	if len(keys) == 0 {
		return ""
	}
	return keys[dice.IntN(len(keys))]
}
