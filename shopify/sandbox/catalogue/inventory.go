package catalogue

import (
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// Item is what is counted. Several variants may share one (announced on 2025-12-02), and an item may have
// none.
type Item struct {
	ID                      int64
	Variants                []*Variant // in the order of their ids
	lastSKU                 *string    // of the last variant that it had
	Tracked                 bool
	RequiresShipping        bool
	Weight                  float64
	WeightUnit              string
	UnitCost                *string
	CountryOfOrigin, HSCode *string
	CreatedAt, UpdatedAt    Moment
	Levels                  []*Level
}

// Give gives a variant another item. Its old one stays, with or without variants.
func (i *Item) Give(v *Variant) {
	v.Item.Lose(v)
	v.Item = i
	i.Variants = order.Sorted(append(i.Variants, v), ByVariantID)
}

func (i *Item) Lose(v *Variant) {
	i.Variants = order.Without(i.Variants, v)
	if i.lastSKU = nil; len(i.Variants) == 0 {
		i.lastSKU = v.SKU
	}
}

// SKU is that of its first variant. Whether variants that share an item may have different SKUs is not known.
func (i *Item) SKU() *string {
	if len(i.Variants) > 0 {
		return i.Variants[0].SKU
	}
	return i.lastSKU
}

func (i *Item) SKUText() string {
	if sku := i.SKU(); sku != nil {
		return *sku
	}
	return ""
}

// QuantityNames are the states of stock in the order of a level's numbers.
func QuantityNames() []string {
	return []string{"available", "on_hand", "committed", "incoming", "reserved", "damaged", "quality_control", "safety_stock"}
}

// The places of the states within a level's numbers.
const (
	Available = iota
	OnHand
	Committed
	Incoming
	Reserved
	Damaged
	QualityControl
	SafetyStock
)

// Level is the stock of one item at one location.
type Level struct {
	ID                   int64
	Item                 *Item
	Location             *Location
	Active               bool
	Unknown              bool // nobody knows how much is available
	Numbers              [8]int32
	CreatedAt, UpdatedAt Moment
}

func (i *Item) Number() int64 { return i.ID }

func (i *Item) GID() string { return gid.Format("InventoryItem", i.ID) }

func (l *Level) Number() int64 { return l.ID }

func (l *Level) GID() string { return gid.OfLevel(l.ID, l.Item.ID) }

func (i *Item) Kind() string { return "InventoryItem" }

func (l *Level) Kind() string { return "InventoryLevel" }

// InUse says whether the level counts: it is active and its location is. That Shopify also reports the levels
// of a deactivated location as inactive is an assumption.
func (l *Level) InUse() bool { return l.Active && l.Location.Active }

// Available is the sum over the active locations, the variant's inventoryQuantity.
func (i *Item) Available() int {
	total := 0
	for _, l := range i.Levels {
		if l.InUse() {
			total += int(l.Numbers[Available])
		}
	}
	return total
}

func (i *Item) levelAt(where *Location) *Level {
	for _, l := range i.Levels {
		if l.Location == where {
			return l
		}
	}
	return nil
}

// SetNumber changes one number of a level; on hand comprises all others but incoming.
func (l *Level) SetNumber(state, quantity int) {
	l.Numbers[state] = int32(quantity)
	l.Unknown = l.Unknown && state != Available
	sum := int32(0)
	for i, n := range l.Numbers {
		if i != OnHand && i != Incoming {
			sum += n
		}
	}
	l.Numbers[OnHand] = sum
}

func ByLevelID(l *Level) order.Key { return order.Key{ID: l.ID} }

func ByItemID(i *Item) order.Key { return order.Key{ID: i.ID} }

func ShownLevels(levels []*Level, includeInactive bool) []*Level {
	if includeInactive {
		return levels
	}
	return slices.DeleteFunc(slices.Clone(levels), func(l *Level) bool { return !l.InUse() })
}
