package sandbox

import (
	"fmt"
	"slices"
)

// The lists of the query root: which rows, which filters, which orders.

func productFilters() map[string]searchField[*product] {
	return map[string]searchField[*product]{
		"id":         byID((*product).number),
		"status":     byWord(func(p *product) string { return p.status }),
		"created_at": byTime(func(p *product) moment { return p.createdAt }),
		"updated_at": byTime(func(p *product) moment { return p.updatedAt }),
	}
}

func productPage(x *execution, args arguments) (any, error) {
	rows := search(x, x.shop.products, args, productFilters())
	switch args.text("sortKey") {
	case "ID", "RELEVANCE": // relevance means nothing without a full text search
		return paginate(rows, byProductID, args)
	case "TITLE":
		return paginate(sorted(rows, byTitle), byTitle, args)
	case "CREATED_AT":
		return paginate(sorted(rows, byCreation), byCreation, args)
	case "UPDATED_AT":
		return paginate(sorted(rows, byUpdate), byUpdate, args)
	case "VENDOR":
		return paginate(sorted(rows, byVendor), byVendor, args)
	case "PRODUCT_TYPE":
		return paginate(sorted(rows, byType), byType, args)
	}
	return nil, unsortable(args)
}

func byCreation(p *product) sortKey { return sortKey{p.id, p.createdAt.String()} }
func byUpdate(p *product) sortKey   { return sortKey{p.id, p.updatedAt.String()} }
func byVendor(p *product) sortKey   { return sortKey{p.id, p.vendor} }
func byType(p *product) sortKey     { return sortKey{p.id, p.productType} }

func variantPage(x *execution, args arguments) (any, error) {
	rows := search(x, x.shop.variants, args, map[string]searchField[*variant]{
		"id":         byID((*variant).number),
		"product_id": byID(func(v *variant) int64 { return v.product.id }),
		"sku":        byWord((*variant).skuText),
		"updated_at": byTime(func(v *variant) moment { return v.updatedAt }),
	})
	switch args.text("sortKey") {
	case "ID", "RELEVANCE":
		return paginate(rows, byVariantID, args)
	case "SKU":
		return paginate(sorted(rows, bySKU), bySKU, args)
	case "POSITION":
		return paginate(sorted(rows, byPosition), byPosition, args)
	}
	return nil, unsortable(args)
}

func bySKU(v *variant) sortKey { return sortKey{v.id, v.skuText()} }

func itemPage(x *execution, args arguments) (any, error) {
	x.shop.stockAsked()
	return paginate(search(x, x.shop.items, args, map[string]searchField[*inventoryItem]{
		"id":         byID((*inventoryItem).number),
		"sku":        byWord(func(i *inventoryItem) string { return i.skuText() }),
		"created_at": byTime(func(i *inventoryItem) moment { return i.createdAt }),
		"updated_at": byTime(func(i *inventoryItem) moment { return i.updatedAt }),
	}), byItemID, args)
}

func collectionFilters() map[string]searchField[*collection] {
	return map[string]searchField[*collection]{
		"id":         byID((*collection).number),
		"updated_at": byTime(func(c *collection) moment { return c.updatedAt }),
	}
}

func collectionPage(x *execution, rows []*collection, args arguments) (any, error) {
	rows = search(x, rows, args, collectionFilters())
	switch args.text("sortKey") {
	case "ID", "RELEVANCE":
		return paginate(rows, byCollectionID, args)
	case "TITLE":
		return paginate(sorted(rows, byCollectionTitle), byCollectionTitle, args)
	case "UPDATED_AT":
		return paginate(sorted(rows, byCollectionUpdate), byCollectionUpdate, args)
	}
	return nil, unsortable(args)
}

func byCollectionTitle(c *collection) sortKey  { return sortKey{c.id, c.title} }
func byCollectionUpdate(c *collection) sortKey { return sortKey{c.id, c.updatedAt.String()} }

func locationFilters() map[string]searchField[*location] {
	return map[string]searchField[*location]{
		"id":         byID((*location).number),
		"created_at": byTime(func(l *location) moment { return l.createdAt }),
		"active":     byWord(func(l *location) string { return fmt.Sprint(l.active) }),
		"legacy":     byWord(func(l *location) string { return fmt.Sprint(l.service != nil) }),
		"name":       byWord(func(l *location) string { return l.name }),
	}
}

// listed are the locations that the list of locations has.
func (s *Shop) listed() []*location {
	return slices.DeleteFunc(slices.Clone(s.locations), func(l *location) bool { return l.unlisted })
}

// locationPage hides deactivated and fulfilment-service locations unless asked for them.
func locationPage(x *execution, args arguments) (any, error) {
	rows := slices.DeleteFunc(x.shop.listed(), func(l *location) bool {
		return !l.active && !args.flag("includeInactive") || l.service != nil && !args.flag("includeLegacy")
	})
	rows = search(x, rows, args, locationFilters())
	if args.text("sortKey") == "NAME" {
		return paginate(sorted(rows, byLocationName), byLocationName, args)
	}
	return paginate(rows, byLocationID, args)
}
