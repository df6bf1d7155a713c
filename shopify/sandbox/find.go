package sandbox

import (
	"fmt"
	"strings"
)

// How the merchant's edits find what they speak of. The shop's mutex is held.

// productNamed finds a product by handle or id.
func (s *Shop) productNamed(name string) (*product, error) {
	if p := s.handles[name]; p != nil {
		return p, nil
	}
	if id, ok := parseGID(name); ok && id.kind == "Product" {
		if p, found := withID(s.products, id.number); found {
			return p, nil
		}
	}
	return nil, fmt.Errorf("there is no product %q", name)
}

// variantNamed finds a variant by SKU or id; a SKU that several variants have is refused.
func (s *Shop) variantNamed(name string) (*variant, error) {
	if id, ok := parseGID(name); ok && id.kind == "ProductVariant" {
		if v, found := withID(s.variants, id.number); found {
			return v, nil
		}
	}
	var found []*variant
	for _, v := range s.variants {
		if v.skuText() == name && name != "" {
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

// locationNamed finds a location by name or id; a name that several locations have is refused.
func (s *Shop) locationNamed(name string) (*location, error) {
	if id, ok := parseGID(name); ok && id.kind == "Location" {
		if l, found := withID(s.locations, id.number); found {
			return l, nil
		}
	}
	var found []*location
	for _, l := range s.locations {
		if l.name == name {
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

// collectionNamed finds a collection by handle or id.
func (s *Shop) collectionNamed(name string) (*collection, error) {
	for _, c := range s.collections {
		if c.handle == name || c.gid() == name {
			return c, nil
		}
	}
	return nil, fmt.Errorf("there is no collection %q", name)
}

func (s *Shop) levelOf(sku, place string) (*level, error) {
	v, err := s.variantNamed(sku)
	if err != nil {
		return nil, err
	}
	where, err := s.locationNamed(place)
	if err != nil {
		return nil, err
	}
	l := v.item.levelAt(where)
	if l == nil {
		return nil, fmt.Errorf("%s is not stocked at %s", sku, place)
	}
	return l, nil
}

func oneOf(what, value string, known ...string) error {
	for _, k := range known {
		if k == value {
			return nil
		}
	}
	return fmt.Errorf("%q is no %s; there are %s", value, what, strings.Join(known, ", "))
}
