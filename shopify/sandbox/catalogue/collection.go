package catalogue

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// Collection is a set of products: chosen by hand, found by conditions, taken from other collections, or all
// of these.
type Collection struct {
	ID                       int64
	Handle, Title, HTML      string
	SortOrder                string
	TemplateSuffix           *string
	SEOTitle, SEODescription *string
	Image                    *Image
	UpdatedAt                Moment

	SourceID       int64
	AnyCondition   bool
	Conditions     []Condition
	ExcludedTags   []string
	Chosen         []*Product // by hand, in their order
	SubCollections []*Collection
}

// Condition selects products by one property. Its type is the part of the GraphQL type's name that follows
// CollectionSourceInclusionCondition.
type Condition struct {
	ID       int64
	typeName string
	Relation string
	Values   []string
}

func (c *Collection) Number() int64 { return c.ID }

func (c *Collection) GID() string { return gid.Format("Collection", c.ID) }

func (c *Collection) Kind() string { return "Collection" }

func (c Condition) Kind() string { return "CollectionSourceInclusionCondition" + c.typeName }

func (c *Collection) smart() bool { return len(c.Conditions) > 0 }

// Members lists the products of the collection in its own order: chosen ones first, then the others by id.
func (c *Collection) Members(s *Shop) []*Product {
	members := slices.Clone(c.Chosen)
	seen := map[*Product]bool{}
	for _, p := range c.Chosen {
		seen[p] = true
	}
	add := func(p *Product) {
		if !seen[p] {
			seen[p] = true
			members = append(members, p)
		}
	}
	if c.smart() {
		for _, p := range s.Products {
			if c.matches(p) {
				add(p)
			}
		}
	}
	for _, sub := range c.SubCollections {
		for _, p := range sub.Members(s) {
			add(p)
		}
	}
	return members
}

func (c *Collection) Contains(s *Shop, p *Product) bool {
	return slices.Contains(c.Chosen, p) || c.smart() && c.matches(p) ||
		slices.ContainsFunc(c.SubCollections, func(sub *Collection) bool { return sub.Contains(s, p) })
}

func (c *Collection) matches(p *Product) bool {
	if slices.ContainsFunc(c.ExcludedTags, func(tag string) bool { return hasTag(p, tag) }) {
		return false
	}
	holds := func(cond Condition) bool { return cond.holds(p) }
	if c.AnyCondition {
		return slices.ContainsFunc(c.Conditions, holds)
	}
	return !slices.ContainsFunc(c.Conditions, func(cond Condition) bool { return !holds(cond) })
}

func hasTag(p *Product, tag string) bool {
	return slices.ContainsFunc(p.Tags, func(t string) bool { return strings.EqualFold(t, tag) })
}

func (c Condition) holds(p *Product) bool {
	switch c.typeName {
	case "ProductTag":
		return slices.ContainsFunc(c.Values, func(tag string) bool { return hasTag(p, tag) })
	case "ProductType":
		return slices.Contains(c.Values, p.ProductType)
	case "ProductVendor":
		return slices.Contains(c.Values, p.Vendor)
	case "ProductStatus":
		return slices.Contains(c.Values, p.Status)
	case "ProductTitle":
		return slices.ContainsFunc(c.Values, func(word string) bool { return strings.Contains(p.Title, word) })
	case "VariantPrice":
		return slices.ContainsFunc(p.Variants, func(v *Variant) bool { return c.priceHolds(v.Price) })
	}
	return false
}

func (c Condition) priceHolds(price string) bool {
	difference := compareMoney(price, c.Values[0])
	switch c.Relation {
	case "GREATER_THAN":
		return difference > 0
	case "LESS_THAN":
		return difference < 0
	}
	return difference == 0
}

// Order gives the key by which the collection's products are sorted. BEST_SELLING and RELEVANCE have no
// meaning without orders and searches; they fall back to ids.
func (c *Collection) Order(by string, members []*Product) func(*Product) order.Key {
	if by == "COLLECTION_DEFAULT" {
		by = c.defaultOrder()
	}
	switch by {
	case "MANUAL":
		places := map[*Product]int{}
		for i, p := range members {
			places[p] = i
		}
		return func(p *Product) order.Key { return order.Key{ID: p.ID, Value: fmt.Sprintf("%08d", places[p])} }
	case "TITLE":
		return ByTitle
	case "PRICE":
		return func(p *Product) order.Key {
			return order.Key{ID: p.ID, Value: fmt.Sprintf("%014.2f", moneyFloat(p.Variants[0].Price))}
		}
	case "CREATED":
		return func(p *Product) order.Key { return order.Key{ID: p.ID, Value: p.CreatedAt.String()} }
	}
	return ByProductID
}

func (c *Collection) defaultOrder() string {
	switch c.SortOrder {
	case "ALPHA_ASC", "ALPHA_DESC":
		return "TITLE"
	case "PRICE_ASC", "PRICE_DESC":
		return "PRICE"
	case "CREATED", "CREATED_DESC":
		return "CREATED"
	}
	return c.SortOrder
}

// inOrder lists the members in the collection's own order.
func (c *Collection) inOrder(s *Shop) []*Product {
	members := c.Members(s)
	ordered := order.Sorted(members, c.Order("COLLECTION_DEFAULT", members))
	if c.Descending() {
		slices.Reverse(ordered)
	}
	return ordered
}

// Descending says whether the collection's own order runs backwards.
func (c *Collection) Descending() bool { return strings.HasSuffix(c.SortOrder, "_DESC") }

func ByCollectionID(c *Collection) order.Key { return order.Key{ID: c.ID} }

func ByTitle(p *Product) order.Key { return order.Key{ID: p.ID, Value: strings.ToLower(p.Title)} }
