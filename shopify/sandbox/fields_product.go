package sandbox

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func (p *product) kind() string { return "Product" }

func (p *product) field(x *execution, name string, args arguments) (any, error) {
	switch name {
	case "id":
		return p.gid(), nil
	case "legacyResourceId":
		return strconv.FormatInt(p.id, 10), nil
	case "defaultCursor":
		return byProductID(p).cursor(), nil
	case "handle":
		return p.handle, nil
	case "title":
		return p.title, nil
	case "descriptionHtml":
		return p.html, nil
	case "description":
		return plainText(p.html, args), nil
	case "vendor":
		return p.vendor, nil
	case "productType":
		return p.productType, nil
	case "status":
		return p.status, nil
	case "tags":
		return p.tags, nil
	case "isGiftCard":
		return p.giftCard, nil
	case "templateSuffix":
		return p.templateSuffix, nil
	case "category":
		return optional(p.category), nil
	case "seo":
		return seo{p.seoTitle, p.seoDescription}, nil
	case "createdAt":
		return p.createdAt, nil
	case "updatedAt":
		return p.updatedAt, nil
	case "publishedAt":
		return scalar(p.publishedAt), nil
	case "onlineStoreUrl":
		return p.storeURL(x.shop), nil
	case "onlineStorePreviewUrl":
		return "https://" + x.shop.domain + "/products/" + p.handle, nil
	}
	return p.relation(x, name, args)
}

// relation answers the fields that speak of variants, options, media and collections.
func (p *product) relation(x *execution, name string, args arguments) (any, error) {
	switch name {
	case "hasOnlyDefaultVariant":
		return p.hasOnlyDefaultVariant(), nil
	case "hasOutOfStockVariants":
		return slices.ContainsFunc(p.variants, func(v *variant) bool { return !v.availableForSale() }), nil
	case "hasVariantsThatRequiresComponents", "requiresSellingPlan":
		return false, nil // the sandbox sells no bundles and no subscriptions
	case "combinedListingRole":
		return nil, nil
	case "tracksInventory":
		return p.tracksInventory(), nil
	case "totalInventory":
		return p.totalInventory(), nil
	case "options":
		return firstOf(objects(p.options), args), nil
	case "variants":
		return p.variantPage(args)
	case "variantsCount":
		return exactly(len(p.variants)), nil
	case "featuredMedia":
		if len(p.media) == 0 {
			return nil, nil
		}
		return p.media[0], nil
	case "media":
		return p.mediaPage(x, args)
	case "mediaCount":
		return exactly(len(p.media)), nil
	case "collections":
		return p.collectionPage(x, args)
	case "inCollection":
		return p.inCollection(x.shop, args.text("id"))
	case "variantsInCollection":
		return p.variantsInCollection(x.shop, args)
	case "variantsInCollectionCount":
		variants, err := p.collectedVariants(x.shop, args)
		return exactly(len(variants)), err
	}
	return nil, unanswerable("Product", name)
}

func (p *product) storeURL(s *Shop) any {
	if p.publishedAt == nil || p.status == "DRAFT" || p.status == "ARCHIVED" {
		return nil
	}
	return "https://" + s.domain + "/products/" + p.handle
}

func (p *product) variantPage(args arguments) (any, error) {
	switch args.text("sortKey") {
	case "ID":
		return paginate(sorted(p.variants, byVariantID), byVariantID, args)
	case "POSITION":
		return paginate(p.variants, byPosition, args)
	}
	return nil, unsortable(args)
}

// mediaPage lists media in the merchant's order, which has no field of its own.
func (p *product) mediaPage(x *execution, args arguments) (any, error) {
	if args.text("sortKey") == "ID" {
		return paginate(sorted(p.media, byMediaID), byMediaID, args)
	}
	return paginate(search(x, p.media, args, map[string]searchField[*media]{
		"id":         byID((*media).number),
		"media_type": byWord((*media).contentType),
	}), placeIn(p.media), args)
}

func (p *product) collectionPage(x *execution, args arguments) (any, error) {
	var collections []*collection
	for _, c := range x.shop.collections {
		if c.contains(x.shop, p) {
			collections = append(collections, c)
		}
	}
	return collectionPage(x, collections, args)
}

func (p *product) inCollection(s *Shop, id string) (any, error) {
	number, err := wantGID(id, "Collection")
	if err != nil {
		return nil, err
	}
	c, found := withID(s.collections, number)
	return found && c.contains(s, p), nil
}

// collectedVariants lists the variants of the product that are in a collection. All collections of the
// sandbox target products, so it is all or none.
func (p *product) collectedVariants(s *Shop, args arguments) ([]*variant, error) {
	inside, err := p.inCollection(s, args.text("collectionId"))
	if err != nil || inside == false {
		return nil, err
	}
	return p.variants, nil
}

func (p *product) variantsInCollection(s *Shop, args arguments) (any, error) {
	variants, err := p.collectedVariants(s, args)
	if err != nil {
		return nil, err
	}
	return paginate(variants, byPosition, args)
}

func byMediaID(m *media) sortKey { return sortKey{ID: m.id} }

// placeIn keys media by their place in a list.
func placeIn(list []*media) func(*media) sortKey {
	places := map[*media]int{}
	for i, m := range list {
		places[m] = i
	}
	return func(m *media) sortKey { return sortKey{m.id, paddedPlace(places[m])} }
}

// plainText strips the tags of merchant HTML, roughly as Shopify's description field does.
func plainText(html string, args arguments) string {
	text := strings.TrimSpace(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(html, ""))
	limit, given := args.number("truncateAt")
	if runes := []rune(text); given && len(runes) > limit {
		return string(runes[:max(0, limit-3)]) + "..."
	}
	return text
}

func (o *option) kind() string { return "ProductOption" }

func (o *option) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return formatGID("ProductOption", o.id), nil
	case "name":
		return o.name, nil
	case "position":
		return o.position(), nil
	case "linkedMetafield":
		return nil, nil
	case "optionValues":
		return objects(o.values), nil
	case "values":
		return o.usedValues(), nil
	}
	return nil, unanswerable("ProductOption", name)
}

// usedValues are the names of the values that some variant has; optionValues lists the others too.
func (o *option) usedValues() []string {
	used := []string{}
	for _, v := range o.values {
		if v.used() {
			used = append(used, v.name)
		}
	}
	return used
}

func (v *optionValue) kind() string { return "ProductOptionValue" }

func (v *optionValue) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return formatGID("ProductOptionValue", v.id), nil
	case "name":
		return v.name, nil
	case "hasVariants":
		return v.used(), nil
	case "linkedMetafieldValue":
		return nil, nil
	case "swatch":
		if v.color == nil {
			return nil, nil
		}
		return swatch{*v.color}, nil
	}
	return nil, unanswerable("ProductOptionValue", name)
}

type swatch struct{ color string }

func (s swatch) kind() string { return "ProductOptionValueSwatch" }

func (s swatch) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "color":
		return s.color, nil
	case "image":
		return nil, nil
	}
	return nil, unanswerable("ProductOptionValueSwatch", name)
}
