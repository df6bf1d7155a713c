package admin

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// queryRoot answers the fields of a query.
type queryRoot struct{}

func (queryRoot) TypeName() string { return "QueryRoot" }

func (queryRoot) field(x query, name string, args graph.Arguments) (any, error) {
	s := x.api
	switch name {
	case "shop":
		return s.Shop, nil
	case "currentAppInstallation":
		return appInstallation{}, nil
	case "publicApiVersions":
		return publicVersions(), nil
	case "inventoryProperties":
		return inventoryProperties{}, nil
	case "product", "productVariant", "collection", "location", "inventoryItem", "inventoryLevel", "bulkOperation":
		return s.nodeOfArgument(name, args)
	case "node":
		return s.nodeWithID(args.Text("id"))
	case "nodes":
		return s.nodesWithIDs(args.Texts("ids"))
	case "products":
		return productPage(x, args)
	case "productVariants":
		return variantPage(x, args)
	case "collections":
		return collectionPage(x, s.Collections, args)
	case "locations":
		return locationPage(x, args)
	case "inventoryItems":
		return itemPage(x, args)
	case "bulkOperations":
		return bulkPage(x, args)
	case "productsCount":
		return countUpTo(len(searchRows(x, s.Products, args, productFilters())), args), nil
	case "productVariantsCount":
		return countUpTo(len(searchRows(x, s.Variants, args, map[string]searchField[*catalogue.Variant]{})), args), nil
	case "collectionsCount":
		return countUpTo(len(searchRows(x, s.Collections, args, collectionFilters())), args), nil
	case "locationsCount":
		// Whether Shopify counts deactivated and fulfilment-service locations here is not known; all count.
		return countUpTo(len(searchRows(x, listedLocations(s.Shop), args, locationFilters())), args), nil
	}
	return nil, graph.NotAnswered("QueryRoot", name)
}

// nodeOfArgument finds the object of an id argument, which must be of the field's kind.
func (s *API) nodeOfArgument(field string, args graph.Arguments) (any, error) {
	id, given := args["id"].(string)
	if !given {
		return nil, graph.InvalidID("")
	}
	kinds := map[string]string{
		"product": "Product", "productVariant": "ProductVariant", "collection": "Collection", "location": "Location",
		"inventoryItem": "InventoryItem", "inventoryLevel": "InventoryLevel", "bulkOperation": "BulkOperation",
	}
	if _, err := graph.WantID(id, kinds[field]); err != nil {
		return nil, err
	}
	return s.nodeWithID(id)
}

func (s *API) nodesWithIDs(ids []string) (any, error) {
	found := make([]graph.Object, len(ids))
	for i, id := range ids {
		node, err := s.nodeWithID(id)
		if err != nil {
			return nil, err
		}
		if obj, ok := node.(graph.Object); ok {
			found[i] = obj
		}
	}
	return found, nil
}

// nodeWithID finds any object by its global id. An id of no object gives null.
func (s *API) nodeWithID(id string) (any, error) {
	parsed, ok := gid.ParseID(id)
	if !ok {
		return nil, graph.InvalidID(id)
	}
	switch parsed.Kind {
	case "Shop":
		if parsed.Number == s.IDNumber() {
			return s.Shop, nil
		}
		return nil, nil
	case "Product":
		return rowOrNull(order.WithID(s.Products, parsed.Number))
	case "ProductVariant":
		return rowOrNull(order.WithID(s.Variants, parsed.Number))
	case "Collection":
		return rowOrNull(order.WithID(s.Collections, parsed.Number))
	case "Location":
		l, ok := order.WithID(s.Locations, parsed.Number)
		return rowOrNull(l, ok && !l.Lost)
	case "InventoryItem":
		return rowOrNull(order.WithID(s.Items, parsed.Number))
	case "InventoryLevel":
		return graph.OrNull(s.LevelWithID(id)), nil
	case "BulkOperation":
		return rowOrNull(s.Bulk.Operation(parsed.Number))
	case catalogue.ImageMedia, catalogue.VideoMedia, catalogue.ExternalVideoMedia, catalogue.ModelMedia:
		return graph.OrNull(s.MediaWithID(id)), nil
	}
	return nil, graph.InvalidID(id)
}

func rowOrNull[T graph.Object](row T, ok bool) (any, error) {
	if !ok {
		return nil, nil
	}
	return row, nil
}
