package shopify

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// variantNode is a variant as the documents ask for it.
type variantNode struct {
	fitness                      `of:"ProductVariant"`
	ID, Title, Price             string `must:"be"`
	Position                     int64  `must:"be"`
	SKU, Barcode, CompareAtPrice *string

	Product         recordNode   `must:"be"`
	SelectedOptions []choiceNode `must:"be"`
	InventoryItem   variantItem  `must:"be"`
	Media           page[linkNode]
	UpdatedAt       string

	choices []importer.Choice // as the catalogue has them
}

type choiceNode struct {
	Name, Value string `must:"be"`
}

// variantItem is the inventory item of a variant.
type variantItem struct {
	_ struct{} `of:"InventoryItem"`

	ID                        string `must:"be"`
	Tracked, RequiresShipping bool   `must:"be"`
	Measurement               struct {
		Weight weight
	} `must:"be"`
}

// recordNode is a record of which only its name is asked for.
type recordNode struct {
	ID string `must:"be"`
}

// linkNode is a media item that a variant shows.
type linkNode struct {
	fitness
	ID string `must:"be"`
}

// weight has no value where the shop tells none.
type weight struct {
	Value json.Number `must:"be"`
	Unit  string      `must:"be"`

	plain, unit string // as the catalogue has them
}

type variantsData struct {
	ProductVariants *page[variantNode] `must:"be"`
}

type productVariantsData struct {
	Product *struct {
		Variants page[variantNode] `must:"be"`
	}
}

func variantPages(variables map[string]any) connection[variantsData, variantNode] {
	return connection[variantsData, variantNode]{
		document:  variantsDocument,
		variables: variables,
		find:      func(d *variantsData) *page[variantNode] { return d.ProductVariants },
	}
}

// variants reads the variants of all products.
func (r *pageReader) variants(ctx context.Context) error {
	return root[variantsData, variantNode]{
		connection: variantPages(nil),
		tables:     []*importer.Table{importer.Variants, importer.MediaLinks},
		ids:        variantIDs,
		id:         func(v *variantNode) string { return v.ID },
		begin:      r.items.restart,
		take: func(ctx context.Context, nodes []*variantNode) error {
			for _, node := range nodes {
				if err := r.items.add(node.InventoryItem.ID); err != nil {
					return err
				}
			}
			return r.takeVariants(ctx, nodes)
		},
		count: variantsCount,
		long:  true,
	}.read(ctx, r)
}

// takeVariants gives a page of variants. A variant with more media than fit is
// given again with those of its product.
func (r *pageReader) takeVariants(ctx context.Context, nodes []*variantNode) error {
	var crowded []string
	for _, node := range nodes {
		if err := r.give.shown(node, place{document: variantsDocument}); err != nil {
			return err
		}
		if node.crowded() && node.Product.ID != "" && !slices.Contains(crowded, node.Product.ID) {
			crowded = append(crowded, node.Product.ID)
		}
	}
	again := r.give.onceMore()
	return eachOf(ctx, crowded, func(ctx context.Context, product string) error { return r.variantsOf(ctx, product, again) })
}

// variantsOf reads all variants of one product.
func (r *pageReader) variantsOf(ctx context.Context, product string, give giver) error {
	return connection[productVariantsData, variantNode]{
		document:  productVariantsDocument,
		variables: map[string]any{"id": product},
		find: func(d *productVariantsData) *page[variantNode] {
			if d.Product == nil {
				return nil
			}
			return &d.Product.Variants
		},
	}.walk(ctx, r.client, func(nodes []*variantNode) error {
		for _, node := range nodes {
			if node.crowded() {
				return incoherent("%s shows more media for %s than a product may have", r.client.Domain(), node.ID)
			}
			node.Product.ID = cmp.Or(node.Product.ID, product) // which was asked for
			if err := give.shown(node, place{document: productVariantsDocument}); err != nil {
				return err
			}
		}
		return nil
	})
}

// shown gives a variant and which media it shows.
func (g giver) shown(v *variantNode, at place) error {
	if err := g.variant(v, at); err != nil {
		return err
	}
	for _, media := range v.Media.Nodes {
		if err := g.shows(v.ID, media.ID); err != nil {
			return err
		}
	}
	return nil
}

// crowded reports whether the variant has more media than came with it.
func (v *variantNode) crowded() bool { return !v.Media.whole() || v.Media.PageInfo.HasNextPage }

func (v *variantNode) variant(currency string) importer.Variant {
	item := &v.InventoryItem
	variant := importer.Variant{
		ID: v.ID, ProductID: v.Product.ID, InventoryItemID: item.ID, Title: v.Title, SKU: v.SKU, Barcode: v.Barcode,
		Price: v.Price, CompareAtPrice: v.CompareAtPrice, Currency: currency, Options: v.chosen(), Position: v.Position,
		Tracked: item.Tracked, RequiresShipping: item.RequiresShipping,
	}
	if w := &item.Measurement.Weight; w.Value != "" {
		w.plain, w.unit = plainDecimal(w.Value.String()), lower(w.Unit)
		variant.Weight, variant.WeightUnit = &w.plain, &w.unit
	}
	return variant
}

// clear empties the node but for the memory of its lists.
func (v *variantNode) clear() {
	*v = variantNode{SelectedOptions: v.SelectedOptions[:0], choices: v.choices}
}

// chosen gives the options as the catalogue has them, in memory of the node.
func (v *variantNode) chosen() []importer.Choice {
	if v.SelectedOptions == nil {
		return nil
	}
	v.choices = v.choices[:0]
	for _, option := range v.SelectedOptions {
		v.choices = append(v.choices, importer.Choice(option))
	}
	return v.choices
}

// maxShift bounds the exponents that are written out.
const maxShift = 40

// plainDecimal writes a JSON number without an exponent: 1.5e-3 is 0.0015. A
// number beyond all measure is left as it is.
func plainDecimal(number string) string {
	if !strings.ContainsAny(number, "eE") {
		return number
	}
	mantissa, exponent, scientific := strings.Cut(strings.ToLower(number), "e")
	shift, err := strconv.Atoi(exponent)
	if !scientific || err != nil || shift > maxShift || shift < -maxShift {
		return number
	}
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.Repeat("0", maxShift) + whole + fraction + strings.Repeat("0", maxShift)
	point := maxShift + len(whole) + shift
	whole = cmp.Or(strings.TrimLeft(digits[:point], "0"), "0")
	if fraction = strings.TrimRight(digits[point:], "0"); fraction != "" {
		whole += "." + fraction
	}
	if negative {
		return "-" + whole
	}
	return whole
}
