package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// raw is JSON that is sent as it stands.
type raw string

// oddities are what a shop says that no shop should: Shopify's schema has no room for it.
// The shop's mutex is held.
type oddities struct {
	said  map[oddField]raw
	wrong map[oddField]int // how far a count is off
}

// oddField is a field of an object, or the object itself.
type oddField struct {
	of   object
	name string
}

func (o *oddities) say(f oddField, json raw) {
	if o.said == nil {
		o.said = map[oddField]raw{}
	}
	o.said[f] = json
}

func (o *oddities) miscount(f oddField, by int) {
	if o.wrong == nil {
		o.wrong = map[oddField]int{}
	}
	o.wrong[f] = by
}

// instead is what is said in place of a field, or of an object.
func (o *oddities) instead(of object, name string) (said raw, odd bool) {
	if len(o.said) == 0 || !nameable(of) {
		return "", false
	}
	said, odd = o.said[oddField{of, name}]
	return said, odd
}

// counted is a count as it is told.
func (o *oddities) counted(of object, name string, value any) any {
	if c, counts := value.(count); counts && len(o.wrong) > 0 && nameable(of) {
		c.number += o.wrong[oddField{of, name}]
		return c
	}
	return value
}

// nameable reports whether objectNamed gives such objects.
func nameable(of object) bool {
	switch of.(type) {
	case *product, *variant, *inventoryItem, *level, *collection, *location, *media, *option, *Shop, queryRoot:
		return true
	}
	return false
}

// objectNamed finds an object by its type and name, such as Product/enamel-mug.
func (s *Shop) objectNamed(typed string) (object, error) {
	kind, name, _ := strings.Cut(typed, "/")
	name, rest, _ := strings.Cut(name, "@")
	switch kind {
	case "QueryRoot":
		return queryRoot{}, nil
	case "Shop":
		return s, nil
	case "Product":
		return s.productNamed(name)
	case "ProductVariant":
		return s.variantNamed(name)
	case "InventoryItem":
		v, err := s.variantNamed(name)
		if err != nil {
			return nil, err
		}
		return v.item, nil
	case "InventoryLevel":
		return s.levelOf(name, rest)
	case "Collection":
		return s.collectionNamed(name)
	case "Location":
		return s.locationNamed(name)
	case "Media", "ProductOption":
		return s.partNamed(kind, name, rest)
	}
	return nil, fmt.Errorf("%q is no object; name one as Product/HANDLE, ProductVariant/SKU, InventoryItem/SKU, InventoryLevel/SKU@LOCATION, "+
		"Collection/HANDLE, Location/NAME, Media/HANDLE@N, ProductOption/HANDLE@N, Shop or QueryRoot", typed)
}

// partNamed finds the N-th media item or option of a product.
func (s *Shop) partNamed(kind, handle, number string) (object, error) {
	p, err := s.productNamed(handle)
	if err != nil {
		return nil, err
	}
	parts := objects(p.media)
	if kind == "ProductOption" {
		parts = objects(p.options)
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(parts) {
		return nil, fmt.Errorf("%s has no %s %q; there are %d", handle, kind, number, len(parts))
	}
	return parts[n-1], nil
}

// fieldNamed finds OBJECT.FIELD, or OBJECT.
func (s *Shop) fieldNamed(typed string) (oddField, error) {
	dot := strings.LastIndexByte(typed, '.')
	if dot < 0 {
		dot = len(typed)
	}
	of, err := s.objectNamed(typed[:dot])
	return oddField{of, strings.TrimPrefix(typed[dot:], ".")}, err
}

// Say makes the shop say some JSON in place of a field, whatever the schema has there: Say("Product/enamel-mug.title", "null").
// Without a field it is said in place of the object.
func (s *Shop) Say(field, text string) error {
	if !json.Valid([]byte(text)) {
		return fmt.Errorf("%s is no JSON", text)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := s.fieldNamed(field)
	if err != nil {
		return err
	}
	s.odd.say(f, raw(text))
	return nil
}

// Miscount makes the shop tell a count that is off by so many, for good: Miscount("Collection/gifts.productsCount", 1).
func (s *Shop) Miscount(field string, by int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := s.fieldNamed(field)
	if err != nil {
		return err
	}
	s.odd.miscount(f, by)
	return nil
}
