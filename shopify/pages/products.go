package pages

import (
	"context"

	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

type productsData struct {
	Products *records.Page[records.Product] `must:"be"`
}

type productMediaData struct {
	Product *struct {
		Media records.Page[records.Media] `must:"be"`
	}
}

func productPages(variables map[string]any) connection[productsData, records.Product] {
	return connection[productsData, records.Product]{
		document:  queries.Products,
		variables: variables,
		find:      func(d *productsData) *records.Page[records.Product] { return d.Products },
	}
}

// giveProducts gives a page of products with their media, and asks for the media of those
// whose media did not fit into the page.
func (r partReader) giveProducts(ctx context.Context, nodes []*records.Product) error {
	var cut []string
	give, at := r.give, records.OnPage(queries.Products)
	for _, node := range nodes {
		if err := give.GiveProduct(node, at); err != nil {
			return err
		}
		if gid.HasKind(gid.Product, node.ID) && node.Media.IsCut() {
			cut = append(cut, node.ID)
			continue
		}
		if err := give.GiveMediaOf(node.ID, 0, node.Media.Nodes, at); err != nil {
			return err
		}
	}
	return forEachID(ctx, cut, r.readMedia)
}

// readMedia reads all media of one product.
func (r partReader) readMedia(ctx context.Context, product string) error {
	before := 0
	return connection[productMediaData, records.Media]{
		document:  queries.ProductMedia,
		variables: map[string]any{"id": product},
		find: func(d *productMediaData) *records.Page[records.Media] {
			if d.Product == nil {
				return nil
			}
			return &d.Product.Media
		},
	}.walkPages(ctx, r.client, func(nodes []*records.Media) error {
		err := r.give.GiveMediaOf(product, before, nodes, records.OnPage(queries.ProductMedia))
		before += len(nodes)
		return err
	})
}
