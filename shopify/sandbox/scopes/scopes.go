package scopes

import (
	"slices"
	"strings"
)

// RequiredFor lists for a type, or for "Type.field", the scopes of which an app needs any one. Taken from
// the requiredAccess entries (offline scopes) of the Admin API 2026-10 reference. What is not listed needs
// none. A field that returns a listed type, or a connection or list of it, needs the type's scope too.
func RequiredFor(name string) []string {
	switch name {
	case "Product", "ProductVariant", "ProductOption", "ProductOptionValue",
		"Collection", "CollectionSource", "CollectionConditionsSource", "CollectionSourceInclusion",
		"QueryRoot.productsCount", "QueryRoot.productVariantsCount", "QueryRoot.collectionsCount":
		return []string{"read_products"}
	case "InventoryItem", "InventoryItemMeasurement":
		return []string{"read_inventory", "read_products"}
	case "InventoryLevel", "InventoryQuantity", "InventoryProperties",
		"InventoryItem.duplicateSkuCount", "InventoryItem.inventoryHistoryUrl", "InventoryItem.inventoryLevel",
		"InventoryItem.inventoryLevels", "InventoryItem.locationsCount", "QueryRoot.inventoryProperties":
		return []string{"read_inventory"}
	case "Location", "Location.id":
		return []string{"read_locations", "read_inventory", "read_markets_home"}
	case "Location.name":
		return []string{"read_locations", "read_markets_home"}
	case "Media", "MediaImage", "Video", "ExternalVideo", "Model3d", "VideoSource":
		return []string{
			"read_products", "read_files", "read_themes", "read_orders", "read_draft_orders", "read_images", "read_quick_sale",
		}
	case "Model3dSource":
		return []string{"read_products", "read_files", "read_themes"}
	case "MediaError", "MediaWarning":
		return []string{"read_products", "read_files"}
	case "MediaPreviewImage":
		return []string{"read_products", "read_files", "read_images"}
	}
	if field, ok := strings.CutPrefix(name, "Location."); ok && field != "legacyResourceId" {
		return []string{"read_locations"}
	}
	return nil
}

// AccessWords words a list of alternative scopes as Shopify's error does.
func AccessWords(scopes []string) string {
	quoted := make([]string, len(scopes))
	for i, scope := range scopes {
		quoted[i] = "`" + scope + "` access scope"
	}
	last := len(quoted) - 1
	if last == 0 {
		return quoted[0] + "."
	}
	return strings.Join(quoted[:last], ", ") + " or " + quoted[last] + "."
}

// ExpandReads adds the read scope that every write scope implies.
func ExpandReads(scopes []string) []string {
	var expanded []string
	for _, scope := range scopes {
		expanded = append(expanded, scope)
		if read, implied := impliedRead(scope); implied {
			expanded = append(expanded, read)
		}
	}
	slices.Sort(expanded)
	return slices.Compact(expanded)
}

// CompressReads leaves out the read scopes that a write scope implies, as token answers do.
func CompressReads(scopes []string) []string {
	var implied []string
	for _, scope := range scopes {
		if read, ok := impliedRead(scope); ok {
			implied = append(implied, read)
		}
	}
	return slices.DeleteFunc(slices.Clone(scopes), func(s string) bool { return slices.Contains(implied, s) })
}

func impliedRead(scope string) (string, bool) {
	prefix := ""
	if rest, ok := strings.CutPrefix(scope, "unauthenticated_"); ok {
		prefix, scope = "unauthenticated_", rest
	}
	resource, ok := strings.CutPrefix(scope, "write_")
	return prefix + "read_" + resource, ok
}

// SplitList reads a list of scopes separated by commas or spaces.
func SplitList(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}
