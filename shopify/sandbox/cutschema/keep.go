package main

// keep names the object and interface types of the subset. A type with a list keeps only these fields; one
// with nil keeps every field whose type is kept too.
var keep = map[string][]string{
	"QueryRoot": {
		"shop", "currentAppInstallation", "publicApiVersions", "node", "nodes",
		"product", "products", "productsCount",
		"productVariant", "productVariants", "productVariantsCount",
		"collection", "collections", "collectionsCount",
		"location", "locations", "locationsCount",
		"inventoryItem", "inventoryItems", "inventoryLevel", "inventoryProperties",
		"bulkOperation", "bulkOperations",
	},
	"Mutation": {"appUninstall", "bulkOperationRunQuery", "bulkOperationCancel"},

	"Node": nil, "LegacyInteroperability": nil, "DisplayableError": nil, "UserError": nil, "PageInfo": nil,
	"Count": nil, "MoneyV2": nil, "SEO": nil, "Weight": nil,

	"Shop": {
		"id", "name", "myshopifyDomain", "currencyCode", "weightUnit", "unitSystem", "taxesIncluded", "taxShipping",
		"ianaTimezone", "plan", "resourceLimits", "createdAt", "updatedAt", "email", "contactEmail", "url",
	},
	"ShopPlan": {"publicDisplayName", "shopifyPlus", "partnerDevelopment"}, "ShopResourceLimits": nil,
	"AppInstallation": {"id", "accessScopes", "app"}, "App": {"id", "title", "apiKey"},
	"AccessScope": nil, "ApiVersion": nil,
	"AppUninstallPayload": nil, "AppUninstallAppUninstallError": nil,

	"Product": nil, "ProductConnection": nil, "ProductEdge": nil,
	"ProductOption": nil, "ProductOptionValue": nil, "ProductOptionValueSwatch": nil, "LinkedMetafield": nil,
	"ProductVariant": nil, "ProductVariantConnection": nil, "ProductVariantEdge": nil,
	"SelectedOption": nil, "UnitPriceMeasurement": nil, "TaxonomyCategory": {"id", "name", "fullName", "level", "isRoot", "isLeaf", "isArchived"},

	"Media": nil, "MediaConnection": nil, "MediaEdge": nil,
	"MediaImage": nil, "Video": nil, "ExternalVideo": nil, "Model3d": nil,
	"MediaError": nil, "MediaWarning": nil, "MediaPreviewImage": nil, "Image": nil,
	"VideoSource": nil, "Model3dSource": nil,

	"InventoryItem": nil, "InventoryItemConnection": nil, "InventoryItemEdge": nil, "InventoryItemMeasurement": nil,
	"InventoryLevel": nil, "InventoryLevelConnection": nil, "InventoryLevelEdge": nil,
	"InventoryQuantity": nil, "InventoryProperties": nil, "InventoryQuantityName": nil,
	"Location": nil, "LocationConnection": nil, "LocationEdge": nil, "LocationAddress": nil, "FulfillmentService": nil,

	"Collection": nil, "CollectionConnection": nil, "CollectionEdge": nil,
	"CollectionSource": nil, "CollectionConditionsSource": nil, "CollectionSubCollectionsSource": nil,
	"CollectionSourceInclusion": nil, "CollectionSourceExclusion": nil, "MetafieldDefinition": {"id", "name", "namespace", "key"},
	"CollectionSourceInclusionCondition":                      nil,
	"CollectionSourceInclusionConditionProductTag":            nil,
	"CollectionSourceInclusionConditionProductTitle":          nil,
	"CollectionSourceInclusionConditionProductType":           nil,
	"CollectionSourceInclusionConditionProductVendor":         nil,
	"CollectionSourceInclusionConditionProductStatus":         nil,
	"CollectionSourceInclusionConditionProductCategory":       nil,
	"CollectionSourceInclusionConditionProductCategoryValue":  nil,
	"CollectionSourceInclusionConditionVariantPrice":          nil,
	"CollectionSourceInclusionConditionVariantCompareAtPrice": nil,
	"CollectionSourceInclusionConditionVariantInventory":      nil,
	"CollectionSourceInclusionConditionVariantTitle":          nil,
	"CollectionSourceInclusionConditionVariantWeight":         nil,
	"CollectionSourceInclusionConditionMetafieldBoolean":      nil,
	"CollectionSourceInclusionConditionMetafieldDecimal":      nil,
	"CollectionSourceInclusionConditionMetafieldInteger":      nil,
	"CollectionSourceInclusionConditionMetafieldString":       nil,
	"CollectionSourceInclusionConditionMetafieldStringList":   nil,
	"CollectionSourceInclusionConditionUnknown":               nil,
	"CollectionSourceExclusionCondition":                      nil,
	"CollectionSourceExclusionConditionCollection":            nil,
	"CollectionSourceExclusionConditionProductTag":            nil,
	"CollectionSourceExclusionConditionProductType":           nil,
	"CollectionSourceExclusionConditionProductVendor":         nil,
	"CollectionSourceExclusionConditionProductCategory":       nil,
	"CollectionSourceExclusionConditionProductCategoryValue":  nil,

	"BulkOperation": nil, "BulkOperationConnection": nil, "BulkOperationEdge": nil,
	"BulkOperationRunQueryPayload": nil, "BulkOperationCancelPayload": nil, "BulkOperationUserError": nil,
}

// omit names fields of kept types that speak of matters outside the sandbox: publications, files, selling
// plans and bundles. A document that asks for one is told that the field does not exist, never given a null.
var omit = map[string]bool{
	"availablePublicationsCount": true, "publishedInContext": true, "publishedOnPublication": true,
	"resourcePublicationsCount": true, "sellingPlanGroupsCount": true, "productComponentsCount": true,
	"productParents": true, "fileStatus": true, "originalSource": true, "thumbhash": true,
	"restrictedForResource": true, "giftCardTemplateSuffix": true,
}
