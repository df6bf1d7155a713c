package sandbox

import (
	"slices"
	"strconv"
)

func (c *collection) kind() string { return "Collection" }

func (c *collection) field(x *execution, name string, args arguments) (any, error) {
	switch name {
	case "id":
		return c.gid(), nil
	case "legacyResourceId":
		return strconv.FormatInt(c.id, 10), nil
	case "handle":
		return c.handle, nil
	case "title":
		return c.title, nil
	case "descriptionHtml":
		return c.html, nil
	case "description":
		return plainText(c.html, args), nil
	case "sortOrder":
		return c.sortOrder, nil
	case "templateSuffix":
		return c.templateSuffix, nil
	case "updatedAt":
		return c.updatedAt, nil
	case "seo":
		return seo{c.seoTitle, c.seoDescription}, nil
	case "image":
		return optional(c.image), nil
	case "sources":
		return c.sources(), nil
	case "products":
		return c.productPage(x.shop, args)
	case "productsCount":
		return exactly(len(c.members(x.shop))), nil
	case "hasProduct":
		number, err := wantGID(args.text("id"), "Product")
		if err != nil {
			return nil, err
		}
		p, found := withID(x.shop.products, number)
		return found && c.contains(x.shop, p), nil
	}
	return nil, unanswerable("Collection", name)
}

func (c *collection) productPage(s *Shop, args arguments) (any, error) {
	members := c.members(s)
	key := c.order(args.text("sortKey"), members)
	if args.text("sortKey") == "COLLECTION_DEFAULT" && c.descending() {
		args = withReverse(args, !args.flag("reverse"))
	}
	return paginate(sorted(members, key), key, args)
}

func withReverse(args arguments, reverse bool) arguments {
	changed := arguments{"reverse": reverse}
	for name, value := range args {
		if name != "reverse" {
			changed[name] = value
		}
	}
	return changed
}

// sources tells where the members come from.
func (c *collection) sources() []object {
	sources := []object{conditionsSource{c}}
	if len(c.subCollections) > 0 {
		sources = append(sources, subCollectionsSource{c})
	}
	return sources
}

type conditionsSource struct{ collection *collection }

func (s conditionsSource) kind() string { return "CollectionConditionsSource" }

func (s conditionsSource) field(x *execution, name string, args arguments) (any, error) {
	switch name {
	case "id":
		return formatGID("CollectionConditionsSource", s.collection.sourceID), nil
	case "title":
		return s.collection.title, nil
	case "description", "app":
		return nil, nil
	case "targetType":
		return "PRODUCTS", nil
	case "shareable":
		return false, nil
	case "inclusion":
		return inclusion(s), nil
	case "exclusion":
		if len(s.collection.excludedTags) == 0 {
			return nil, nil
		}
		return exclusion(s), nil
	case "products":
		return paginate(sorted(s.collection.members(x.shop), byProductID), byProductID, args)
	}
	return nil, unanswerable("CollectionConditionsSource", name)
}

type subCollectionsSource struct{ collection *collection }

func (s subCollectionsSource) kind() string { return "CollectionSubCollectionsSource" }

func (s subCollectionsSource) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return formatGID("CollectionSubCollectionsSource", s.collection.sourceID), nil
	case "title":
		return s.collection.title, nil
	case "description", "app":
		return nil, nil
	case "collections":
		return objects(s.collection.subCollections), nil
	}
	return nil, unanswerable("CollectionSubCollectionsSource", name)
}

type inclusion struct{ collection *collection }

func (i inclusion) kind() string { return "CollectionSourceInclusion" }

func (i inclusion) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "matchType":
		return matchType(i.collection.anyCondition), nil
	case "conditions":
		return objects(i.collection.conditions), nil
	}
	return nil, unanswerable("CollectionSourceInclusion", name)
}

func matchType(anyOf bool) string {
	if anyOf {
		return "ANY"
	}
	return "ALL"
}

func (c condition) kind() string { return "CollectionSourceInclusionCondition" + c.typeName }

func (c condition) field(x *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return formatGID(c.kind(), c.id), nil
	case "matchType":
		return "ANY", nil
	case "relation":
		return c.relation, nil
	case "values":
		return slices.Clone(c.values), nil
	case "value":
		return money{c.values[0], x.shop.identity.Currency}, nil
	}
	return nil, unanswerable(c.kind(), name)
}

type exclusion struct{ collection *collection }

func (e exclusion) kind() string { return "CollectionSourceExclusion" }

func (e exclusion) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "matchType":
		return "ANY", nil
	case "conditions":
		return []object{excludedTags(e)}, nil
	}
	return nil, unanswerable("CollectionSourceExclusion", name)
}

type excludedTags struct{ collection *collection }

func (e excludedTags) kind() string { return "CollectionSourceExclusionConditionProductTag" }

func (e excludedTags) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "id":
		return formatGID(e.kind(), e.collection.sourceID+1), nil
	case "matchType":
		return "ANY", nil
	case "relation":
		return "TAGGED_WITH", nil
	case "values":
		return slices.Clone(e.collection.excludedTags), nil
	}
	return nil, unanswerable(e.kind(), name)
}
