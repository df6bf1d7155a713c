package catalogue

import (
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// The keys by which the lists of a shop are ordered: by id over the whole shop,

func ByVariantID(v *Variant) order.Key       { return order.Key{ID: v.ID} }
func ByProductID(p *Product) order.Key       { return order.Key{ID: p.ID} }
func ByLevelID(l *Level) order.Key           { return order.Key{ID: l.ID} }
func ByItemID(i *Item) order.Key             { return order.Key{ID: i.ID} }
func ByLocationID(l *Location) order.Key     { return order.Key{ID: l.ID} }
func ByCollectionID(c *Collection) order.Key { return order.Key{ID: c.ID} }

// ByLocationName orders locations by name.
func ByLocationName(l *Location) order.Key { return order.Key{ID: l.ID, Value: l.Name} }

// ByTitle orders products by title, without regard to case.
func ByTitle(p *Product) order.Key { return order.Key{ID: p.ID, Value: strings.ToLower(p.Title)} }

// ByPosition orders variants within their product.
func ByPosition(v *Variant) order.Key {
	return order.Key{ID: v.ID, Value: fmt.Sprintf("%06d", v.Position)}
}
