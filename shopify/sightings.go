package shopify

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

type variantsBySKUData struct {
	ProductVariants *page[skuNode] `must:"be"`
}

type skuNode struct {
	ID  string
	SKU *string
}

type variantStockData struct {
	ProductVariant *struct {
		ID, Title string
		SKU       *string
		Product   struct{ ID, Title, Status string }

		InventoryItem struct {
			ID              string
			Tracked         bool
			InventoryLevels page[seenLevelNode] `must:"be"`
		}
	}
}

// seenLevelNode is a level that names its location.
type seenLevelNode struct {
	IsActive bool
	Location struct {
		ID, Name string
		IsActive bool
	}
	Quantities []quantityNode

	item string
}

// Sightings looks at the variants of a SKU, whatever the case of its letters,
// and at those of the known ids, as the shop shows them now. What the shop does
// not have is left out. Shopify's search lags behind and finds similar texts
// too; so ids that are known from elsewhere are looked at as well, and what was
// found is compared.
func (s *Source) Sightings(ctx context.Context, sku string, known []string) ([]importer.Sighting, error) {
	ids, err := s.withSKU(ctx, sku)
	if err != nil {
		return nil, err
	}
	for _, id := range known {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	var seen []importer.Sighting
	for _, id := range ids {
		sighting, err := s.sighting(ctx, id)
		if errors.Is(err, errMoved) {
			continue
		}
		if err != nil {
			return nil, err
		}
		seen = append(seen, sighting)
	}
	return seen, nil
}

func (s *Source) withSKU(ctx context.Context, sku string) (ids []string, err error) {
	if sku == "" {
		return nil, nil
	}
	err = connection[variantsBySKUData, skuNode]{
		document:  variantsBySKUDocument,
		variables: map[string]any{"query": searchTerm("sku", sku)},
		find:      func(d *variantsBySKUData) *page[skuNode] { return d.ProductVariants },
	}.walk(ctx, s.client, func(nodes []*skuNode) error {
		for _, n := range nodes {
			if n.SKU != nil && importer.SameSKU(storable(*n.SKU), sku) {
				ids = append(ids, n.ID)
			}
		}
		return nil
	})
	return ids, err
}

// searchTerm asks for a value of a field. The value is quoted, because unquoted
// its blanks, colons and brackets would be taken for syntax
// (https://shopify.dev/docs/api/usage/search-syntax).
func searchTerm(field, value string) string {
	quote := `'`
	if strings.Contains(value, quote) {
		quote = `"`
	}
	return field + ":" + quote + strings.NewReplacer(`\`, `\\`, quote, `\`+quote).Replace(value) + quote
}

// sighting reads one variant with all its levels.
func (s *Source) sighting(ctx context.Context, id string) (importer.Sighting, error) {
	var seen importer.Sighting
	err := connection[variantStockData, seenLevelNode]{
		document:  variantStockDocument,
		variables: map[string]any{"id": id},
		find: func(d *variantStockData) *page[seenLevelNode] {
			v := d.ProductVariant
			if v == nil {
				return nil
			}
			seen.ID, seen.Title, seen.ProductID, seen.Product, seen.Status = v.ID, storable(v.Title), v.Product.ID, storable(v.Product.Title), strings.ToLower(v.Product.Status)
			seen.SKU, seen.InventoryItemID, seen.Tracked = storableOf(v.SKU), v.InventoryItem.ID, v.InventoryItem.Tracked
			for _, level := range v.InventoryItem.InventoryLevels.Nodes {
				if level != nil {
					level.item = v.InventoryItem.ID
				}
			}
			return &v.InventoryItem.InventoryLevels
		},
	}.walk(ctx, s.client, func(nodes []*seenLevelNode) error {
		for _, n := range nodes {
			node := levelNode{IsActive: n.IsActive && n.Location.IsActive, Location: recordNode{n.Location.ID}, Quantities: n.Quantities}
			level, err := node.level(n.item)
			if err != nil {
				return incoherent("the stock of %s cannot be read: %s", id, err)
			}
			seen.Levels = append(seen.Levels, importer.SeenLevel{Level: level, Location: storable(n.Location.Name)})
		}
		return nil
	})
	return seen, err
}
