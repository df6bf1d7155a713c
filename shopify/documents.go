package shopify

import (
	"embed"
	"regexp"
	"strings"
)

//go:embed queries/*.graphql queries/bulk/*.graphql
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
	locationDocument           document = "location"
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
	bulkRun                    document = "bulk_run"
	bulkPoll                   document = "bulk_poll"
	bulkList                   document = "bulk_list"
	bulkCancel                 document = "bulk_cancel"
)

// The documents that are read as bulk operations. They have no name.
const (
	bulkProducts     document = "bulk/products"
	bulkVariants     document = "bulk/variants"
	bulkVariantMedia document = "bulk/variant_media"
	bulkInventory    document = "bulk/inventory"
	bulkMembers      document = "bulk/members"
)

// oldestVersion is the first API version that lists every collection;
// older ones leave out those that use the new model
// (https://shopify.dev/changelog/new-collection-model-and-apis-now-available).
const oldestVersion = "2026-07"

// pageSize is the largest page that Shopify gives. Large pages are cheap: 250
// rows cost eleven times one row
// (https://shopify.dev/docs/api/usage/pagination-graphql).
const pageSize = 250

// text returns the document as it is sent.
func (d document) text() string {
	if one, n := d.once(); one != d {
		return repeated(one.text(), n)
	}
	text, err := queries.ReadFile("queries/" + string(d) + ".graphql")
	if err != nil {
		panic("shopify: " + err.Error()) // the constants above name the files
	}
	if strings.HasPrefix(string(d), "bulk/") {
		return strings.TrimSpace(string(text))
	}
	return string(text)
}

// operation returns the name of the document's only operation.
func (d document) operation() string {
	found := operationName.FindStringSubmatch(d.text())
	if found == nil {
		return string(d)
	}
	return found[1]
}

var operationName = regexp.MustCompile(`(?m)^(?:query|mutation) (\w+)`)

// name names a bulk document to people: what it reads.
func (d document) name() string {
	return map[document]string{
		bulkProducts: "of products", bulkVariants: "of variants", bulkVariantMedia: "of the media of variants",
		bulkInventory: "of stock", bulkMembers: "of the members of collections",
	}[d]
}

// counted names to people what a document counts.
func (d document) counted() string {
	return strings.TrimSuffix(string(d), "_count")
}

// paged is a page of one that asks for what a bulk document asks for.
func (d document) paged() (document, map[string]any) {
	switch d {
	case bulkProducts:
		return productsDocument, map[string]any{"first": 1}
	case bulkInventory:
		return inventoryDocument, map[string]any{"first": 1, "levelsFirst": 1}
	case bulkMembers:
		return collectionsDocument, map[string]any{"first": 1}
	}
	return variantsDocument, map[string]any{"first": 1}
}

// ceiling is the most that the document can be charged before it runs: pages of
// 250, levels of 250 locations. The figures follow from the price list that
// captured answers show; a test computes them. They serve until the shop has
// named its own price.
func (d document) ceiling() float64 {
	if one, n := d.once(); one != d {
		return one.ceiling() * float64(n)
	}
	switch d {
	case productsCount, variantsCount, collectionsCount, locationsCount:
		return 10
	case bulkRun, bulkCancel:
		return 10
	case bulkPoll:
		return 1
	case bulkList:
		return 6
	case shopDocument:
		return 3
	case locationsDocument:
		return 24
	case locationDocument:
		return 2
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
