package shopify

import "testing"

func TestFewMediaShowNoOrderByChance(t *testing.T) {
	const first, second = 11, 12
	line := func(o *mediaOrder, product, media uint64) { o.line(mark{product, media}) }
	for name, c := range map[string]struct {
		lines func(*mediaOrder)
		kept  bool
	}{
		"as Shopify writes them": {func(o *mediaOrder) { o.product(1, first); o.product(2, 0); line(o, 1, first); line(o, 1, second) }, true},
		"another one first":      {func(o *mediaOrder) { o.product(1, first); line(o, 1, second); line(o, 1, first) }, false},
		"records in disorder":    {func(o *mediaOrder) { o.product(2, 21); o.product(1, first); line(o, 1, first); line(o, 1, second) }, false},
		"parts before a record":  {func(o *mediaOrder) { line(o, 1, first); line(o, 1, second); o.product(1, first) }, false},
		"nothing to order":       {func(o *mediaOrder) { line(o, 1, first); o.product(2, 21); o.product(1, first) }, true},
		"enough that say it is": {func(o *mediaOrder) {
			for p := range uint64(productsThatTell) {
				p = productsThatTell - p
				line(o, p, 10*p+1)
				line(o, p, 10*p+2)
				o.product(p, 10*p+1)
			}
		}, true},
	} {
		var o mediaOrder
		if c.lines(&o); o.kept() != c.kept {
			t.Errorf("%s: kept is %t", name, o.kept())
		}
	}
}
