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
		"enough asked, others left out": {func(o *mediaOrder) { fewOrdered(o); o.leftOut(601); line(o, 601, 6011); line(o, 601, 6012) }, true},
		"left out in disorder":          {func(o *mediaOrder) { fewOrdered(o); o.leftOut(601); o.leftOut(600); line(o, 600, 6001) }, false},
		"left out, behind its media":    {func(o *mediaOrder) { fewOrdered(o); line(o, 601, 6011); o.leftOut(601) }, false},
	} {
		var o mediaOrder
		if c.lines(&o); o.kept() != c.kept {
			t.Errorf("%s: kept is %t", name, o.kept())
		}
	}
}

// fewOrdered are so many products that no other need be asked, one of them with
// several media.
func fewOrdered(o *mediaOrder) {
	for p := range uint64(productsKnownInSample) {
		o.product(p+1, 10*p+1)
		o.line(mark{p + 1, 10*p + 1})
	}
	o.line(mark{1, 2})
}
