package shopify

import (
	"embed"
	"path"
	"strings"
)

//go:embed queries/*.graphql
var queries embed.FS

// document is one GraphQL document, named after its file in queries.
type document string

const (
	shopDocument               document = "shop"
	productsCount              document = "products_count"
	variantsCount              document = "variants_count"
	collectionsCount           document = "collections_count"
	locationsCount             document = "locations_count"
	locationsDocument          document = "locations"
	productsDocument           document = "products"
	productDocument            document = "product"
	productMediaDocument       document = "product_media"
	variantsDocument           document = "variants"
	productVariantsDocument    document = "product_variants"
	inventoryDocument          document = "inventory"
	itemLevelsDocument         document = "item_levels"
	collectionsDocument        document = "collections"
	collectionDocument         document = "collection"
	collectionProductsDocument document = "collection_products"
	variantsBySKUDocument      document = "variants_by_sku"
	variantStockDocument       document = "variant_stock"
)

// text returns the document as it is sent.
func (d document) text() string {
	text, err := queries.ReadFile("queries/" + string(d) + ".graphql")
	if err != nil {
		panic("shopify: " + err.Error()) // the constants above name the files
	}
	return string(text)
}

// operation returns the name of the document's only operation.
func (d document) operation() string {
	_, rest, _ := strings.Cut(d.text(), "query ")
	return rest[:strings.IndexAny(rest, "( ")]
}

// ceiling is the most that the document can be charged before it runs: pages of
// 250, levels of 250 locations. The figures follow from the price list that
// captured answers show; a test computes them. They serve until the shop has
// named its own price.
func (d document) ceiling() float64 {
	switch d {
	case productsCount, variantsCount, collectionsCount, locationsCount:
		return 10
	case shopDocument:
		return 3
	case locationsDocument:
		return 24
	case productsDocument:
		return 178
	case productDocument:
		return 6
	case productMediaDocument:
		return 25
	case variantsDocument:
		return 112
	case productVariantsDocument:
		return 212
	case inventoryDocument:
		return 398
	case itemLevelsDocument:
		return 36
	case collectionsDocument:
		return 57
	case collectionDocument:
		return 5
	case collectionProductsDocument:
		return 14
	case variantsBySKUDocument:
		return 13
	case variantStockDocument:
		return 38
	}
	return maxQueryCost
}

// maxQueryCost is what a single query may cost on every plan
// (https://shopify.dev/docs/api/usage/limits).
const maxQueryCost = 1000

// Documents returns the text of every GraphQL document that this package sends,
// by name, so that they can be checked against a schema.
func Documents() map[string]string {
	files, err := queries.ReadDir("queries")
	if err != nil {
		panic("shopify: " + err.Error()) // the folder is part of the program
	}
	documents := map[string]string{}
	for _, file := range files {
		name := strings.TrimSuffix(file.Name(), path.Ext(file.Name()))
		documents[name] = document(name).text()
	}
	return documents
}
