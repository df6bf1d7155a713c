package admin

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

// Oddities are answers that do not fit Shopify's schema. Callers must hold the shop's mutex.
type Oddities struct {
	said  map[oddField]graph.Raw
	wrong map[oddField]int // how far a count is off
}

// oddField is a field of an object, or the object itself.
type oddField struct {
	of   graph.Object
	name string
}

// instead returns what replaces a field, or with no name an object.
func (o *Oddities) instead(of graph.Object, name string) (said graph.Raw, odd bool) {
	if len(o.said) == 0 || !canBeNamed(of) {
		return "", false
	}
	said, odd = o.said[oddField{of, name}]
	return said, odd
}

// withMiscount returns the value of a field, if it is a count with the number that was added to it.
func (o *Oddities) withMiscount(of graph.Object, name string, value any) any {
	if c, counts := value.(count); counts && len(o.wrong) > 0 && canBeNamed(of) {
		c.number += o.wrong[oddField{of, name}]
		return c
	}
	return value
}

// canBeNamed reports whether objectNamed can return the object.
func canBeNamed(of graph.Object) bool {
	switch of.(type) {
	case *catalogue.Product, *catalogue.Variant, *catalogue.Item, *catalogue.Level, *catalogue.Collection, *catalogue.Location, *catalogue.Media, *catalogue.Option, *catalogue.Shop, queryRoot:
		return true
	}
	return false
}

// objectNamed finds an object by its type and name, such as Product/enamel-mug.
func objectNamed(s *catalogue.Shop, typed string) (graph.Object, error) {
	kind, name, _ := strings.Cut(typed, "/")
	name, rest, _ := strings.Cut(name, "@")
	switch kind {
	case "QueryRoot":
		return queryRoot{}, nil
	case "Shop":
		return s, nil
	case "Product":
		return s.ProductNamed(name)
	case "ProductVariant":
		return s.VariantNamed(name)
	case "InventoryItem":
		v, err := s.VariantNamed(name)
		if err != nil {
			return nil, err
		}
		return v.Item, nil
	case "InventoryLevel":
		return s.LevelOf(name, rest)
	case "Collection":
		return s.CollectionNamed(name)
	case "Location":
		return s.LocationNamed(name)
	case "Media", "ProductOption":
		return partNamed(s, kind, name, rest)
	}
	return nil, fmt.Errorf("%q is no object; name one as Product/HANDLE, ProductVariant/SKU, InventoryItem/SKU, InventoryLevel/SKU@LOCATION, "+
		"Collection/HANDLE, Location/NAME, Media/HANDLE@N, ProductOption/HANDLE@N, Shop or QueryRoot", typed)
}

// partNamed finds the N-th media item or option of a product.
func partNamed(s *catalogue.Shop, kind, handle, number string) (graph.Object, error) {
	p, err := s.ProductNamed(handle)
	if err != nil {
		return nil, err
	}
	parts := graph.ObjectsOf(p.Media)
	if kind == "ProductOption" {
		parts = graph.ObjectsOf(p.Options)
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(parts) {
		return nil, fmt.Errorf("%s has no %s %q; there are %d", handle, kind, number, len(parts))
	}
	return parts[n-1], nil
}

// fieldNamed finds OBJECT.FIELD, or OBJECT.
func fieldNamed(s *catalogue.Shop, typed string) (oddField, error) {
	dot := strings.LastIndexByte(typed, '.')
	if dot < 0 {
		dot = len(typed)
	}
	of, err := objectNamed(s, typed[:dot])
	return oddField{of, strings.TrimPrefix(typed[dot:], ".")}, err
}

// SayInstead replaces a field by JSON, such as null for Product/enamel-mug.title, or without a field the whole object.
func (o *Oddities) SayInstead(s *catalogue.Shop, field, text string) error {
	if !json.Valid([]byte(text)) {
		return fmt.Errorf("%s is no JSON", text)
	}
	s.Lock()
	defer s.Unlock()
	f, err := fieldNamed(s, field)
	if err != nil {
		return err
	}
	if o.said == nil {
		o.said = map[oddField]graph.Raw{}
	}
	o.said[f] = graph.Raw(text)
	return nil
}

// CountOff adds a number to a count, such as Collection/gifts.productsCount, in all later answers.
func (o *Oddities) CountOff(s *catalogue.Shop, field string, by int) error {
	s.Lock()
	defer s.Unlock()
	f, err := fieldNamed(s, field)
	if err != nil {
		return err
	}
	if o.wrong == nil {
		o.wrong = map[oddField]int{}
	}
	o.wrong[f] = by
	return nil
}
