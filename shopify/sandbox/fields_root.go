package sandbox

// queryRoot answers the fields of a query.
type queryRoot struct{}

func (queryRoot) kind() string { return "QueryRoot" }

func (queryRoot) field(x *execution, name string, args arguments) (any, error) {
	s := x.shop
	switch name {
	case "shop":
		return s, nil
	case "currentAppInstallation":
		return appInstallation{x.app}, nil
	case "publicApiVersions":
		return publicVersions(), nil
	case "inventoryProperties":
		return inventoryProperties{}, nil
	case "product", "productVariant", "collection", "location", "inventoryItem", "inventoryLevel", "bulkOperation":
		return s.byArgument(name, args)
	case "node":
		return s.node(args.text("id"))
	case "nodes":
		return s.nodes(args.texts("ids"))
	case "products":
		return productPage(x, args)
	case "productVariants":
		return variantPage(x, args)
	case "collections":
		return collectionPage(x, s.collections, args)
	case "locations":
		return locationPage(x, args)
	case "inventoryItems":
		return itemPage(x, args)
	case "bulkOperations":
		return bulkPage(x, args)
	case "productsCount":
		return countUpTo(len(search(x, s.products, args, productFilters())), args), nil
	case "productVariantsCount":
		return countUpTo(len(search(x, s.variants, args, map[string]searchField[*variant]{})), args), nil
	case "collectionsCount":
		return countUpTo(len(search(x, s.collections, args, collectionFilters())), args), nil
	case "locationsCount":
		// Whether Shopify counts deactivated and fulfilment-service locations here is not known; all count.
		return countUpTo(len(search(x, s.listed(), args, locationFilters())), args), nil
	}
	return nil, unanswerable("QueryRoot", name)
}

// byArgument finds the object of an id argument, which must be of the field's kind.
func (s *Shop) byArgument(field string, args arguments) (any, error) {
	id, given := args["id"].(string)
	if !given {
		return nil, invalidID("")
	}
	kinds := map[string]string{
		"product": "Product", "productVariant": "ProductVariant", "collection": "Collection", "location": "Location",
		"inventoryItem": "InventoryItem", "inventoryLevel": "InventoryLevel", "bulkOperation": "BulkOperation",
	}
	if _, err := wantGID(id, kinds[field]); err != nil {
		return nil, err
	}
	return s.node(id)
}

func (s *Shop) nodes(ids []string) (any, error) {
	found := make([]object, len(ids))
	for i, id := range ids {
		node, err := s.node(id)
		if err != nil {
			return nil, err
		}
		if obj, ok := node.(object); ok {
			found[i] = obj
		}
	}
	return found, nil
}

// node finds any object by its global id; an unknown one is a null.
func (s *Shop) node(id string) (any, error) {
	parsed, ok := parseGID(id)
	if !ok {
		return nil, invalidID(id)
	}
	switch parsed.kind {
	case "Shop":
		if parsed.number == s.id {
			return s, nil
		}
		return nil, nil
	case "Product":
		return found(withID(s.products, parsed.number))
	case "ProductVariant":
		return found(withID(s.variants, parsed.number))
	case "Collection":
		return found(withID(s.collections, parsed.number))
	case "Location":
		l, ok := withID(s.locations, parsed.number)
		return found(l, ok && !l.lost)
	case "InventoryItem":
		return found(withID(s.items, parsed.number))
	case "InventoryLevel":
		return s.levelNode(id)
	case "BulkOperation":
		return found(withID(s.bulk.operations, parsed.number))
	case imageMedia, videoMedia, externalVideoMedia, modelMedia:
		return s.mediaNode(id)
	}
	return nil, invalidID(id)
}

func found[T object](row T, ok bool) (any, error) {
	if !ok {
		return nil, nil
	}
	return row, nil
}

func (s *Shop) levelNode(id string) (any, error) {
	for _, where := range s.locations {
		for _, l := range where.levels {
			if l.gid() == id {
				return l, nil
			}
		}
	}
	return nil, nil
}

func (s *Shop) mediaNode(id string) (any, error) {
	for _, p := range s.products {
		for _, m := range p.media {
			if m.gid() == id {
				return m, nil
			}
		}
	}
	return nil, nil
}
