package admin

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/bulk"
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// The lists of the query root: which rows, which filters, which orders.

func productFilters() map[string]searchField[*catalogue.Product] {
	return map[string]searchField[*catalogue.Product]{
		"id":         byID((*catalogue.Product).IDNumber),
		"status":     byWord(func(p *catalogue.Product) string { return p.Status }),
		"created_at": byTime(func(p *catalogue.Product) catalogue.Moment { return p.CreatedAt }),
		"updated_at": byTime(func(p *catalogue.Product) catalogue.Moment { return p.UpdatedAt }),
	}
}

func productPage(x query, args graph.Arguments) (any, error) {
	rows := searchRows(x, x.api.Products, args, productFilters())
	switch args.Text("sortKey") {
	case "ID", "RELEVANCE": // relevance means nothing without a full text search
		return graph.Paginate(rows, catalogue.ByProductID, args)
	case "TITLE":
		return graph.Paginate(order.SortedBy(rows, catalogue.ByTitle), catalogue.ByTitle, args)
	case "CREATED_AT":
		return graph.Paginate(order.SortedBy(rows, byCreation), byCreation, args)
	case "UPDATED_AT":
		return graph.Paginate(order.SortedBy(rows, byUpdate), byUpdate, args)
	case "VENDOR":
		return graph.Paginate(order.SortedBy(rows, byVendor), byVendor, args)
	case "PRODUCT_TYPE":
		return graph.Paginate(order.SortedBy(rows, byType), byType, args)
	}
	return nil, sortFault(args)
}

func byCreation(p *catalogue.Product) order.Key {
	return order.Key{ID: p.ID, Value: p.CreatedAt.String()}
}

func byUpdate(p *catalogue.Product) order.Key {
	return order.Key{ID: p.ID, Value: p.UpdatedAt.String()}
}

func byVendor(p *catalogue.Product) order.Key { return order.Key{ID: p.ID, Value: p.Vendor} }
func byType(p *catalogue.Product) order.Key   { return order.Key{ID: p.ID, Value: p.ProductType} }

func variantPage(x query, args graph.Arguments) (any, error) {
	rows := searchRows(x, x.api.Variants, args, map[string]searchField[*catalogue.Variant]{
		"id":         byID((*catalogue.Variant).IDNumber),
		"product_id": byID(func(v *catalogue.Variant) int64 { return v.Product.ID }),
		"sku":        byWord((*catalogue.Variant).SKUText),
		"updated_at": byTime(func(v *catalogue.Variant) catalogue.Moment { return v.UpdatedAt }),
	})
	switch args.Text("sortKey") {
	case "ID", "RELEVANCE":
		return graph.Paginate(rows, catalogue.ByVariantID, args)
	case "SKU":
		return graph.Paginate(order.SortedBy(rows, bySKU), bySKU, args)
	case "POSITION":
		return graph.Paginate(order.SortedBy(rows, catalogue.ByPosition), catalogue.ByPosition, args)
	}
	return nil, sortFault(args)
}

func bySKU(v *catalogue.Variant) order.Key { return order.Key{ID: v.ID, Value: v.SKUText()} }

func itemPage(x query, args graph.Arguments) (any, error) {
	x.api.StockAsked()
	return graph.Paginate(searchRows(x, x.api.Items, args, map[string]searchField[*catalogue.Item]{
		"id":         byID((*catalogue.Item).IDNumber),
		"sku":        byWord(func(i *catalogue.Item) string { return i.SKUText() }),
		"created_at": byTime(func(i *catalogue.Item) catalogue.Moment { return i.CreatedAt }),
		"updated_at": byTime(func(i *catalogue.Item) catalogue.Moment { return i.UpdatedAt }),
	}), catalogue.ByItemID, args)
}

func collectionFilters() map[string]searchField[*catalogue.Collection] {
	return map[string]searchField[*catalogue.Collection]{
		"id":         byID((*catalogue.Collection).IDNumber),
		"updated_at": byTime(func(c *catalogue.Collection) catalogue.Moment { return c.UpdatedAt }),
	}
}

func collectionPage(x query, rows []*catalogue.Collection, args graph.Arguments) (any, error) {
	rows = searchRows(x, rows, args, collectionFilters())
	switch args.Text("sortKey") {
	case "ID", "RELEVANCE":
		return graph.Paginate(rows, catalogue.ByCollectionID, args)
	case "TITLE":
		return graph.Paginate(order.SortedBy(rows, byCollectionTitle), byCollectionTitle, args)
	case "UPDATED_AT":
		return graph.Paginate(order.SortedBy(rows, byCollectionUpdate), byCollectionUpdate, args)
	}
	return nil, sortFault(args)
}

func byCollectionTitle(c *catalogue.Collection) order.Key { return order.Key{ID: c.ID, Value: c.Title} }

func byCollectionUpdate(c *catalogue.Collection) order.Key {
	return order.Key{ID: c.ID, Value: c.UpdatedAt.String()}
}

func locationFilters() map[string]searchField[*catalogue.Location] {
	return map[string]searchField[*catalogue.Location]{
		"id":         byID((*catalogue.Location).IDNumber),
		"created_at": byTime(func(l *catalogue.Location) catalogue.Moment { return l.CreatedAt }),
		"active":     byWord(func(l *catalogue.Location) string { return fmt.Sprint(l.Active) }),
		"legacy":     byWord(func(l *catalogue.Location) string { return fmt.Sprint(l.Service != nil) }),
		"name":       byWord(func(l *catalogue.Location) string { return l.Name }),
	}
}

// listedLocations are the locations that the list of locations has.
func listedLocations(s *catalogue.Shop) []*catalogue.Location {
	return slices.DeleteFunc(slices.Clone(s.Locations), func(l *catalogue.Location) bool { return l.Unlisted })
}

// locationPage hides deactivated and fulfilment-service locations unless asked for them.
func locationPage(x query, args graph.Arguments) (any, error) {
	rows := slices.DeleteFunc(listedLocations(x.api.Shop), func(l *catalogue.Location) bool {
		return !l.Active && !args.Flag("includeInactive") || l.Service != nil && !args.Flag("includeLegacy")
	})
	rows = searchRows(x, rows, args, locationFilters())
	if args.Text("sortKey") == "NAME" {
		return graph.Paginate(order.SortedBy(rows, catalogue.ByLocationName), catalogue.ByLocationName, args)
	}
	return graph.Paginate(rows, catalogue.ByLocationID, args)
}

func bulkPage(x query, args graph.Arguments) (any, error) {
	now := x.api.Clock()
	rows := searchRows(x, x.api.Bulk.Operations(), args, map[string]searchField[*bulk.Operation]{
		"id":             byID((*bulk.Operation).IDNumber),
		"status":         byWord(func(o *bulk.Operation) string { return o.StatusAt(now) }),
		"operation_type": byWord(func(*bulk.Operation) string { return "QUERY" }),
		"created_at":     byTime(func(o *bulk.Operation) catalogue.Moment { return catalogue.MomentOf(o.CreatedAt) }),
	})
	if args.Text("sortKey") == "COMPLETED_AT" {
		byEnd := func(o *bulk.Operation) order.Key {
			return order.Key{ID: o.ID, Value: catalogue.MomentOf(o.Ends).String()}
		}
		return graph.Paginate(order.SortedBy(rows, byEnd), byEnd, args)
	}
	return graph.Paginate(rows, func(o *bulk.Operation) order.Key { return order.Key{ID: o.ID} }, args) // ids grow with time
}
