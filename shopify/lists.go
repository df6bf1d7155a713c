package shopify

import (
	"context"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/queries"
)

// shopList is one of the lists that a shop is read as. Both ways give the same.
type shopList struct {
	of     connector.Resource // which it is needed for
	tables []*importer.Table  // that it fills, the one that names it first
	count  queries.Document   // tells how long it is
	page   float64            // what a page of it costs, in points
	parts  float64            // what a page of the parts of each record costs, 0 where they need none
	paged  func(context.Context) error
	bulk   func(context.Context) error
}

// neededLists are what the resources need. Warehouses are few: they are read here, by
// pages, because the price of stock depends on their number.
func (r *shopReader) neededLists(ctx context.Context, resources []connector.Resource) (lists []shopList, err error) {
	asked := func(resource connector.Resource) bool { return slices.Contains(resources, resource) }
	locations := 0
	if asked(connector.Warehouses) || asked(connector.Stock) {
		if locations, err = r.pages.ReadWarehouses(ctx); err != nil {
			of := connector.Warehouses
			if !asked(of) {
				of = connector.Stock
			}
			return nil, deniedError(err, of)
		}
	}
	switch {
	case asked(connector.Products):
		lists = append(lists, r.productList(), r.variantList(connector.Products, r.bulk.ReadVariantsWithMedia))
	case asked(connector.Stock):
		lists = append(lists, r.variantList(connector.Stock, r.bulk.ReadVariants))
	}
	if asked(connector.Stock) {
		lists = append(lists, r.stockList(locations))
	}
	if asked(connector.Categories) {
		lists = append(lists, r.categoryList())
	}
	return lists, nil
}

func (r *shopReader) productList() shopList {
	return shopList{
		of: connector.Products, tables: []*importer.Table{importer.Products, importer.Media},
		count: queries.ProductsCount, page: queries.Products.Ceiling(),
		paged: r.pages.ReadProducts, bulk: r.bulk.ReadProducts,
	}
}

func (r *shopReader) variantList(of connector.Resource, bulk func(context.Context) error) shopList {
	return shopList{
		of: of, tables: []*importer.Table{importer.Variants, importer.MediaLinks},
		count: queries.VariantsCount, page: queries.Variants.Ceiling(),
		paged: r.pages.ReadVariants, bulk: bulk,
	}
}

func (r *shopReader) stockList(locations int) shopList {
	return shopList{
		of: connector.Stock, tables: []*importer.Table{importer.Stock},
		count: queries.VariantsCount, page: itemsPrice(locations), // of which each has an item
		paged: func(ctx context.Context) error { return r.pages.ReadStock(ctx, locations) }, bulk: r.bulk.ReadStock,
	}
}

func (r *shopReader) categoryList() shopList {
	return shopList{
		of: connector.Categories, tables: []*importer.Table{importer.Categories, importer.Memberships},
		count: queries.CollectionsCount, page: queries.Collections.Ceiling(), parts: queries.CollectionProducts.Ceiling(),
		paged: r.pages.ReadCategories, bulk: r.bulk.ReadCategories,
	}
}
