package shopify

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
)

// A version of the API may lack a field. Those that the program can do without are left
// out of the documents then: some only serve to verify what was read, or to tell a
// change; what others say goes into columns, which then are not read.

// dispensable are the fields that can be done without, with the columns that are filled
// from them.
var dispensable = map[string][]string{
	"QueryRoot.productsCount": nil, "QueryRoot.productVariantsCount": nil, "QueryRoot.collectionsCount": nil, "QueryRoot.locationsCount": nil,
	"Product.variantsCount": nil, "Product.mediaCount": nil, "Collection.productsCount": nil,
	"Product.updatedAt": nil, "ProductVariant.updatedAt": nil, "Collection.updatedAt": nil,
	"Product.featuredMedia": nil, "MediaImage.mimeType": nil, "VideoSource.mimeType": nil, "Model3dSource.mimeType": nil,

	"Product.descriptionHtml": {"products.description_html"}, "Product.vendor": {"products.vendor"}, "Product.productType": {"products.product_type"},
	"Product.tags": {"products.tags"}, "Product.options": {"products.options"},
	"Product.seo": {"products.seo_title", "products.seo_description"}, "SEO.title": {"products.seo_title"}, "SEO.description": {"products.seo_description"},
	"ProductVariant.barcode": {"variants.barcode"}, "ProductVariant.compareAtPrice": {"variants.compare_at_price"}, "ProductVariant.position": {"variants.position"},
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
	"CollectionConditionsSource": "Collection.sources", "CollectionConditionsSourceInclusion": "Collection.sources", "CollectionSource": "Collection.sources",
	"LocationAddress": "Location.address", "Count": "",
}

var (
	errLeftOut     = fmt.Errorf("a field was left out of the question: %w", bulk.ErrOtherText)
	undefinedField = regexp.MustCompile(`Field '(\w+)' doesn't exist on type '(\w+)'`)
)

// lacks is the field that an error says the version lacks, "" for any other error.
func (e graphError) lacks() string {
	if e.Extensions.TypeName != "" && e.Extensions.Code == "undefinedField" {
		return e.Extensions.TypeName + "." + e.Extensions.FieldName
	}
	return lackedBy(e.Message)
}

// lackedBy finds the field in the words of an error.
func lackedBy(message string) string {
	if found := undefinedField.FindStringSubmatch(message); found != nil {
		return found[2] + "." + found[1]
	}
	return ""
}

// leaveOut notes the fields that errors say the version lacks. It reports whether the
// question may be asked without them.
func (c *Client) leaveOut(raw json.RawMessage) bool {
	var list []graphError
	if json.Unmarshal(raw, &list) != nil {
		return false
	}
	fields := make([]string, len(list))
	for i, e := range list {
		fields[i] = e.lacks()
	}
	return c.lack(fields)
}

// leaveOutOfBulk is leaveOut for the refusal of a bulk operation, which is only words and
// may name one field at a time.
func (c *Client) leaveOutOfBulk(refusals []userError) bool {
	var fields []string
	for _, refusal := range refusals {
		if field := lackedBy(refusal.Message); field != "" {
			fields = append(fields, field)
		}
	}
	return c.lack(fields)
}

// lack notes fields and reports whether there are any and all can be done without.
func (c *Client) lack(fields []string) bool {
	for i, field := range fields {
		of, _, _ := strings.Cut(field, ".")
		if whole := wholes[of]; whole != "" {
			fields[i] = whole
		}
		if _, known := dispensable[fields[i]]; !known {
			return false
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, field := range fields {
		c.lacking[field] = true
	}
	if c.lacking["SEO.title"] && c.lacking["SEO.description"] {
		c.lacking["Product.seo"] = true // of which nothing is left
	}
	c.spared = sparedBy(c.lacking)
	return len(fields) > 0
}

// text is a document as it is sent, "" when nothing is left to be asked for.
func (c *Client) text(d document) string { return c.without(d.text()) }

// without is a text without the fields that the version lacks.
func (c *Client) without(text string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.lacking) == 0 {
		return text
	}
	return withoutFields(text, c.lacking)
}

// notRead are the columns that are not read because the version lacks their fields.
func (c *Client) notRead() (all []importer.NotRead) {
	c.mu.Lock()
	defer c.mu.Unlock()
	columns := map[string][]string{}
	for field := range c.lacking {
		for _, column := range dispensable[field] {
			table, name, _ := strings.Cut(column, ".")
			columns[table] = append(columns[table], name)
		}
	}
	for _, t := range importer.Tables() {
		if names := columns[t.Name]; len(names) > 0 {
			slices.Sort(names)
			all = append(all, importer.NotRead{
				Resource: t.Name, Fields: slices.Compact(names), Why: importer.WhyVersion,
				Detail: fmt.Sprintf("not in API version %.20s", c.version),
			})
		}
	}
	return all
}

// spared are the fields that nodes need not have because they were not asked for, as bits
// of their shapes.
type spared map[*shape]uint64

// nodes are what records of some types are decoded into.
var nodes = map[string][]reflect.Type{
	"Product": {reflect.TypeFor[productNode]()}, "ProductVariant": {reflect.TypeFor[variantNode]()}, "InventoryItem": {reflect.TypeFor[variantItem]()},
	"Collection": {reflect.TypeFor[collectionNode]()}, "Location": {reflect.TypeFor[locationNode]()},
}

func sparedBy(lacking map[string]bool) spared {
	made := spared{}
	for _, field := range slices.Sorted(maps.Keys(lacking)) {
		of, name, _ := strings.Cut(field, ".")
		for _, node := range nodes[of] {
			s := shapeOf(node)
			if f := s.fields[strings.ToLower(name)]; f != nil {
				made[s] |= f.bit
			}
		}
	}
	return made
}

// spares are the fields that nodes need not have.
func (c *Client) spares() spared {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.spared
}
