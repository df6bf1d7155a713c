package staging

import (
	"cmp"
	"fmt"
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// writeStock writes the stock levels, each with the variant that its inventory item belongs
// to.
func (w *pass) writeStock() error {
	if !w.isAsked(importer.Stock) {
		return nil
	}
	if err := w.replacedTexts(importer.Stock); err != nil {
		return err
	}
	variants := newLookup(w.links.byItem)
	defer variants.stop()
	for level, err := range w.intakes.finalRecords(importer.Stock) {
		kept := false
		if err == nil {
			kept, err = w.linkLevel(level, variants)
		}
		if err == nil && kept {
			err = w.keepRecord(importer.Stock, level)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// linkLevel completes a level with the first variant that has its inventory item. kept is
// false if there is none: then nobody sells this stock.
func (w *pass) linkLevel(level arrival, variants *lookup) (kept bool, err error) {
	variant, err := variants.findVariant(level.record[importer.StockItem].Text())
	switch {
	case err != nil:
		return false, err
	case variant == nil:
		return false, w.leaveOut(level.record[importer.StockItem].Text())
	}
	return true, w.completeLevel(level, variant)
}

// leaveOut warns once about an inventory item without a variant, unless the variant
// vanished while the shop was read.
func (w *pass) leaveOut(item string) error {
	if item == w.leftOut {
		return nil
	}
	w.leftOut = item
	if w.rereads.lapsed[item] {
		return nil
	}
	return w.warn(importer.WarnItemWithoutVariant, importer.Stock, item,
		"no variant of the shop has this inventory item; its stock is left out",
		"nothing to do if the variant was deleted; else look for it in the shop, and import again once it has the item")
}

// lookup finds the variants of inventory items, which must be asked for in order.
type lookup struct {
	next    func() (importer.Entry, error, bool)
	stop    func()
	entry   importer.Entry
	have    bool            // entry is the next one
	item    string          // the item that was asked for last
	asked   bool            // whether any was
	variant importer.Record // the variant of item, nil for none
	failed  error
}

func newLookup(byItem importer.Sorter) *lookup {
	l := &lookup{}
	l.next, l.stop = iter.Pull2(byItem.SortedEntries())
	return l
}

// findVariant returns id, tracked and SKU of the variant that has the item, nil if none has
// it. Of several variants it is the first that can be imported, or just the first.
func (l *lookup) findVariant(item string) (importer.Record, error) {
	if l.asked && l.item == item {
		return l.variant, l.failed
	}
	l.item, l.asked, l.variant = item, true, nil
	for sound := false; !sound && l.goTo(item); l.have = false {
		var variant importer.Record
		variant, _, l.failed = importer.CutRecord(string(l.entry.Payload), 4)
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

// completeLevel adds to a level what its variant says, makes it inactive if its warehouse
// is, and warns about it.
func (w *pass) completeLevel(one arrival, variant importer.Record) error {
	level := one.record
	level[importer.StockVariant], level[importer.StockTracked], level[importer.StockSKU] = variant[0], variant[1], variant[2]
	level[importer.StockActive] = one.more[0]
	if at, known := w.places[level[importer.StockWarehouse].Text()]; known && !at.active {
		level[importer.StockActive] = importer.Flag(false)
	}
	if level[importer.StockTracked].Text() != "true" || importer.Stock.IsUnfit(level) {
		return nil
	}
	return w.checkLevel(level)
}

func (w *pass) checkLevel(level importer.Record) error {
	available := level[importer.StockAvailable]
	if !available.Present() {
		if err := w.warn(importer.WarnStockUnknown, importer.Stock, importer.Stock.Key(level),
			fmt.Sprintf("the shop gives no number available of %s; it is unknown, not zero", w.whatWhere(level)),
			"look at the item in the shop; the next import takes the number that it gives then"); err != nil {
			return err
		}
	}
	if available.Int() < 0 {
		if err := w.warn(importer.WarnStockNegative, importer.Stock, importer.Stock.Key(level),
			fmt.Sprintf("%s available of %s: more was sold than was there", available.Text(), w.whatWhere(level)),
			"count the stock and correct it in the shop"); err != nil {
			return err
		}
	}
	if level[importer.StockActive].Text() == "false" && (available.Int() != 0 || level[importer.StockOnHand].Int() != 0) {
		return w.warn(importer.WarnStockInactive, importer.Stock, importer.Stock.Key(level),
			fmt.Sprintf("%s of %s, which no longer sells it", importer.FigureText(level, importer.StockAvailable), w.whatWhere(level)),
			"move the stock to an active location in the shop, or set it to zero")
	}
	return nil
}

func (w *pass) whatWhere(level importer.Record) string {
	at := level[importer.StockWarehouse].Text()
	return importer.NameLevel(level, cmp.Or(w.places[at].name, at))
}
