package queries

import (
	"strings"
)

// Document is a GraphQL document, by the name of its file in this folder.
type Document string

// The documents that are answered at once.
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

// The queries of bulk operations, whose operations have no name.
const (
	BulkProducts     Document = "bulk/products"
	BulkVariants     Document = "bulk/variants"
	BulkVariantMedia Document = "bulk/variant_media"
	BulkInventory    Document = "bulk/inventory"
	BulkMembers      Document = "bulk/members"
)

// OldestVersion is the first API version that lists every collection. Older ones leave out
// collections of the new model
// (https://shopify.dev/changelog/new-collection-model-and-apis-now-available).
const OldestVersion = "2026-07"

// Name returns what a bulk query reads, for people, such as "of products".
func (d Document) Name() string {
	return map[Document]string{
		BulkProducts: "of products", BulkVariants: "of variants", BulkVariantMedia: "of the media of variants",
		BulkInventory: "of stock", BulkMembers: "of the members of collections",
	}[d]
}

// CountedThings returns what a document counts, for people.
func (d Document) CountedThings() string {
	return strings.TrimSuffix(string(d), "_count")
}

// AsPage returns a document, with variables for a page of one record, that asks for what a bulk
// query asks for.
func (d Document) AsPage() (Document, map[string]any) {
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
