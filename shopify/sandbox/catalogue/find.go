package catalogue

import (
	"fmt"

	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// How edits find the records that they name.

// ProductNamed finds a product by handle or id.
func (s *Shop) ProductNamed(name string) (*Product, error) {
	if p := s.Handles[name]; p != nil {
		return p, nil
	}
	if id, ok := gid.ParseID(name); ok && id.Kind == "Product" {
		if p, found := order.WithID(s.Products, id.Number); found {
			return p, nil
		}
	}
	return nil, fmt.Errorf("there is no product %q", name)
}

// VariantNamed finds a variant by SKU or id; a SKU that several variants have is refused.
func (s *Shop) VariantNamed(name string) (*Variant, error) {
	if id, ok := gid.ParseID(name); ok && id.Kind == "ProductVariant" {
		if v, found := order.WithID(s.Variants, id.Number); found {
			return v, nil
		}
	}
	var found []*Variant
	for _, v := range s.Variants {
		if v.SKUText() == name && name != "" {
			found = append(found, v)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("there is no variant with SKU %q", name)
	case 1:
		return found[0], nil
	}
	return nil, fmt.Errorf("%d variants have the SKU %q", len(found), name)
}

// LocationNamed finds a location by name or id; a name that several locations have is refused.
func (s *Shop) LocationNamed(name string) (*Location, error) {
	if id, ok := gid.ParseID(name); ok && id.Kind == "Location" {
		if l, found := order.WithID(s.Locations, id.Number); found {
			return l, nil
		}
	}
	var found []*Location
	for _, l := range s.Locations {
		if l.Name == name {
			found = append(found, l)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("there is no location %q", name)
	case 1:
		return found[0], nil
	}
	return nil, fmt.Errorf("%d locations are called %q", len(found), name)
}

// CollectionNamed finds a collection by handle or id.
func (s *Shop) CollectionNamed(name string) (*Collection, error) {
	for _, c := range s.Collections {
		if c.Handle == name || c.GlobalID() == name {
			return c, nil
		}
	}
	return nil, fmt.Errorf("there is no collection %q", name)
}

// LevelOf finds the stock of a variant, given by SKU or id, at a location.
func (s *Shop) LevelOf(sku, place string) (*Level, error) {
	v, err := s.VariantNamed(sku)
	if err != nil {
		return nil, err
	}
	where, err := s.LocationNamed(place)
	if err != nil {
		return nil, err
	}
	l := v.Item.levelAt(where)
	if l == nil {
		return nil, fmt.Errorf("%s is not stocked at %s", sku, place)
	}
	return l, nil
}

// LevelWithID finds a level by its global id, or nil.
func (s *Shop) LevelWithID(id string) *Level {
	for _, where := range s.Locations {
		for _, l := range where.Levels {
			if l.GlobalID() == id {
				return l
			}
		}
	}
	return nil
}

// MediaWithID finds a medium by its global id, or nil.
func (s *Shop) MediaWithID(id string) *Media {
	for _, p := range s.Products {
		for _, m := range p.Media {
			if m.GlobalID() == id {
				return m
			}
		}
	}
	return nil
}
