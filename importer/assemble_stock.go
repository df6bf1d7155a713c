package importer

import (
	"cmp"
	"fmt"
	"iter"
)

var (
	stockVariant   = Stock.Column("variant_external_id")
	stockItem      = Stock.Column("inventory_item_id")
	stockWarehouse = Stock.Column("warehouse_external_id")
	stockSKU       = Stock.Column("sku")
	stockTracked   = Stock.Column("tracked")
	stockActive    = Stock.Column("active")
	stockAvailable = Stock.Column("available")
	stockOnHand    = Stock.Column("on_hand")
)

// stock writes the levels, each with the variant that its item belongs to.
func (w *assembling) stock() error {
	if !w.asked(Stock) {
		return nil
	}
	if err := w.replacedTexts(Stock); err != nil {
		return err
	}
	variants := newLookup(w.byItem)
	defer variants.stop()
	for level, err := range w.final(Stock) {
		kept := false
		if err == nil {
			kept, err = w.linked(level, variants)
		}
		if err == nil && kept {
			err = w.keep(Stock, level)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// linked completes a level with the first variant that has its item, and reports
// whether there is one. Without a variant it is nobody's stock.
func (w *assembling) linked(level found, variants *lookup) (kept bool, err error) {
	variant, err := variants.find(level.record[stockItem].text)
	switch {
	case err != nil:
		return false, err
	case variant == nil:
		return false, w.leaveOut(level.record[stockItem].text)
	}
	return true, w.completed(level, variant)
}

// leaveOut tells of an item without a variant, once, unless its variant went while
// the shop was read.
func (w *assembling) leaveOut(item string) error {
	if item == w.leftOut {
		return nil
	}
	w.leftOut = item
	if w.lapsed[item] {
		return nil
	}
	return w.warn(WarnItemWithoutVariant, Stock, item, "no variant of the shop has this inventory item; its stock is left out",
		"nothing to do if the variant was deleted; else look for it in the shop, and import again once it has the item")
}

// lookup finds the variants of inventory items that are asked for in order.
type lookup struct {
	next    func() (Entry, error, bool)
	stop    func()
	entry   Entry
	have    bool   // an entry that was not taken
	item    string // asked for last
	asked   bool   // there was one
	variant Record // of that item; nil for none
	failed  error
}

func newLookup(byItem Sorter) *lookup {
	l := &lookup{}
	l.next, l.stop = iter.Pull2(byItem.Sorted())
	return l
}

// find gives a variant's id, whether it is tracked and its SKU; nil when no variant
// has the item. Of several it is the first that can be imported, or just the first.
func (l *lookup) find(item string) (Record, error) {
	if l.asked && l.item == item {
		return l.variant, l.failed
	}
	l.item, l.asked, l.variant = item, true, nil
	for sound := false; !sound && l.goTo(item); l.have = false {
		var variant Record
		variant, _, l.failed = CutRecord(string(l.entry.Payload), 4)
		if sound = l.failed == nil && variant[3].Is(true); sound || l.variant == nil {
			l.variant = variant
		}
	}
	return l.variant, l.failed
}

// goTo goes to the next entry of an item and reports whether there is one.
func (l *lookup) goTo(item string) bool {
	for l.failed == nil && (!l.have || string(l.entry.Key) < item) {
		var err error
		if l.entry, err, l.have = l.next(); err != nil || !l.have {
			l.have, l.failed = false, err
			return false
		}
	}
	return l.failed == nil && string(l.entry.Key) == item
}

// completed completes a level with what it knows of its variant, makes it inactive
// when its warehouse is, and remarks on it.
func (w *assembling) completed(one found, variant Record) error {
	level := one.record
	level[stockVariant], level[stockTracked], level[stockSKU] = variant[0], variant[1], variant[2]
	level[stockActive] = one.more[0]
	if at, known := w.places[level[stockWarehouse].text]; known && !at.active {
		level[stockActive] = Flag(false)
	}
	if level[stockTracked].text != "true" || Stock.unfits(level) {
		return nil
	}
	return w.checkLevel(level)
}

func (w *assembling) checkLevel(level Record) error {
	available := level[stockAvailable]
	if !available.present {
		if err := w.warn(WarnStockUnknown, Stock, Stock.Key(level), fmt.Sprintf("the shop gives no number available of %s; it is unknown, not zero", w.whatWhere(level)),
			"look at the item in the shop; the next import takes the number that it gives then"); err != nil {
			return err
		}
	}
	if available.Int() < 0 {
		if err := w.warn(WarnStockNegative, Stock, Stock.Key(level), fmt.Sprintf("%s available of %s: more was sold than was there", available.text, w.whatWhere(level)),
			"count the stock and correct it in the shop"); err != nil {
			return err
		}
	}
	if level[stockActive].text == "false" && (available.Int() != 0 || level[stockOnHand].Int() != 0) {
		return w.warn(WarnStockInactive, Stock, Stock.Key(level), fmt.Sprintf("%s of %s, which no longer sells it", shopFigure(level, stockAvailable), w.whatWhere(level)),
			"move the stock to an active location in the shop, or set it to zero")
	}
	return nil
}

func (w *assembling) whatWhere(level Record) string {
	at := level[stockWarehouse].text
	return itemAt(level, cmp.Or(w.places[at].name, at))
}

// itemAt names a level for people.
func itemAt(level Record, place string) string {
	if sku := level[stockSKU].text; sku != "" {
		return fmt.Sprintf("%q at %q", sku, place)
	}
	return fmt.Sprintf("a variant without a SKU at %q", place)
}
