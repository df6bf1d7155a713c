package catalogue

import (
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// GiveTo makes this the item of a variant. The old item of the variant stays, with or without variants.
func (i *Item) GiveTo(v *Variant) {
	v.Item.LoseVariant(v)
	v.Item = i
	i.Variants = order.SortedBy(append(i.Variants, v), ByVariantID)
}

// LoseVariant takes a variant off the item; the last one leaves its SKU behind.
func (i *Item) LoseVariant(v *Variant) {
	i.Variants = order.WithoutRow(i.Variants, v)
	if i.lastSKU = nil; len(i.Variants) == 0 {
		i.lastSKU = v.SKU
	}
}

// SKU returns that of the first variant. Whether variants that share an item may have different SKUs is not known.
func (i *Item) SKU() *string {
	if len(i.Variants) > 0 {
		return i.Variants[0].SKU
	}
	return i.lastSKU
}

// SKUText is the SKU, "" for none.
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

// ShownLevels are the levels that a list shows: those in use, or all of them.
func ShownLevels(levels []*Level, includeInactive bool) []*Level {
	if includeInactive {
		return levels
	}
	return slices.DeleteFunc(slices.Clone(levels), func(l *Level) bool { return !l.InUse() })
}

// HasActiveInventory reports whether something of what is stocked here is on hand.
func (l *Location) HasActiveInventory() bool {
	for _, level := range l.Levels {
		if level.Active && level.Numbers[OnHand] != 0 {
			return true
		}
	}
	return false
}
