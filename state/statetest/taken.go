package statetest

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
func TestWhatIsTakenIsAsGoodAsWhatIsRead(t *testing.T, open Open) {
	for name, size := range map[string]struct{ quick, shops, products, rounds int }{"small": {2, 10, 6, 4}, "large": {0, 1, 600, 2}} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(campaign.Of(t, "shops", size.quick, size.shops, size.shops)) {
				shop := Stocked(seed, size.products)
				for id := range maps.Clone(shop.Products) {
					shop.Media["b"+id] = importer.MediaItem{ID: "b" + id, ProductID: id, Type: "image", Status: "ready", Order: 2}
				}
				dice := rand.New(rand.NewPCG(seed, 11))
				taking, reading := NewBench(t, open, shop.readBy(true)), NewBench(t, open, shop.readBy(false))
				for round := range size.rounds {
					a, b := taking.Run(), reading.Run()
					if !reflect.DeepEqual(a.Counts, b.Counts) {
						t.Fatalf("seed %d, round %d: counts %v, read anew %v", seed, round, a.Counts, b.Counts)
					}
					if !maps.Equal(a.WarningsBy, b.WarningsBy) || !maps.Equal(a.RejectedBy, b.RejectedBy) {
						t.Fatalf("seed %d, round %d: remarks %v %v, read anew %v %v", seed, round, a.WarningsBy, a.RejectedBy, b.WarningsBy, b.RejectedBy)
					}
					for _, table := range importer.Tables() {
						sameRows(t, fmt.Sprintf("seed %d, round %d: %s", seed, round, table.Name), taking.Rows(table), reading.Rows(table))
					}
					for range dice.IntN(4) {
						shop.editAnything(dice)
					}
				}
			}
		})
	}
}

// readBy is the same shop, read in one way.
func (s *Shelf) readBy(digested bool) *Shelf {
	seen := *s
	seen.Shuffle = rand.New(rand.NewPCG(3, 5))
	seen.Digested = func() bool { return digested }
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

// editAnything changes the shop as a merchant might.
func (s *Shelf) editAnything(dice *rand.Rand) {
	switch dice.IntN(15) {
	case 0:
		s.AddProduct(10_000 + dice.IntN(1000))
	case 1:
		product := anyOf(dice, s.Products)
		s.RemoveProduct(product)
	case 2: // another picture, somewhere among the others
		product := anyOf(dice, s.Products)
		id := fmt.Sprintf("m%d", dice.IntN(1000))
		s.Media[id] = importer.MediaItem{ID: id, ProductID: product, Type: "image", Status: "ready", Order: int64(dice.IntN(3))}
	case 3: // the pictures in another order
		for id, item := range s.Media {
			item.Order = int64(dice.IntN(1000))
			s.Media[id] = item
		}
	case 4:
		delete(s.Media, anyOf(dice, s.Media))
	case 5:
		id := anyOf(dice, s.Levels)
		level := s.Levels[id]
		level.Available = importer.Units(int64(dice.IntN(100) - 10))
		s.Levels[id] = level
	case 6:
		delete(s.Levels, anyOf(dice, s.Levels))
	case 7: // the level stays as it is
		id := anyOf(dice, s.Variants)
		variant := s.Variants[id]
		sku := fmt.Sprintf("NEW-%d", dice.IntN(1000))
		variant.SKU, variant.Tracked = &sku, !variant.Tracked
		s.Variants[id] = variant
	case 8: // so it does here
		id := anyOf(dice, s.Warehouses)
		warehouse := s.Warehouses[id]
		warehouse.Active = !warehouse.Active
		s.Warehouses[id] = warehouse
	case 9:
		delete(s.Memberships, anyOf(dice, s.Memberships))
	case 10:
		s.ShareItem(anyOf(dice, s.Variants), anyOf(dice, s.Variants))
	case 11:
		s.OwnItem(anyOf(dice, s.Variants), dice.IntN(1000))
	case 12:
		s.LeaveItem(anyOf(dice, s.Variants))
	case 13:
		s.Hidden[anyOf(dice, s.Warehouses)] = dice.IntN(3)
	case 14:
		id := anyOf(dice, s.Levels)
		level := s.Levels[id]
		level.Available = importer.Quantity{}
		s.Levels[id] = level
	}
}

func anyOf[V any](dice *rand.Rand, of map[string]V) string {
	keys := slices.Sorted(maps.Keys(of))
	if len(keys) == 0 {
		return ""
	}
	return keys[dice.IntN(len(keys))]
}
