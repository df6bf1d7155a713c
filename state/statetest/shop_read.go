package statetest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/connector"

	"github.com/eshopos/eshopctl/importer"
)

// Read gives the records, unless it finds, as it does half of the time, that they are
// what it gave before.
func (s *Shelf) Read(_ context.Context, _ []connector.Resource, to importer.Intake) (importer.Reading, error) {
	steps, reading := s.giveSteps(to), importer.Reading{Reader: importer.ReaderPaged}
	if s.Digested() && s.FailAfter == 0 {
		reading.Given = s.digestOf(steps)
		reading.Same = maps.Equal(reading.Given, to.GivenBefore())
	}
	if reading.Same {
		return reading, nil
	}
	for _, step := range steps {
		if err := step.give(); err != nil {
			return importer.Reading{}, err
		}
		if s.FailAfter > 0 {
			if s.FailAfter--; s.FailAfter == 0 {
				return importer.Reading{}, errors.New("the shop went away")
			}
		}
	}
	return reading, s.giveUnlisted(to)
}

// digestOf stands for records, in whatever order they come.
func (s *Shelf) digestOf(steps []step) map[string]string {
	var texts []string
	for _, step := range steps {
		text, err := json.Marshal(step.record)
		if err != nil {
			panic(err)
		}
		texts = append(texts, fmt.Sprintf("%T %s", step.record, text))
	}
	slices.Sort(texts)
	sum := sha256.Sum256(fmt.Append(nil, texts, s.Warehouses, s.Hidden))
	return map[string]string{"everything": hex.EncodeToString(sum[:])}
}

// giveSteps are the records in the order of their keys or in none.
func (s *Shelf) giveSteps(to importer.Intake) []step {
	steps := slices.Concat(s.productSteps(to), s.variantSteps(to), s.categorySteps(to), s.stockSteps(to))
	slices.SortFunc(steps, func(a, b step) int { return cmp.Compare(a.key, b.key) })
	if s.Shuffle.IntN(2) != 0 {
		s.Shuffle.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	}
	inOrder(steps)
	return steps
}

// announced is how many parts a record says it has, which may be off.
func (s *Shelf) announced(parts *importer.Table, id string, n int) *importer.AnnouncedCount {
	return &importer.AnnouncedCount{Count: n + s.Miscounts[importer.ParentRef{Part: parts, ID: id}], Exact: true}
}

func (s *Shelf) productSteps(to importer.Intake) (steps []step) {
	variants, media := map[string]int{}, map[string]int{}
	for _, v := range s.Variants {
		variants[v.ProductID]++
	}
	for _, m := range s.Media {
		media[m.ProductID]++
	}
	for id, p := range s.Products {
		p.Variants, p.Media = s.announced(importer.Variants, id, variants[id]), s.announced(importer.Media, id, media[id])
		steps = append(steps, step{p.ID, p, func() error { return to.PutProduct(p) }})
	}
	for _, item := range s.Media {
		steps = append(steps, step{item.ProductID + item.ID, item, func() error { return to.PutMedia(item) }})
	}
	return steps
}

// variantSteps are the variants, each of which shows all media of its product.
func (s *Shelf) variantSteps(to importer.Intake) (steps []step) {
	for _, v := range s.Variants {
		steps = append(steps, step{v.ID, v, func() error { return to.PutVariant(v) }})
		for _, m := range s.Media {
			if m.ProductID == v.ProductID {
				link := importer.VariantMedia{VariantID: v.ID, MediaID: m.ID}
				steps = append(steps, step{"", link, func() error { return to.PutVariantMedia(link) }})
			}
		}
	}
	return steps
}

func (s *Shelf) categorySteps(to importer.Intake) (steps []step) {
	members := map[string]int{}
	for _, m := range s.Memberships {
		members[m.CategoryID]++
		steps = append(steps, step{m.CategoryID + m.ProductID, m, func() error { return to.PutMembership(m) }})
	}
	for id, c := range s.Categories {
		c.Members = s.announced(importer.Memberships, id, members[id])
		steps = append(steps, step{"", c, func() error { return to.PutCategory(c) }})
	}
	return steps
}

// stockSteps are the levels, and the warehouses that are listed.
func (s *Shelf) stockSteps(to importer.Intake) (steps []step) {
	for id, w := range s.Warehouses {
		if s.Hidden[id] == listed {
			steps = append(steps, step{"", w, func() error { return to.PutWarehouse(w) }})
		}
	}
	for _, l := range s.Levels {
		steps = append(steps, step{l.InventoryItemID + l.WarehouseID, l, func() error { return to.PutLevel(l) }})
	}
	return steps
}

// inOrder puts the media items of each product into their order, because that is
// what their places follow from.
func inOrder(steps []step) {
	of := map[string][]int{}
	for i, step := range steps {
		if item, ok := step.record.(importer.MediaItem); ok {
			of[item.ProductID] = append(of[item.ProductID], i)
		}
	}
	for _, at := range of {
		var items []step
		for _, i := range at {
			items = append(items, steps[i])
		}
		slices.SortFunc(items, func(a, b step) int {
			one, other := a.record.(importer.MediaItem), b.record.(importer.MediaItem)
			return cmp.Or(cmp.Compare(one.Order, other.Order), cmp.Compare(one.ID, other.ID))
		})
		for n, i := range at {
			steps[i] = items[n]
		}
	}
}

// step gives one record.
type step struct {
	key    string
	record any
	give   func() error
}

// RereadParent gives everything once more in place of what belongs to the parent.
func (s *Shelf) RereadParent(_ context.Context, parent importer.ParentRef, to importer.Intake) error {
	if err := to.ReplaceParent(parent); err != nil {
		return err
	}
	for _, step := range s.giveSteps(to) {
		if err := step.give(); err != nil {
			return err
		}
	}
	return nil
}

// giveUnlisted gives the places that are asked for by their ids.
func (s *Shelf) giveUnlisted(to importer.Intake) error {
	for _, lacking := range to.LackingRecords(importer.Warehouses) {
		if place, is := s.Warehouses[lacking.ID]; is && s.Hidden[lacking.ID] == byID {
			if err := to.PutWarehouse(place); err != nil {
				return err
			}
		}
	}
	return nil
}
