package admin

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

func productField(x query, p *catalogue.Product, name string, args graph.Arguments) (any, error) {
	switch name {
	case "id":
		return p.GlobalID(), nil
	case "legacyResourceId":
		return strconv.FormatInt(p.ID, 10), nil
	case "defaultCursor":
		return graph.CursorOf(catalogue.ByProductID(p)), nil
	case "handle":
		return p.Handle, nil
	case "title":
		return p.Title, nil
	case "descriptionHtml":
		return p.HTML, nil
	case "description":
		return plainText(p.HTML, args), nil
	case "vendor":
		return p.Vendor, nil
	case "productType":
		return p.ProductType, nil
	case "status":
		return p.Status, nil
	case "tags":
		return p.Tags, nil
	case "isGiftCard":
		return p.GiftCard, nil
	case "templateSuffix":
		return p.TemplateSuffix, nil
	case "category":
		return graph.OrNull(p.Category), nil
	case "seo":
		return seo{p.SEOTitle, p.SEODescription}, nil
	case "createdAt":
		return p.CreatedAt, nil
	case "updatedAt":
		return p.UpdatedAt, nil
	case "publishedAt":
		return valueOrNull(p.PublishedAt), nil
	case "onlineStoreUrl":
		return storeURL(x.api.Shop, p), nil
	case "onlineStorePreviewUrl":
		return "https://" + x.api.Domain + "/products/" + p.Handle, nil
	}
	return productRelation(x, p, name, args)
}

// productRelation answers the fields about variants, options, media and collections.
func productRelation(x query, p *catalogue.Product, name string, args graph.Arguments) (any, error) {
	switch name {
	case "hasOnlyDefaultVariant":
		return p.HasOnlyDefaultVariant(), nil
	case "hasOutOfStockVariants":
		return slices.ContainsFunc(p.Variants, func(v *catalogue.Variant) bool { return !v.AvailableForSale() }), nil
	case "hasVariantsThatRequiresComponents", "requiresSellingPlan":
		return false, nil // the sandbox sells no bundles and no subscriptions
	case "combinedListingRole":
		return nil, nil
	case "tracksInventory":
		return p.TracksInventory(), nil
	case "totalInventory":
		return p.TotalInventory(), nil
	case "options":
		return firstOf(graph.ObjectsOf(p.Options), args), nil
	case "variants":
		return productVariants(p, args)
	case "variantsCount":
		return exactCount(len(p.Variants)), nil
	case "featuredMedia":
		if len(p.Media) == 0 {
			return nil, nil
		}
		return p.Media[0], nil
	case "media":
		return productMedia(x, p, args)
	case "mediaCount":
		return exactCount(len(p.Media)), nil
	case "collections":
		return productCollections(x, p, args)
	case "inCollection":
		return inCollection(x.api.Shop, p, args.Text("id"))
	case "variantsInCollection":
		return variantsInCollection(x.api.Shop, p, args)
	case "variantsInCollectionCount":
		variants, err := collectedVariants(x.api.Shop, p, args)
		return exactCount(len(variants)), err
	}
	return nil, graph.NotAnswered("Product", name)
}

func storeURL(s *catalogue.Shop, p *catalogue.Product) any {
	if p.PublishedAt == nil || p.Status == "DRAFT" || p.Status == "ARCHIVED" {
		return nil
	}
	return "https://" + s.Domain + "/products/" + p.Handle
}

func productVariants(p *catalogue.Product, args graph.Arguments) (any, error) {
	switch args.Text("sortKey") {
	case "ID":
		return graph.Paginate(order.SortedBy(p.Variants, catalogue.ByVariantID), catalogue.ByVariantID, args)
	case "POSITION":
		return graph.Paginate(p.Variants, catalogue.ByPosition, args)
	}
	return nil, sortFault(args)
}

// productMedia lists media in the merchant's order, which has no field of its own.
func productMedia(x query, p *catalogue.Product, args graph.Arguments) (any, error) {
	if args.Text("sortKey") == "ID" {
		return graph.Paginate(order.SortedBy(p.Media, byMediaID), byMediaID, args)
	}
	return graph.Paginate(searchRows(x, p.Media, args, map[string]searchField[*catalogue.Media]{
		"id":         byID((*catalogue.Media).IDNumber),
		"media_type": byWord((*catalogue.Media).ContentType),
	}), placeIn(p.Media), args)
}

func productCollections(x query, p *catalogue.Product, args graph.Arguments) (any, error) {
	var collections []*catalogue.Collection
	for _, c := range x.api.Collections {
		if c.HasProduct(p) {
			collections = append(collections, c)
		}
	}
	return collectionPage(x, collections, args)
}

func inCollection(s *catalogue.Shop, p *catalogue.Product, id string) (any, error) {
	number, err := graph.WantID(id, "Collection")
	if err != nil {
		return nil, err
	}
	c, found := order.WithID(s.Collections, number)
	return found && c.HasProduct(p), nil
}

// collectedVariants lists the variants of the product that are in a collection. All collections of the
// sandbox target products, so it is all or none.
func collectedVariants(s *catalogue.Shop, p *catalogue.Product, args graph.Arguments) ([]*catalogue.Variant, error) {
	inside, err := inCollection(s, p, args.Text("collectionId"))
	if err != nil || inside == false {
		return nil, err
	}
	return p.Variants, nil
}

func variantsInCollection(s *catalogue.Shop, p *catalogue.Product, args graph.Arguments) (any, error) {
	variants, err := collectedVariants(s, p, args)
	if err != nil {
		return nil, err
	}
	return graph.Paginate(variants, catalogue.ByPosition, args)
}

func byMediaID(m *catalogue.Media) order.Key { return order.Key{ID: m.ID} }

// placeIn keys media by their place in a list.
func placeIn(list []*catalogue.Media) func(*catalogue.Media) order.Key {
	places := map[*catalogue.Media]int{}
	for i, m := range list {
		places[m] = i
	}
	return func(m *catalogue.Media) order.Key { return order.Key{ID: m.ID, Value: paddedPlace(places[m])} }
}

// plainText strips the tags of merchant HTML, roughly as Shopify's description field does.
func plainText(html string, args graph.Arguments) string {
	text := strings.TrimSpace(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(html, ""))
	limit, given := args.Number("truncateAt")
	if runes := []rune(text); given && len(runes) > limit {
		return string(runes[:max(0, limit-3)]) + "..."
	}
	return text
}

func optionField(o *catalogue.Option, name string) (any, error) {
	switch name {
	case "id":
		return gid.FormatID("ProductOption", o.ID), nil
	case "name":
		return o.Name, nil
	case "position":
		return o.PlaceInProduct(), nil
	case "linkedMetafield":
		return nil, nil
	case "optionValues":
		return graph.ObjectsOf(o.Values), nil
	case "values":
		return usedValues(o), nil
	}
	return nil, graph.NotAnswered("ProductOption", name)
}

// usedValues are the names of the values that some variant has; optionValues lists the others too.
func usedValues(o *catalogue.Option) []string {
	used := []string{}
	for _, v := range o.Values {
		if v.IsUsed() {
			used = append(used, v.Name)
		}
	}
	return used
}

func optionValueField(v *catalogue.OptionValue, name string) (any, error) {
	switch name {
	case "id":
		return gid.FormatID("ProductOptionValue", v.ID), nil
	case "name":
		return v.Name, nil
	case "hasVariants":
		return v.IsUsed(), nil
	case "linkedMetafieldValue":
		return nil, nil
	case "swatch":
		if v.Color == nil {
			return nil, nil
		}
		return swatch{*v.Color}, nil
	}
	return nil, graph.NotAnswered("ProductOptionValue", name)
}

type swatch struct{ color string }

func (s swatch) TypeName() string { return "ProductOptionValueSwatch" }

func (s swatch) FieldValue(name string) (any, error) {
	switch name {
	case "color":
		return s.color, nil
	case "image":
		return nil, nil
	}
	return nil, graph.NotAnswered("ProductOptionValueSwatch", name)
}
