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
		c.Chosen = order.WithoutRow(c.Chosen, p)
	}
	s.Products = order.WithoutRow(s.Products, p)
	delete(s.Handles, p.Handle)
}

// dropVariant takes a variant out of the shop's lists, and its stock unless another variant shares it.
func (s *Shop) dropVariant(v *Variant) {
	if v.Item.LoseVariant(v); len(v.Item.Variants) == 0 {
		s.DropItem(v.Item)
	}
	s.Variants = order.WithoutRow(s.Variants, v)
}

// RemoveVariant takes a variant out of its product and of the shop.
func (s *Shop) RemoveVariant(v *Variant) {
	v.Product.Variants = order.WithoutRow(v.Product.Variants, v)
	v.Product.numberVariants()
	s.dropVariant(v)
}

// DropItem deletes an item with its stock.
func (s *Shop) DropItem(i *Item) {
	for _, l := range slices.Clone(i.Levels) {
		s.EndStock(l)
	}
	s.Items = order.WithoutRow(s.Items, i)
}

// EndStock ends the stocking of an item at a location.
func (s *Shop) EndStock(l *Level) {
	l.Item.Levels = order.WithoutRow(l.Item.Levels, l)
	l.Location.Levels = order.WithoutRow(l.Location.Levels, l)
}

// RemoveLocation takes a location out of the shop, with its stock.
func (s *Shop) RemoveLocation(l *Location) {
	for _, level := range slices.Clone(l.Levels) {
		s.EndStock(level)
	}
	s.Locations = order.WithoutRow(s.Locations, l)
}

// RemoveCollection takes a collection out of the shop and out of other collections; its products stay.
func (s *Shop) RemoveCollection(c *Collection) {
	s.Collections = order.WithoutRow(s.Collections, c)
	for _, other := range s.Collections {
		other.SubCollections = order.WithoutRow(other.SubCollections, c)
	}
}
