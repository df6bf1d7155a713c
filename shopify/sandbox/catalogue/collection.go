package catalogue

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// IsSmart reports whether some condition finds products.
func (c *Collection) IsSmart() bool { return len(c.Conditions) > 0 }

// MembersAmong lists those of all products that are in the collection: the chosen ones first, then the others by id.
func (c *Collection) MembersAmong(all []*Product) []*Product {
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
	if c.IsSmart() {
		for _, p := range all {
			if c.matchesProduct(p) {
				add(p)
			}
		}
	}
	for _, sub := range c.SubCollections {
		for _, p := range sub.MembersAmong(all) {
			add(p)
		}
	}
	return members
}

// HasProduct reports whether a product is in the collection, for whatever reason.
func (c *Collection) HasProduct(p *Product) bool {
	return slices.Contains(c.Chosen, p) || c.IsSmart() && c.matchesProduct(p) ||
		slices.ContainsFunc(c.SubCollections, func(sub *Collection) bool { return sub.HasProduct(p) })
}

func (c *Collection) matchesProduct(p *Product) bool {
	if slices.ContainsFunc(c.ExcludedTags, func(tag string) bool { return hasTag(p, tag) }) {
		return false
	}
	holds := func(cond Condition) bool { return cond.holdsFor(p) }
	if c.AnyCondition {
		return slices.ContainsFunc(c.Conditions, holds)
	}
	return !slices.ContainsFunc(c.Conditions, func(cond Condition) bool { return !holds(cond) })
}

func hasTag(p *Product, tag string) bool {
	return slices.ContainsFunc(p.Tags, func(t string) bool { return strings.EqualFold(t, tag) })
}

func (c Condition) holdsFor(p *Product) bool {
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

// OrderKey gives the key by which the collection's products are sorted. BEST_SELLING and RELEVANCE have no
// meaning without orders and searches; they fall back to ids.
func (c *Collection) OrderKey(by string, members []*Product) func(*Product) order.Key {
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

// IsDescending says whether the collection's own order runs backwards.
func (c *Collection) IsDescending() bool { return strings.HasSuffix(c.SortOrder, "_DESC") }
