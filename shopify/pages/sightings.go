package pages

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

type variantsBySKUData struct {
	ProductVariants *records.Page[variantOfSKU] `must:"be"`
}

type variantOfSKU struct {
	records.Fitness
	ID  string `must:"be"`
	SKU *string
}

type variantStockData struct{ ProductVariant *seenVariant }

// seenVariant is a variant with its levels, looked at alone.
type seenVariant struct {
	records.Fitness
	ID, Title string `must:"be"`
	SKU       *string
	Product   struct {
		ID, Title, Status string `must:"be"`
	} `must:"be"`
	InventoryItem struct {
		ID              string `must:"be"`
		Tracked         bool   `must:"be"`
		InventoryLevels records.Page[seenLevel]
	} `must:"be"`
}

// seenLevel is a level that names its location.
type seenLevel struct {
	records.Fitness
	IsActive bool `must:"be"`
	Location struct {
		ID, Name string `must:"be"`
		IsActive bool   `must:"be"`
	} `must:"be"`
	Quantities []records.Quantity `must:"be"`
}

// Sightings looks at the variants of a SKU, whatever the case of its letters, or at the
// one of an id, and at those of the known ids, as the shop shows them now. What the shop does
// not have is left out. Shopify's search lags behind and finds similar texts
// too; so ids that are known from elsewhere are looked at as well, and what was
// found is compared.
func Sightings(ctx context.Context, c *client.Client, asked string, known []string) ([]importer.Sighting, error) {
	if strings.HasPrefix(asked, "gid://") {
		known, asked = append(slices.Clone(known), asked), ""
	}
	ids, err := withSKU(ctx, c, asked)
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
		sighting, err := sightingOf(ctx, c, id)
		if errors.Is(err, client.ErrMoved) {
			continue
		}
		if err != nil {
			return nil, err
		}
		seen = append(seen, sighting)
	}
	return seen, nil
}

func withSKU(ctx context.Context, c *client.Client, sku string) (ids []string, err error) {
	if sku == "" {
		return nil, nil
	}
	err = connection[variantsBySKUData, variantOfSKU]{
		document:  queries.VariantsBySKU,
		variables: map[string]any{"query": searchTerm("sku", sku)},
		find:      func(d *variantsBySKUData) *records.Page[variantOfSKU] { return d.ProductVariants },
	}.walkPages(ctx, c, func(nodes []*variantOfSKU) error {
		for _, n := range nodes {
			if n.SKU != nil && importer.SameSKU(decode.Storable(*n.SKU), sku) {
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

// sightingOf reads one variant with all its levels. One whose levels do not fit has none.
func sightingOf(ctx context.Context, c *client.Client, id string) (importer.Sighting, error) {
	var seen importer.Sighting
	err := connection[variantStockData, seenLevel]{
		document:  queries.VariantStock,
		variables: map[string]any{"id": id},
		find: func(d *variantStockData) *records.Page[seenLevel] {
			if d.ProductVariant == nil {
				return nil
			}
			seen = d.ProductVariant.toSighting(id, seen.Levels)
			return d.ProductVariant.levelsPage()
		},
	}.walkPages(ctx, c, func(nodes []*seenLevel) error {
		for _, n := range nodes {
			seen.Levels = append(seen.Levels, n.toLevel(seen.InventoryItemID))
		}
		return nil
	})
	return seen, err
}

func (v *seenVariant) toSighting(id string, levels []importer.SeenLevel) importer.Sighting {
	item := &v.InventoryItem
	if !item.InventoryLevels.Whole() {
		v.AddMisfit("its stock levels cannot be read")
	}
	return importer.Sighting{
		ID: id, Title: decode.Storable(v.Title), SKU: decode.StorableOf(v.SKU),
		ProductID: v.Product.ID, Product: decode.Storable(v.Product.Title), Status: strings.ToLower(v.Product.Status),
		InventoryItemID: item.ID, Tracked: item.Tracked, Unfit: v.Misfit(), Levels: levels,
	}
}

// levelsPage are the page at hand, an empty last one where there is none.
func (v *seenVariant) levelsPage() *records.Page[seenLevel] {
	levels := &v.InventoryItem.InventoryLevels
	if !levels.Whole() {
		levels.End()
	}
	return levels
}

func (n *seenLevel) toLevel(item string) importer.SeenLevel {
	node := records.Level{
		IsActive: n.IsActive && n.Location.IsActive, Location: records.Reference{ID: n.Location.ID}, Quantities: n.Quantities,
	}
	level, err := node.ForImport(item)
	if err != nil {
		n.AddMisfit(err.Error())
	}
	level.Unfit = n.Misfit()
	return importer.SeenLevel{Level: level, Location: decode.Storable(n.Location.Name)}
}
