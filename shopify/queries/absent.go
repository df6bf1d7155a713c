package queries

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A version of the API may lack a field. Fields that the program can do without are then left
// out of the documents. Some only serve to verify what was read or to find changes; others
// fill columns, which are then not read.

// dispensable are the fields that the program can do without, with the columns that they fill.
var dispensable = map[string][]string{
	"QueryRoot.productsCount": nil, "QueryRoot.productVariantsCount": nil,
	"QueryRoot.collectionsCount": nil, "QueryRoot.locationsCount": nil,
	"Product.variantsCount": nil, "Product.mediaCount": nil, "Collection.productsCount": nil,
	"Product.updatedAt": nil, "ProductVariant.updatedAt": nil, "Collection.updatedAt": nil,
	"Product.featuredMedia": nil, "MediaImage.mimeType": nil, "VideoSource.mimeType": nil, "Model3dSource.mimeType": nil,

	"Product.descriptionHtml": {"products.description_html"},
	"Product.vendor":          {"products.vendor"}, "Product.productType": {"products.product_type"},
	"Product.tags": {"products.tags"}, "Product.options": {"products.options"},
	"Product.seo": {"products.seo_title", "products.seo_description"},
	"SEO.title":   {"products.seo_title"}, "SEO.description": {"products.seo_description"},
	"ProductVariant.barcode": {"variants.barcode"}, "ProductVariant.compareAtPrice": {"variants.compare_at_price"},
	"ProductVariant.position":        {"variants.position"},
	"InventoryItem.requiresShipping": {"variants.requires_shipping"},
	"InventoryItem.measurement":      {"variants.weight", "variants.weight_unit"},
	"Media.alt":                      {"media.alt"},
	"Collection.descriptionHtml":     {"categories.description_html"}, "Collection.sources": {"categories.kind"},
	"Collection.sortOrder": {"categories.sort_order", "memberships.position"},
	"Location.address":     {"warehouses.address"},
}

// wholes are the fields that are of no use when something below them is absent, by the type of
// what is below.
var wholes = map[string]string{
	"ProductOption": "Product.options", "ProductOptionValue": "Product.options",
	"InventoryItemMeasurement": "InventoryItem.measurement", "Weight": "InventoryItem.measurement",
	"CollectionConditionsSource": "Collection.sources", "CollectionConditionsSourceInclusion": "Collection.sources",
	"CollectionSource": "Collection.sources",
	"LocationAddress":  "Location.address", "Count": "",
}

// AbsentFields are the fields that the version of the API turned out to lack. It is safe for
// concurrent use.
type AbsentFields struct {
	mu     sync.Mutex
	fields map[string]bool // as TYPE.FIELD; it is replaced, never changed
}

// Add notes fields and reports whether there are any. It notes none and returns false when the
// program cannot do without one of them.
func (l *AbsentFields) Add(fields []string) bool {
	for i, field := range fields {
		of, _, _ := strings.Cut(field, ".")
		if whole := wholes[of]; whole != "" {
			fields[i] = whole
		}
		if _, known := dispensable[fields[i]]; !known {
			return false
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	all := map[string]bool{}
	maps.Copy(all, l.fields)
	for _, field := range fields {
		all[field] = true
	}
	if all["SEO.title"] && all["SEO.description"] {
		all["Product.seo"] = true // nothing of it is left
	}
	l.fields = all
	return len(fields) > 0
}

// Fields returns the fields, as TYPE.FIELD. The caller must not change the map.
func (l *AbsentFields) Fields() map[string]bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fields
}

// TextWithout returns the text of a document without the fields, "" when nothing is left to ask
// for.
func (l *AbsentFields) TextWithout(text string) string {
	fields := l.Fields()
	if len(fields) == 0 {
		return text
	}
	return withoutFields(text, fields)
}

// UnreadColumns returns, by table, the sorted columns that are not read because their fields are
// absent.
func (l *AbsentFields) UnreadColumns() map[string][]string {
	columns := map[string][]string{}
	for field := range l.Fields() {
		for _, column := range dispensable[field] {
			table, name, _ := strings.Cut(column, ".")
			columns[table] = append(columns[table], name)
		}
	}
	for table, names := range columns {
		slices.Sort(names)
		columns[table] = slices.Compact(names)
	}
	return columns
}

var undefinedField = regexp.MustCompile(`Field '(\w+)' doesn't exist on type '(\w+)'`)

// AbsentField returns the field, as TYPE.FIELD, that the version lacks according to a message of
// Shopify; "" for any other message.
func AbsentField(message string) string {
	if found := undefinedField.FindStringSubmatch(message); found != nil {
		return found[2] + "." + found[1]
	}
	return ""
}
