package importer_test

import (
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// A shop that gives what it gave before is taken from the snapshot before, with what was
// remarked on it, but for what cannot be told from that.
func TestAShopThatIsAsItWasIsTakenFromBefore(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		between func(*bench) // the first run and the second one
		program string
		only    []connector.Resource
		taken   bool
	}{
		"nothing is new":      {func(*bench) {}, "test", nil, true},
		"a local edit":        {func(b *bench) { b.sql("UPDATE stock SET available = 99 WHERE inventory_item_id = ?", item(3)) }, "test", nil, true},
		"another program":     {func(*bench) {}, "newer", nil, false},
		"a part":              {func(*bench) {}, "test", []connector.Resource{connector.Products}, false},
		"a number":            {func(b *bench) { b.shop.levels[2].Available = importer.Units(1) }, "test", nil, false},
		"a preview of a part": {func(b *bench) { b.preview(importer.Choices{}, connector.Products) }, "test", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, newShop(8))
			b.shop.digested = true
			b.shop.products[1].Title = "Tea\x00"
			first := b.run()
			c.between(b)
			given := b.shop.given
			run := b.begin(importer.KindPreview)
			previewer := b.previewer()
			previewer.Stager.Program = c.program
			only := c.only
			if only == nil {
				only = connector.Resources()
			}
			plan, err := previewer.Preview(t.Context(), &run, b.link, only, importer.Choices{})
			if err != nil {
				t.Fatal(err)
			}
			if taken := b.shop.given == given; taken != c.taken {
				t.Errorf("taken: %v", taken)
			}
			edited := name == "a local edit"
			if plan.Counts.Of(importer.Products).Unchanged != 8 || name != "a number" && plan.Counts.RowWrites() > 0 != edited || plan.Counts.Of(importer.Stock).Drifted > 0 != edited {
				t.Errorf("%+v", plan.Counts)
			}
			if !b.said(first.Plan, importer.WarnTextReplaced, product(1)) || !b.said(run.ID, importer.WarnTextReplaced, product(1)) {
				t.Errorf("remarks: %v, then %v", b.codes(first.Plan), b.codes(run.ID))
			}
		})
	}
}

// What was read with something amiss is read again, even if the shop gives the same.
func TestWhatWasAmissIsReadAgain(t *testing.T) {
	t.Parallel()
	for name, amiss := range map[string]func(*shop){
		"without an id": func(s *shop) {
			s.nameless = []importer.NamelessRecord{{Table: "products", Place: "line 1", Why: "id is \"\""}}
		},
		"lacks parts":       func(s *shop) { s.products[1].Variants = &importer.AnnouncedCount{Count: 2, Exact: true} },
		"names what is not": func(s *shop) { s.levels[1].WarehouseID = there },
		"changed meanwhile": func(s *shop) {
			s.products[1].Variants = &importer.AnnouncedCount{Count: 1, Exact: true}
			extra := s.variants[1]
			extra.ID = variant(9)
			s.variants = append(s.variants, extra)
			s.again = func(s *shop) { s.variants = s.variants[:3] }
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, newShop(3))
			b.shop.digested = true
			amiss(b.shop)
			variants := b.shop.variants
			b.run()
			b.shop.variants = variants // as it was at first
			if b.run(); b.shop.given != 2 {
				t.Errorf("it was read %d times", b.shop.given)
			}
		})
	}
}
