package catalogue

import (
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// RemoveProduct takes a product out of the shop, with all that belongs to it.
func (s *Shop) RemoveProduct(p *Product) {
	for _, v := range p.Variants {
		s.dropVariant(v)
	}
	for _, c := range s.Collections {
		c.Chosen = order.Without(c.Chosen, p)
	}
	s.Products = order.Without(s.Products, p)
	delete(s.Handles, p.Handle)
}

// dropVariant takes a variant out of the shop's lists, and its stock unless another variant shares it.
func (s *Shop) dropVariant(v *Variant) {
	if v.Item.Lose(v); len(v.Item.Variants) == 0 {
		s.DropItem(v.Item)
	}
	s.Variants = order.Without(s.Variants, v)
}

// RemoveVariant takes a variant out of its product and of the shop.
func (s *Shop) RemoveVariant(v *Variant) {
	v.Product.Variants = order.Without(v.Product.Variants, v)
	v.Product.renumber()
	s.dropVariant(v)
}

// DropItem deletes an item with its stock.
func (s *Shop) DropItem(i *Item) {
	for _, l := range slices.Clone(i.Levels) {
		s.Unstock(l)
	}
	s.Items = order.Without(s.Items, i)
}

// Unstock ends the stocking of an item at a location.
func (s *Shop) Unstock(l *Level) {
	l.Item.Levels = order.Without(l.Item.Levels, l)
	l.Location.Levels = order.Without(l.Location.Levels, l)
}

// RemoveLocation takes a location out of the shop, with its stock.
func (s *Shop) RemoveLocation(l *Location) {
	for _, level := range slices.Clone(l.Levels) {
		s.Unstock(level)
	}
	s.Locations = order.Without(s.Locations, l)
}

// RemoveCollection takes a collection out of the shop and out of other collections; its products stay.
func (s *Shop) RemoveCollection(c *Collection) {
	s.Collections = order.Without(s.Collections, c)
	for _, other := range s.Collections {
		other.SubCollections = order.Without(other.SubCollections, c)
	}
}
