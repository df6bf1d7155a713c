package statetest

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// What is here of a record that lacks parts stays as it is, whatever the shop gives of
// it; all else follows the shop. So it is for all parts that are counted.
func TestPartsOfAnIncompleteRecordStay(t *testing.T, open Open) {
	for _, c := range []struct {
		parts *importer.Table
		owner func(*Shelf) string
		gone  func(*Shelf) (levels int) // takes one of the parts away
	}{
		{importer.Variants, firstProduct, func(s *Shelf) int { return s.RemoveVariant("gid://shopify/ProductVariant/1-0") }},
		{importer.Media, firstProduct, func(s *Shelf) int { delete(s.Media, "m"+firstProduct(s)); return 0 }},
		{importer.Memberships, func(s *Shelf) string { return slices.Sorted(maps.Keys(s.Categories))[0] }, func(s *Shelf) int {
			delete(s.Memberships, slices.Sorted(maps.Keys(s.Memberships))[0])
			return 0
		}},
	} {
		for seed := range uint64(4) { // texts that may be recognised, and others
			t.Run(fmt.Sprint(c.parts.Name, seed), func(t *testing.T) {
				shop := Stocked(seed, 4)
				b := NewBench(t, open, shop)
				b.Run()
				had, levels := len(b.Rows(c.parts)), len(b.Rows(importer.Stock))
				went := c.gone(shop)
				shop.Miscounts = map[importer.ParentRef]int{{Part: c.parts, ID: c.owner(shop)}: 1}
				for id, p := range shop.Products {
					p.Title += " new"
					shop.Products[id] = p
				}
				for i := range 2 {
					run := b.Run()
					got := run.Counts.Of(c.parts)
					if got.Removed != 0 || got.Read != had-1 || !got.IsBalanced() || run.Status != importer.Partial || run.RejectedBy[importer.RejectIncomplete] == 0 {
						t.Errorf("run %d is %s: %+v, %v", i, run.Status, *got, run.RejectedBy)
					}
					if products := run.Counts.Of(importer.Products); products.Updated != 4*(1-i) {
						t.Errorf("run %d: products %+v", i, products)
					}
					if i > 0 && run.Counts.RowWrites() > 0 {
						t.Errorf("run %d writes: %+v", i, run.Counts)
					}
				}
				if n := len(b.Rows(c.parts)); n != had || len(b.Rows(importer.Stock)) != levels {
					t.Errorf("%d of %d %s, %d of %d levels are left", n, had, c.parts.Name, len(b.Rows(importer.Stock)), levels)
				}
				if moved := b.Reconcile().Reconciliation.Moved; moved[importer.ByNeither]+moved[importer.ByShop]+moved[importer.ByStore]+moved[importer.ByBoth] > 0 {
					t.Errorf("reconcile finds %v", moved)
				}
				shop.Miscounts = nil
				run := b.Run()
				if got := run.Counts.Of(c.parts); got.Removed != 1 || got.Rejected != 0 || run.Counts.Of(importer.Stock).Removed != went || run.Status != importer.Succeeded {
					t.Errorf("in the end: %s %+v, stock %+v", run.Status, *got, run.Counts.Of(importer.Stock))
				}
			})
		}
	}
}

func firstProduct(*Shelf) string { return "gid://shopify/Product/1" }

// More parts than are announced are no loss, and nothing is said of them; a record of
// which no part came at all is named itself.
func TestCountsThatAreOff(t *testing.T, open Open) {
	shop := Stocked(1, 2)
	b := NewBench(t, open, shop)
	shop.Miscounts = map[importer.ParentRef]int{{Part: importer.Variants, ID: firstProduct(shop)}: -1}
	if run := b.Run(); run.Status != importer.Succeeded || run.WarningsBy[importer.WarnChangedWhileReading] > 0 {
		t.Errorf("one more: %s, %v", run.Status, run.WarningsBy)
	}
	delete(shop.Media, "m"+firstProduct(shop))
	shop.Miscounts = map[importer.ParentRef]int{{Part: importer.Media, ID: firstProduct(shop)}: 7}
	run := b.Run()
	if run.Status != importer.Partial || run.RejectedBy[importer.RejectIncomplete] != 1 || run.Counts.Of(importer.Media).Rejected != 0 || run.Counts.Of(importer.Media).Removed != 0 {
		t.Errorf("none: %s, %v, media %+v", run.Status, run.RejectedBy, run.Counts.Of(importer.Media))
	}
}
