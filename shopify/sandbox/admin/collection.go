package admin

import (
	"slices"
	"strconv"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

func collectionField(x query, c *catalogue.Collection, name string, args graph.Arguments) (any, error) {
	switch name {
	case "id":
		return c.GlobalID(), nil
	case "legacyResourceId":
		return strconv.FormatInt(c.ID, 10), nil
	case "handle":
		return c.Handle, nil
	case "title":
		return c.Title, nil
	case "descriptionHtml":
		return c.HTML, nil
	case "description":
		return plainText(c.HTML, args), nil
	case "sortOrder":
		return c.SortOrder, nil
	case "templateSuffix":
		return c.TemplateSuffix, nil
	case "updatedAt":
		return c.UpdatedAt, nil
	case "seo":
		return seo{c.SEOTitle, c.SEODescription}, nil
	case "image":
		return graph.OrNull(c.Image), nil
	case "sources":
		return collectionSources(c), nil
	case "products":
		return collectionProducts(x.api.Shop, c, args)
	case "productsCount":
		return exactCount(len(c.MembersAmong(x.api.Products))), nil
	case "hasProduct":
		number, err := graph.WantID(args.Text("id"), "Product")
		if err != nil {
			return nil, err
		}
		p, found := order.WithID(x.api.Products, number)
		return found && c.HasProduct(p), nil
	}
	return nil, graph.NotAnswered("Collection", name)
}

func collectionProducts(s *catalogue.Shop, c *catalogue.Collection, args graph.Arguments) (any, error) {
	members := c.MembersAmong(s.Products)
	key := c.OrderKey(args.Text("sortKey"), members)
	if args.Text("sortKey") == "COLLECTION_DEFAULT" && c.IsDescending() {
		args = withReverse(args, !args.Flag("reverse"))
	}
	return graph.Paginate(order.SortedBy(members, key), key, args)
}

func withReverse(args graph.Arguments, reverse bool) graph.Arguments {
	changed := graph.Arguments{"reverse": reverse}
	for name, value := range args {
		if name != "reverse" {
			changed[name] = value
		}
	}
	return changed
}

// collectionSources says where the members come from.
func collectionSources(c *catalogue.Collection) []graph.Object {
	sources := []graph.Object{conditionsSource{c}}
	if len(c.SubCollections) > 0 {
		sources = append(sources, subCollectionsSource{c})
	}
	return sources
}

type conditionsSource struct{ collection *catalogue.Collection }

func (s conditionsSource) TypeName() string { return "CollectionConditionsSource" }

func (s conditionsSource) field(x query, name string, args graph.Arguments) (any, error) {
	switch name {
	case "id":
		return gid.FormatID("CollectionConditionsSource", s.collection.SourceID), nil
	case "title":
		return s.collection.Title, nil
	case "description", "app":
		return nil, nil
	case "targetType":
		return "PRODUCTS", nil
	case "shareable":
		return false, nil
	case "inclusion":
		return inclusion(s), nil
	case "exclusion":
		if len(s.collection.ExcludedTags) == 0 {
			return nil, nil
		}
		return exclusion(s), nil
	case "products":
		return graph.Paginate(order.SortedBy(s.collection.MembersAmong(x.api.Products), catalogue.ByProductID), catalogue.ByProductID, args)
	}
	return nil, graph.NotAnswered("CollectionConditionsSource", name)
}

type subCollectionsSource struct{ collection *catalogue.Collection }

func (s subCollectionsSource) TypeName() string { return "CollectionSubCollectionsSource" }

func (s subCollectionsSource) FieldValue(name string) (any, error) {
	switch name {
	case "id":
		return gid.FormatID("CollectionSubCollectionsSource", s.collection.SourceID), nil
	case "title":
		return s.collection.Title, nil
	case "description", "app":
		return nil, nil
	case "collections":
		return graph.ObjectsOf(s.collection.SubCollections), nil
	}
	return nil, graph.NotAnswered("CollectionSubCollectionsSource", name)
}

type inclusion struct{ collection *catalogue.Collection }

func (i inclusion) TypeName() string { return "CollectionSourceInclusion" }

func (i inclusion) FieldValue(name string) (any, error) {
	switch name {
	case "matchType":
		return matchType(i.collection.AnyCondition), nil
	case "conditions":
		return graph.ObjectsOf(i.collection.Conditions), nil
	}
	return nil, graph.NotAnswered("CollectionSourceInclusion", name)
}

func matchType(anyOf bool) string {
	if anyOf {
		return "ANY"
	}
	return "ALL"
}

func conditionField(x query, c catalogue.Condition, name string) (any, error) {
	switch name {
	case "id":
		return gid.FormatID(c.TypeName(), c.ID), nil
	case "matchType":
		return "ANY", nil
	case "relation":
		return c.Relation, nil
	case "values":
		return slices.Clone(c.Values), nil
	case "value":
		return money{c.Values[0], x.api.Identity.Currency}, nil
	}
	return nil, graph.NotAnswered(c.TypeName(), name)
}

type exclusion struct{ collection *catalogue.Collection }

func (e exclusion) TypeName() string { return "CollectionSourceExclusion" }

func (e exclusion) FieldValue(name string) (any, error) {
	switch name {
	case "matchType":
		return "ANY", nil
	case "conditions":
		return []graph.Object{excludedTags(e)}, nil
	}
	return nil, graph.NotAnswered("CollectionSourceExclusion", name)
}

type excludedTags struct{ collection *catalogue.Collection }

func (e excludedTags) TypeName() string { return "CollectionSourceExclusionConditionProductTag" }

func (e excludedTags) FieldValue(name string) (any, error) {
	switch name {
	case "id":
		return gid.FormatID(e.TypeName(), e.collection.SourceID+1), nil
	case "matchType":
		return "ANY", nil
	case "relation":
		return "TAGGED_WITH", nil
	case "values":
		return slices.Clone(e.collection.ExcludedTags), nil
	}
	return nil, graph.NotAnswered(e.TypeName(), name)
}
