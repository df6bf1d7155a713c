package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// collection is a set of products: chosen by hand, found by conditions, taken from other collections, or all
// of these.
type collection struct {
	id                       int64
	handle, title, html      string
	sortOrder                string
	templateSuffix           *string
	seoTitle, seoDescription *string
	image                    *image
	updatedAt                moment

	sourceID       int64
	anyCondition   bool
	conditions     []condition
	excludedTags   []string
	chosen         []*product // by hand, in their order
	subCollections []*collection
}

// condition selects products by one property. Its type is the part of the GraphQL type's name that follows
// CollectionSourceInclusionCondition.
type condition struct {
	id       int64
	typeName string
	relation string
	values   []string
}

func (c *collection) number() int64 { return c.id }
func (c *collection) gid() string   { return formatGID("Collection", c.id) }
func (c *collection) smart() bool   { return len(c.conditions) > 0 }

// members lists the products of the collection in its own order: chosen ones first, then the others by id.
func (c *collection) members(s *Shop) []*product {
	members := slices.Clone(c.chosen)
	seen := map[*product]bool{}
	for _, p := range c.chosen {
		seen[p] = true
	}
	add := func(p *product) {
		if !seen[p] {
			seen[p] = true
			members = append(members, p)
		}
	}
	if c.smart() {
		for _, p := range s.products {
			if c.matches(p) {
				add(p)
			}
		}
	}
	for _, sub := range c.subCollections {
		for _, p := range sub.members(s) {
			add(p)
		}
	}
	return members
}

func (c *collection) contains(s *Shop, p *product) bool {
	return slices.Contains(c.chosen, p) || c.smart() && c.matches(p) ||
		slices.ContainsFunc(c.subCollections, func(sub *collection) bool { return sub.contains(s, p) })
}

func (c *collection) matches(p *product) bool {
	if slices.ContainsFunc(c.excludedTags, func(tag string) bool { return hasTag(p, tag) }) {
		return false
	}
	holds := func(cond condition) bool { return cond.holds(p) }
	if c.anyCondition {
		return slices.ContainsFunc(c.conditions, holds)
	}
	return !slices.ContainsFunc(c.conditions, func(cond condition) bool { return !holds(cond) })
}

func hasTag(p *product, tag string) bool {
	return slices.ContainsFunc(p.tags, func(t string) bool { return strings.EqualFold(t, tag) })
}

func (c condition) holds(p *product) bool {
	switch c.typeName {
	case "ProductTag":
		return slices.ContainsFunc(c.values, func(tag string) bool { return hasTag(p, tag) })
	case "ProductType":
		return slices.Contains(c.values, p.productType)
	case "ProductVendor":
		return slices.Contains(c.values, p.vendor)
	case "ProductStatus":
		return slices.Contains(c.values, p.status)
	case "ProductTitle":
		return slices.ContainsFunc(c.values, func(word string) bool { return strings.Contains(p.title, word) })
	case "VariantPrice":
		return slices.ContainsFunc(p.variants, func(v *variant) bool { return c.priceHolds(v.price) })
	}
	return false
}

func (c condition) priceHolds(price string) bool {
	difference := compareMoney(price, c.values[0])
	switch c.relation {
	case "GREATER_THAN":
		return difference > 0
	case "LESS_THAN":
		return difference < 0
	}
	return difference == 0
}

// order gives the key by which the collection's products are sorted. BEST_SELLING and RELEVANCE have no
// meaning without orders and searches; they fall back to ids.
func (c *collection) order(by string, members []*product) func(*product) sortKey {
	if by == "COLLECTION_DEFAULT" {
		by = c.defaultOrder()
	}
	switch by {
	case "MANUAL":
		places := map[*product]int{}
		for i, p := range members {
			places[p] = i
		}
		return func(p *product) sortKey { return sortKey{p.id, fmt.Sprintf("%08d", places[p])} }
	case "TITLE":
		return byTitle
	case "PRICE":
		return func(p *product) sortKey {
			return sortKey{p.id, fmt.Sprintf("%014.2f", moneyFloat(p.variants[0].price))}
		}
	case "CREATED":
		return func(p *product) sortKey { return sortKey{p.id, p.createdAt.String()} }
	}
	return byProductID
}

func (c *collection) defaultOrder() string {
	switch c.sortOrder {
	case "ALPHA_ASC", "ALPHA_DESC":
		return "TITLE"
	case "PRICE_ASC", "PRICE_DESC":
		return "PRICE"
	case "CREATED", "CREATED_DESC":
		return "CREATED"
	}
	return c.sortOrder
}

// inOrder lists the members in the collection's own order.
func (c *collection) inOrder(s *Shop) []*product {
	members := c.members(s)
	ordered := sorted(members, c.order("COLLECTION_DEFAULT", members))
	if c.descending() {
		slices.Reverse(ordered)
	}
	return ordered
}

// descending says whether the collection's own order runs backwards.
func (c *collection) descending() bool { return strings.HasSuffix(c.sortOrder, "_DESC") }

func (s *Shop) addCollection(handle, title, sortOrder string) *collection {
	c := &collection{
		id: s.nextID("Collection"), handle: handle, title: title, sortOrder: sortOrder,
		sourceID: s.nextID("CollectionSource"), updatedAt: s.now(),
	}
	s.collections = append(s.collections, c)
	return c
}

func (s *Shop) addCondition(c *collection, typeName, relation string, values ...string) {
	c.conditions = append(c.conditions, condition{s.nextID("CollectionSourceCondition"), typeName, relation, values})
}

func byCollectionID(c *collection) sortKey { return sortKey{ID: c.id} }
func byTitle(p *product) sortKey           { return sortKey{p.id, strings.ToLower(p.title)} }
