package pages

import (
	"cmp"
	"context"
	"slices"

	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

type variantsData struct {
	ProductVariants *records.Page[records.Variant] `must:"be"`
}

type productVariantsData struct {
	Product *struct {
		Variants records.Page[records.Variant] `must:"be"`
	}
}

func variantPages(variables map[string]any) connection[variantsData, records.Variant] {
	return connection[variantsData, records.Variant]{
		document:  queries.Variants,
		variables: variables,
		find:      func(d *variantsData) *records.Page[records.Variant] { return d.ProductVariants },
	}
}

// giveVariants gives a page of variants. Where the media of one did not fit into the page
// all variants of its product are asked for and given once more.
func (r partReader) giveVariants(ctx context.Context, nodes []*records.Variant) error {
	var cut []string
	for _, node := range nodes {
		if err := r.give.GiveVariantAndMedia(node, records.OnPage(queries.Variants)); err != nil {
			return err
		}
		if node.Media.IsCut() && node.Product.ID != "" && !slices.Contains(cut, node.Product.ID) {
			cut = append(cut, node.Product.ID)
		}
	}
	again := partReader{r.client, r.give.OnceMore()}
	return forEachID(ctx, cut, again.readVariants)
}

// readVariants reads all variants of one product.
func (r partReader) readVariants(ctx context.Context, product string) error {
	return connection[productVariantsData, records.Variant]{
		document:  queries.ProductVariants,
		variables: map[string]any{"id": product},
		find: func(d *productVariantsData) *records.Page[records.Variant] {
			if d.Product == nil {
				return nil
			}
			return &d.Product.Variants
		},
	}.walkPages(ctx, r.client, func(nodes []*records.Variant) error {
		for _, node := range nodes {
			if node.Media.IsCut() {
				return client.IncoherentFault("%s shows more media for %s than a product may have", r.client.Domain(), node.ID)
			}
			node.Product.ID = cmp.Or(node.Product.ID, product) // it was asked for by this id
			if err := r.give.GiveVariantAndMedia(node, records.OnPage(queries.ProductVariants)); err != nil {
				return err
			}
		}
		return nil
	})
}
