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

// seenVariant is a variant with its product and its levels.
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

// seenLevel is a level with the name of its location.
type seenLevel struct {
	records.Fitness
	IsActive bool `must:"be"`
	Location struct {
		ID, Name string `must:"be"`
		IsActive bool   `must:"be"`
	} `must:"be"`
	Quantities []records.Quantity `must:"be"`
}

// Sightings returns variants as the shop shows them now: those with the SKU asked, in any
// case of its letters, or the one with the id asked, and those with the known ids. Variants
// that the shop does not have are left out. Shopify's search lags behind changes and finds
// similar SKUs too (https://shopify.dev/docs/api/usage/search-syntax): therefore the known
// ids, and each SKU that was found is compared.
func Sightings(ctx context.Context, c *client.Client, asked string, known []string) ([]importer.Sighting, error) {
	if strings.HasPrefix(asked, "gid://") {
		known, asked = append(slices.Clone(known), asked), ""
	}
	ids, err := idsOfSKU(ctx, c, asked)
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

func idsOfSKU(ctx context.Context, c *client.Client, sku string) (ids []string, err error) {
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

// searchTerm returns a search query for a value of a field. The value is quoted: its blanks,
// colons and brackets would be syntax otherwise
// (https://shopify.dev/docs/api/usage/search-syntax).
func searchTerm(field, value string) string {
	quote := `'`
	if strings.Contains(value, quote) {
		quote = `"`
	}
	return field + ":" + quote + strings.NewReplacer(`\`, `\\`, quote, `\`+quote).Replace(value) + quote
}

// sightingOf reads a variant with all its levels, or without any where they cannot be decoded.
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
	if !item.InventoryLevels.IsWhole() {
		v.AddMisfit("its stock levels cannot be read")
	}
	return importer.Sighting{
		ID: id, Title: decode.Storable(v.Title), SKU: decode.StorableOf(v.SKU),
		ProductID: v.Product.ID, Product: decode.Storable(v.Product.Title), Status: strings.ToLower(v.Product.Status),
		InventoryItemID: item.ID, Tracked: item.Tracked, Unfit: v.Misfit(), Levels: levels,
	}
}

// levelsPage returns the page of levels, an empty last page where it could not be decoded.
func (v *seenVariant) levelsPage() *records.Page[seenLevel] {
	levels := &v.InventoryItem.InventoryLevels
	if !levels.IsWhole() {
		levels.MakeLast()
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
