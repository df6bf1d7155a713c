package shopify

import (
	"context"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/pages"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/results"
)

// shopList is a list of records of a shop. byPages and byBulk give the same.
type shopList struct {
	of      connector.Resource // it is needed for
	tables  []*importer.Table  // that it fills; the first names it to people
	count   queries.Document   // asks how long it is
	page    float64            // price of one of its pages, in points
	parts   float64            // price of a page of the parts of each record; 0 where they come with it
	byPages func(context.Context) error
	byBulk  func(context.Context) error
}

// listReaders are the two ways to read the lists of a shop.
type listReaders struct {
	pages   *pages.Reader
	results *results.Reader
}

// neededLists returns the lists that the resources need. Warehouses are not among them:
// they are few, and are read here, because the price of stock depends on their number.
func (r listReaders) neededLists(ctx context.Context, resources []connector.Resource) (lists []shopList, err error) {
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
		lists = append(lists, r.productList(), r.variantList(connector.Products, r.results.ReadVariantsWithMedia))
	case asked(connector.Stock):
		lists = append(lists, r.variantList(connector.Stock, r.results.ReadVariants))
	}
	if asked(connector.Stock) {
		lists = append(lists, r.stockList(locations))
	}
	if asked(connector.Categories) {
		lists = append(lists, r.categoryList())
	}
	return lists, nil
}

func (r listReaders) productList() shopList {
	return shopList{
		of: connector.Products, tables: []*importer.Table{importer.Products, importer.Media},
		count: queries.ProductsCount, page: queries.Products.Ceiling(),
		byPages: r.pages.ReadProducts, byBulk: r.results.ReadProducts,
	}
}

func (r listReaders) variantList(of connector.Resource, byBulk func(context.Context) error) shopList {
	return shopList{
		of: of, tables: []*importer.Table{importer.Variants, importer.MediaLinks},
		count: queries.VariantsCount, page: queries.Variants.Ceiling(),
		byPages: r.pages.ReadVariants, byBulk: byBulk,
	}
}

// stockList is about as long as the list of variants, each of which has an inventory item.
func (r listReaders) stockList(locations int) shopList {
	return shopList{
		of: connector.Stock, tables: []*importer.Table{importer.Stock},
		count: queries.VariantsCount, page: itemsPrice(locations),
		byPages: func(ctx context.Context) error { return r.pages.ReadStock(ctx, locations) }, byBulk: r.results.ReadStock,
	}
}

func (r listReaders) categoryList() shopList {
	return shopList{
		of: connector.Categories, tables: []*importer.Table{importer.Categories, importer.Memberships},
		count: queries.CollectionsCount, page: queries.Collections.Ceiling(), parts: queries.CollectionProducts.Ceiling(),
		byPages: r.pages.ReadCategories, byBulk: r.results.ReadCategories,
	}
}
