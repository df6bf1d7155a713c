package results

import (
	"testing"

	"github.com/eshopos/eshopctl/shopify/repeats"
)

func TestFewMediaShowNoOrderByChance(t *testing.T) {
	const first, second = 11, 12
	line := func(o *mediaOrder, product, media uint64) { o.takeMedia(repeats.Key{Parent: product, ID: media}) }
	for name, c := range map[string]struct {
		lines func(*mediaOrder)
		kept  bool
	}{
		"as Shopify writes them": {func(o *mediaOrder) {
			o.takeProduct(1, first)
			o.takeProduct(2, 0)
			line(o, 1, first)
			line(o, 1, second)
		}, true},
		"another one first": {func(o *mediaOrder) { o.takeProduct(1, first); line(o, 1, second); line(o, 1, first) }, false},
		"records in disorder": {func(o *mediaOrder) {
			o.takeProduct(2, 21)
			o.takeProduct(1, first)
			line(o, 1, first)
			line(o, 1, second)
		}, false},
		"parts before a record": {func(o *mediaOrder) { line(o, 1, first); line(o, 1, second); o.takeProduct(1, first) }, false},
		"nothing to order":      {func(o *mediaOrder) { line(o, 1, first); o.takeProduct(2, 21); o.takeProduct(1, first) }, true},
		"enough that say it is": {func(o *mediaOrder) {
			for p := range uint64(productsThatTell) {
				p = productsThatTell - p
				line(o, p, 10*p+1)
				line(o, p, 10*p+2)
				o.takeProduct(p, 10*p+1)
			}
		}, true},
		"a first one that is not told": {func(o *mediaOrder) { tells(o, 1); o.takeUntold(2); line(o, 2, 21); line(o, 2, 22) }, true},
		"not told, in disorder":        {func(o *mediaOrder) { tells(o, 1); o.takeUntold(3); o.takeUntold(2); line(o, 2, 21) }, false},
		"not told, behind its media":   {func(o *mediaOrder) { tells(o, 1); line(o, 2, 21); o.takeUntold(2) }, false},
	} {
		var o mediaOrder
		if c.lines(&o); o.isKept() != c.kept {
			t.Errorf("%s: kept is %t", name, o.isKept())
		}
	}
}

// tells takes a product with two media, in order.
func tells(o *mediaOrder, product uint64) {
	o.takeProduct(product, 10*product+1)
	o.takeMedia(repeats.Key{Parent: product, ID: 10*product + 1})
	o.takeMedia(repeats.Key{Parent: product, ID: 10*product + 2})
}
