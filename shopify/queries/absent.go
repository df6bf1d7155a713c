package queries

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A version of the API may lack a field. Those that the program can do without are left
// out of the documents then: some only serve to verify what was read, or to tell a
// change; what others say goes into columns, which then are not read.

// dispensable are the fields that can be done without, with the columns that are filled
// from them.
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
	"InventoryItem.requiresShipping": {"variants.requires_shipping"}, "InventoryItem.measurement": {"variants.weight", "variants.weight_unit"},
	"Media.alt":                  {"media.alt"},
	"Collection.descriptionHtml": {"categories.description_html"}, "Collection.sources": {"categories.kind"},
	"Collection.sortOrder": {"categories.sort_order", "memberships.position"},
	"Location.address":     {"warehouses.address"},
}

// wholes are the fields of which nothing is of use when a field below is lacking, by the
// types of what is below.
var wholes = map[string]string{
	"ProductOption": "Product.options", "ProductOptionValue": "Product.options",
	"InventoryItemMeasurement": "InventoryItem.measurement", "Weight": "InventoryItem.measurement",
	"CollectionConditionsSource": "Collection.sources", "CollectionConditionsSourceInclusion": "Collection.sources",
	"CollectionSource": "Collection.sources",
	"LocationAddress":  "Location.address", "Count": "",
}

// AbsentFields are the fields that the version of the API turned out to lack. It is safe
// for concurrent use.
type AbsentFields struct {
	mu     sync.Mutex
	fields map[string]bool // TYPE.FIELD; replaced, never changed
}

// Add notes fields and reports whether there are any and all can be done without; if not,
// none is noted.
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
		all["Product.seo"] = true // of which nothing is left
	}
	l.fields = all
	return len(fields) > 0
}

// Fields are the fields, as TYPE.FIELD. They are never changed.
func (l *AbsentFields) Fields() map[string]bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fields
}

// TextWithout is a text without the fields, "" when nothing is left to be asked for.
func (l *AbsentFields) TextWithout(text string) string {
	fields := l.Fields()
	if len(fields) == 0 {
		return text
	}
	return withoutFields(text, fields)
}

// UnreadColumns are those that are not read for want of their fields, sorted, by table.
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

// AbsentField finds the field that a message says the version lacks, "" in any other.
func AbsentField(message string) string {
	if found := undefinedField.FindStringSubmatch(message); found != nil {
		return found[2] + "." + found[1]
	}
	return ""
}
