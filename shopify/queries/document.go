package queries

import (
	"embed"
	"regexp"
	"strings"
)

//go:embed *.graphql bulk/*.graphql
var files embed.FS

// Document is one GraphQL document, named after its file in queries.
type Document string

const (
	Shop               Document = "shop"
	ProductsCount      Document = "products_count"
	VariantsCount      Document = "variants_count"
	CollectionsCount   Document = "collections_count"
	LocationsCount     Document = "locations_count"
	Locations          Document = "locations"
	Location           Document = "location"
	Products           Document = "products"
	Product            Document = "product"
	ProductMedia       Document = "product_media"
	Variants           Document = "variants"
	ProductVariants    Document = "product_variants"
	Inventory          Document = "inventory"
	ItemLevels         Document = "item_levels"
	Collections        Document = "collections"
	Collection         Document = "collection"
	CollectionProducts Document = "collection_products"
	VariantsBySKU      Document = "variants_by_sku"
	VariantStock       Document = "variant_stock"
	BulkRun            Document = "bulk_run"
	BulkPoll           Document = "bulk_poll"
	BulkList           Document = "bulk_list"
	BulkCancel         Document = "bulk_cancel"
)

// The documents that are read as bulk operations. They have no name.
const (
	BulkProducts     Document = "bulk/products"
	BulkVariants     Document = "bulk/variants"
	BulkVariantMedia Document = "bulk/variant_media"
	BulkInventory    Document = "bulk/inventory"
	BulkMembers      Document = "bulk/members"
)

// OldestVersion is the first API version that lists every collection;
// older ones leave out those that use the new model
// (https://shopify.dev/changelog/new-collection-model-and-apis-now-available).
const OldestVersion = "2026-07"

// PageSize is the largest page that Shopify gives. Large pages are cheap: 250
// rows cost eleven times one row
// (https://shopify.dev/docs/api/usage/pagination-graphql).
const PageSize = 250

// Text returns the document as it is sent.
func (d Document) Text() string {
	if one, n := d.once(); one != d {
		return repeated(one.Text(), n)
	}
	text, err := files.ReadFile(string(d) + ".graphql")
	if err != nil {
		panic("queries: " + err.Error()) // the constants above name the files
	}
	if strings.HasPrefix(string(d), "bulk/") {
		return strings.TrimSpace(string(text))
	}
	return string(text)
}

// Operation returns the name of the document's only operation.
func (d Document) Operation() string {
	found := operationName.FindStringSubmatch(d.Text())
	if found == nil {
		return string(d)
	}
	return found[1]
}

var operationName = regexp.MustCompile(`(?m)^(?:query|mutation) (\w+)`)

// Name names a bulk document to people: what it reads.
func (d Document) Name() string {
	return map[Document]string{
		BulkProducts: "of products", BulkVariants: "of variants", BulkVariantMedia: "of the media of variants",
		BulkInventory: "of stock", BulkMembers: "of the members of collections",
	}[d]
}

// Counted names to people what a document counts.
func (d Document) Counted() string {
	return strings.TrimSuffix(string(d), "_count")
}

// Paged is a page of one that asks for what a bulk document asks for.
func (d Document) Paged() (Document, map[string]any) {
	switch d {
	case BulkProducts:
		return Products, map[string]any{"first": 1}
	case BulkInventory:
		return Inventory, map[string]any{"first": 1, "levelsFirst": 1}
	case BulkMembers:
		return Collections, map[string]any{"first": 1}
	}
	return Variants, map[string]any{"first": 1}
}

// Ceiling is the most that the document can be charged before it runs: pages of
// 250, levels of 250 locations. The figures follow from the price list that
// captured answers show; a test computes them. They serve until the shop has
// named its own price.
func (d Document) Ceiling() float64 {
	if one, n := d.once(); one != d {
		return one.Ceiling() * float64(n)
	}
	switch d {
	case ProductsCount, VariantsCount, CollectionsCount, LocationsCount:
		return 10
	case BulkRun, BulkCancel:
		return 10
	case BulkPoll:
		return 1
	case BulkList:
		return 6
	case Shop:
		return 3
	case Locations:
		return 24
	case Location:
		return 2
	case Products:
		return 178
	case Product:
		return 6
	case ProductMedia:
		return 25
	case Variants:
		return 112
	case ProductVariants:
		return 212
	case Inventory:
		return 398
	case ItemLevels:
		return 36
	case Collections:
		return 57
	case Collection:
		return 5
	case CollectionProducts:
		return 14
	case VariantsBySKU:
		return 13
	case VariantStock:
		return 38
	}
	return maxQueryCost
}

// maxQueryCost is what a single query may cost on every plan
// (https://shopify.dev/docs/api/usage/limits).
const maxQueryCost = 1000
