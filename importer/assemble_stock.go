package importer

import (
	"errors"
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
	taken, err := w.take(Stock, Stock, Variants, Warehouses)
	if err != nil || taken || !w.asked(Stock) {
		return err
	}
	if revised, err := w.reviseStock(); err != nil || revised {
		return err
	}
	if err := w.replacedTexts(Stock); err != nil {
		return err
	}
	variants := newLookup(w.byItem)
	defer variants.stop()
	for level, err := range ahead(Stock, w.final(Stock)) {
		if err != nil {
			return err
		}
		if err := errors.Join(w.linked(level, variants), w.keep(Stock, level)); err != nil {
			return err
		}
	}
	return nil
}

// linked completes a level with the variant that has its item.
func (w *assembling) linked(level found, variants *lookup) error {
	variant, err := variants.find(level.record[stockItem].text)
	if err != nil {
		return err
	}
	if variant == nil {
		variant = noVariant
	}
	return w.completed(level, variant)
}

var noVariant = make(Record, 3)

// lookup finds the variants of inventory items that are asked for in order.
type lookup struct {
	next    func() (Entry, error, bool)
	stop    func()
	entry   Entry
	have    bool
	item    string // of the variant found last
	variant Record
}

func newLookup(byItem Sorter) *lookup {
	l := &lookup{}
	l.next, l.stop = iter.Pull2(byItem.Sorted())
	return l
}

// find gives the variant's id, whether it is tracked and its SKU; nil when no
// variant has the item.
func (l *lookup) find(item string) (Record, error) {
	if l.variant != nil && l.item == item {
		return l.variant, nil
	}
	var err error
	for !l.have || string(l.entry.Key) < item {
		if l.entry, err, l.have = l.next(); err != nil || !l.have {
			return nil, err
		}
	}
	if string(l.entry.Key) != item {
		return nil, nil
	}
	l.item = item
	l.variant, _, err = CutRecord(string(l.entry.Payload), 3)
	return l.variant, err
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
	if level[stockTracked].text != "true" {
		return nil
	}
	return w.checkLevel(level)
}

func (w *assembling) checkLevel(level Record) error {
	available := level[stockAvailable]
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
	return itemAt(level, w.places[level[stockWarehouse].text].name)
}

// itemAt names a level for people.
func itemAt(level Record, place string) string {
	if sku := level[stockSKU].text; sku != "" {
		return fmt.Sprintf("%q at %q", sku, place)
	}
	return fmt.Sprintf("a variant without a SKU at %q", place)
}
