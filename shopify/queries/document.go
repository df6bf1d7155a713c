package queries

import (
	"strings"
)

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

// Name names a bulk document to people: what it reads.
func (d Document) Name() string {
	return map[Document]string{
		BulkProducts: "of products", BulkVariants: "of variants", BulkVariantMedia: "of the media of variants",
		BulkInventory: "of stock", BulkMembers: "of the members of collections",
	}[d]
}

// CountedThings names to people what a document counts.
func (d Document) CountedThings() string {
	return strings.TrimSuffix(string(d), "_count")
}

// AsPage is a page of one record that asks for what a bulk document asks for.
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
