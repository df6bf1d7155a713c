package sandbox

import "slices"

type inventoryItem struct {
	id                      int64
	variant                 *variant
	tracked                 bool
	requiresShipping        bool
	weight                  float64
	weightUnit              string
	unitCost                *string
	countryOfOrigin, hsCode *string
	createdAt, updatedAt    moment
	levels                  []*level
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

// items lists the inventory items of the shop; variants and their items are numbered in the same order.
func (s *Shop) items() []*inventoryItem {
	items := make([]*inventoryItem, len(s.variants))
	for i, v := range s.variants {
		items[i] = &v.item
	}
	return items
}

func shownLevels(levels []*level, includeInactive bool) []*level {
	if includeInactive {
		return levels
	}
	return slices.DeleteFunc(slices.Clone(levels), func(l *level) bool { return !l.inUse() })
}
