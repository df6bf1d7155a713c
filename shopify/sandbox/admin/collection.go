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
		return c.GID(), nil
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
		return graph.Optional(c.Image), nil
	case "sources":
		return collectionSources(c), nil
	case "products":
		return collectionProducts(x.api.Shop, c, args)
	case "productsCount":
		return exactly(len(c.Members(x.api.Shop))), nil
	case "hasProduct":
		number, err := graph.WantID(args.Text("id"), "Product")
		if err != nil {
			return nil, err
		}
		p, found := order.WithID(x.api.Products, number)
		return found && c.Contains(x.api.Shop, p), nil
	}
	return nil, graph.Unanswerable("Collection", name)
}

func collectionProducts(s *catalogue.Shop, c *catalogue.Collection, args graph.Arguments) (any, error) {
	members := c.Members(s)
	key := c.Order(args.Text("sortKey"), members)
	if args.Text("sortKey") == "COLLECTION_DEFAULT" && c.Descending() {
		args = withReverse(args, !args.Flag("reverse"))
	}
	return graph.Paginate(order.Sorted(members, key), key, args)
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

func (s conditionsSource) Kind() string { return "CollectionConditionsSource" }

func (s conditionsSource) field(x query, name string, args graph.Arguments) (any, error) {
	switch name {
	case "id":
		return gid.Format("CollectionConditionsSource", s.collection.SourceID), nil
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
		return graph.Paginate(order.Sorted(s.collection.Members(x.api.Shop), catalogue.ByProductID), catalogue.ByProductID, args)
	}
	return nil, graph.Unanswerable("CollectionConditionsSource", name)
}

type subCollectionsSource struct{ collection *catalogue.Collection }

func (s subCollectionsSource) Kind() string { return "CollectionSubCollectionsSource" }

func (s subCollectionsSource) Field(name string) (any, error) {
	switch name {
	case "id":
		return gid.Format("CollectionSubCollectionsSource", s.collection.SourceID), nil
	case "title":
		return s.collection.Title, nil
	case "description", "app":
		return nil, nil
	case "collections":
		return graph.Objects(s.collection.SubCollections), nil
	}
	return nil, graph.Unanswerable("CollectionSubCollectionsSource", name)
}

type inclusion struct{ collection *catalogue.Collection }

func (i inclusion) Kind() string { return "CollectionSourceInclusion" }

func (i inclusion) Field(name string) (any, error) {
	switch name {
	case "matchType":
		return matchType(i.collection.AnyCondition), nil
	case "conditions":
		return graph.Objects(i.collection.Conditions), nil
	}
	return nil, graph.Unanswerable("CollectionSourceInclusion", name)
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
		return gid.Format(c.Kind(), c.ID), nil
	case "matchType":
		return "ANY", nil
	case "relation":
		return c.Relation, nil
	case "values":
		return slices.Clone(c.Values), nil
	case "value":
		return money{c.Values[0], x.api.Identity.Currency}, nil
	}
	return nil, graph.Unanswerable(c.Kind(), name)
}

type exclusion struct{ collection *catalogue.Collection }

func (e exclusion) Kind() string { return "CollectionSourceExclusion" }

func (e exclusion) Field(name string) (any, error) {
	switch name {
	case "matchType":
		return "ANY", nil
	case "conditions":
		return []graph.Object{excludedTags(e)}, nil
	}
	return nil, graph.Unanswerable("CollectionSourceExclusion", name)
}

type excludedTags struct{ collection *catalogue.Collection }

func (e excludedTags) Kind() string { return "CollectionSourceExclusionConditionProductTag" }

func (e excludedTags) Field(name string) (any, error) {
	switch name {
	case "id":
		return gid.Format(e.Kind(), e.collection.SourceID+1), nil
	case "matchType":
		return "ANY", nil
	case "relation":
		return "TAGGED_WITH", nil
	case "values":
		return slices.Clone(e.collection.ExcludedTags), nil
	}
	return nil, graph.Unanswerable(e.Kind(), name)
}
