package sandbox

import "slices"

// inventoryItem is what is counted. Several variants may share one (announced on 2025-12-02), and an item may have
// none.
type inventoryItem struct {
	id                      int64
	variants                []*variant // in the order of their ids
	lastSKU                 *string    // of the last variant that it had
	tracked                 bool
	requiresShipping        bool
	weight                  float64
	weightUnit              string
	unitCost                *string
	countryOfOrigin, hsCode *string
	createdAt, updatedAt    moment
	levels                  []*level
}

// newItem makes the inventory item of a variant that is added.
func (s *Shop) newItem(v *variant) *inventoryItem {
	now := s.now()
	return &inventoryItem{id: s.nextID("InventoryItem"), variants: []*variant{v}, createdAt: now, updatedAt: now}
}

// give gives a variant another item. Its old one stays, with or without variants.
func (i *inventoryItem) give(v *variant) {
	v.item.lose(v)
	v.item = i
	i.variants = sorted(append(i.variants, v), byVariantID)
}

func (i *inventoryItem) lose(v *variant) {
	i.variants = without(i.variants, v)
	if i.lastSKU = nil; len(i.variants) == 0 {
		i.lastSKU = v.sku
	}
}

// dropItem deletes an item with its stock.
func (s *Shop) dropItem(i *inventoryItem) {
	for _, l := range slices.Clone(i.levels) {
		s.unstock(l)
	}
	s.items = without(s.items, i)
}

// sku is that of its first variant. Whether variants that share an item may have different SKUs is not known.
func (i *inventoryItem) sku() *string {
	if len(i.variants) > 0 {
		return i.variants[0].sku
	}
	return i.lastSKU
}

func (i *inventoryItem) skuText() string {
	if sku := i.sku(); sku != nil {
		return *sku
	}
	return ""
}

// quantityNames are the states of stock in the order of a level's numbers.
func quantityNames() []string {
	return []string{"available", "on_hand", "committed", "incoming", "reserved", "damaged", "quality_control", "safety_stock"}
}

// The places of the states within a level's numbers.
const (
	available = iota
	onHand
	committed
	incoming
	reserved
	damaged
	qualityControl
	safetyStock
)

// level is the stock of one item at one location.
type level struct {
	id                   int64
	item                 *inventoryItem
	location             *location
	active               bool
	unknown              bool // nobody knows how much is available
	numbers              [8]int32
	createdAt, updatedAt moment
}

func (i *inventoryItem) number() int64 { return i.id }
func (i *inventoryItem) gid() string   { return formatGID("InventoryItem", i.id) }
func (l *level) number() int64         { return l.id }
func (l *level) gid() string           { return levelGID(l.id, l.item.id) }

// inUse says whether the level counts: it is active and its location is. That Shopify also reports the levels
// of a deactivated location as inactive is an assumption.
func (l *level) inUse() bool { return l.active && l.location.active }

// available is the sum over the active locations, the variant's inventoryQuantity.
func (i *inventoryItem) available() int {
	total := 0
	for _, l := range i.levels {
		if l.inUse() {
			total += int(l.numbers[available])
		}
	}
	return total
}

func (i *inventoryItem) levelAt(where *location) *level {
	for _, l := range i.levels {
		if l.location == where {
			return l
		}
	}
	return nil
}

// stock sets how much of an item is available at a location, and stocks the item there if it is not yet.
func (s *Shop) stock(i *inventoryItem, where *location, quantity int) *level {
	now := s.now()
	l := i.levelAt(where)
	if l == nil {
		l = &level{id: s.nextID("InventoryLevel"), item: i, location: where, active: true, createdAt: now}
		i.levels = append(i.levels, l)
		where.levels = append(where.levels, l)
	}
	l.set(available, quantity)
	l.updatedAt = now
	return l
}

// set changes one number of a level; on hand comprises all others but incoming.
func (l *level) set(state, quantity int) {
	l.numbers[state] = int32(quantity)
	l.unknown = l.unknown && state != available
	sum := int32(0)
	for i, n := range l.numbers {
		if i != onHand && i != incoming {
			sum += n
		}
	}
	l.numbers[onHand] = sum
}

func (s *Shop) unstock(l *level) {
	l.item.levels = without(l.item.levels, l)
	l.location.levels = without(l.location.levels, l)
}

func byLevelID(l *level) sortKey        { return sortKey{ID: l.id} }
func byItemID(i *inventoryItem) sortKey { return sortKey{ID: i.id} }

func shownLevels(levels []*level, includeInactive bool) []*level {
	if includeInactive {
		return levels
	}
	return slices.DeleteFunc(slices.Clone(levels), func(l *level) bool { return !l.inUse() })
}
