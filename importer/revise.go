package importer

import (
	"errors"
	"iter"
	"slices"
)

// Most runs of a shop find little changed. Then its snapshot is made of the one
// before and what differs, chunk by chunk, and what was recognised is not touched.

// errAnew means that more changed than revising can follow.
var errAnew = errors.New("the tables have to be made anew")

// follows reports whether of some tables most was given as for the snapshot before,
// so that they may be made of that.
func (w *assembling) follows(tables ...*Table) (bool, error) {
	if w.anew || len(w.replaced) > 0 || len(w.gone) > 0 {
		return false, nil
	}
	for _, t := range tables {
		if w.same(t) {
			continue
		}
		if most, err := w.intakes[t].recall.most(); err != nil || !most {
			return false, err
		}
	}
	return true, nil
}

// quiet reports whether nothing but products, variants and levels was given in
// another way than for the snapshot before.
func (w *assembling) quiet() (bool, error) {
	if !w.same(Media, MediaLinks, Categories, Memberships, Warehouses) {
		return false, nil
	}
	if !w.asked(Products) {
		return w.follows(Variants, Stock)
	}
	return w.follows(Products, Variants, Stock)
}

// revise makes the snapshot of the one before, if nothing differs but what a record
// says of itself, and levels.
func (w *assembling) revise() error {
	for _, t := range []*Table{Media, Categories, Memberships} {
		if w.asked(t) {
			if err := w.to.Take(t, w.before); err != nil {
				return err
			}
		}
	}
	if err := w.warehouses(); err != nil {
		return err
	}
	return together(
		w.reviseProducts,
		func() error { return w.reviseTable(Variants, w.completeVariant) },
		w.reviseLevels,
	)
}

func (w *assembling) reviseTable(t *Table, complete completing) error {
	if !w.asked(t) {
		return nil
	}
	if w.same(t) {
		return w.to.Take(t, w.before)
	}
	return w.revising(t, complete).all()
}

// reviseProducts gives up where parts are announced in another number. Whether a
// product is in a category is as it was, because the memberships are.
func (w *assembling) reviseProducts() error {
	if !w.asked(Products) || w.same(Products) {
		return w.reviseTable(Products, nil)
	}
	bare, err := w.remarkedBefore(Products, WarnProductNoCategory)
	if err != nil {
		return err
	}
	return w.reviseTable(Products, func(old, fresh *found, _ []Record) (bool, error) {
		if old == nil || fresh == nil || old.more[0] != fresh.more[0] || old.more[1] != fresh.more[1] {
			return false, errAnew
		}
		if bare.has(ShowKey(fresh.record[0].text)) {
			return true, w.warnNoCategory(fresh.record)
		}
		return true, nil
	})
}

// remarkedBefore are the records of a table that the snapshot before has a remark on.
func (w *assembling) remarkedBefore(t *Table, code string) (keySet, error) {
	found := newKeySet()
	for remark, err := range w.before.RemarksOn(t) {
		if err != nil {
			return found, err
		}
		if remark.Code == code {
			found.add(remark.ExternalID)
		}
	}
	return found, nil
}

// completeVariant gives up where media, levels or other variants would see the
// difference.
func (w *assembling) completeVariant(old, fresh *found, _ []Record) (bool, error) {
	if old == nil || fresh == nil || Variants.Sound(old.record) != Variants.Sound(fresh.record) {
		return false, errAnew
	}
	for _, seen := range []int{variantProduct, variantItem, variantTracked, variantSKU} {
		if old.record[seen] != fresh.record[seen] {
			return false, errAnew
		}
	}
	return true, w.checkSKU(fresh.record)
}

// reviseLevels is for when all variants have the items that they had.
func (w *assembling) reviseLevels() error {
	bare, err := w.remarkedBefore(Stock, WarnItemWithoutVariant)
	if err != nil {
		return err
	}
	return w.reviseTable(Stock, func(old, fresh *found, beside []Record) (bool, error) {
		if fresh == nil {
			return false, nil
		}
		if old != nil {
			beside = []Record{old.record}
		}
		for _, other := range beside {
			if other[stockItem] == fresh.record[stockItem] {
				return true, w.completed(*fresh, Record{other[stockVariant], other[stockTracked], other[stockSKU]})
			}
		}
		if item := fresh.record[stockItem].text; bare.has(item) {
			return false, w.leaveOut(item)
		}
		return false, errAnew
	})
}

// maxStirred bounds how many inventory items are remembered whose levels have to be
// linked anew; where there are more, all are.
const maxStirred = 100_000

// reviseStock makes the levels of those before, if most are given as they were. The
// levels of variants that came, went or changed are linked anew.
func (w *assembling) reviseStock() (done bool, err error) {
	if !w.same(Warehouses) {
		return false, nil
	}
	if follows, err := w.follows(Stock, Variants); err != nil || !follows {
		return false, err
	}
	r := w.revising(Stock, nil)
	if r.stirred, err = w.stirredItems(); err != nil || len(r.stirred) > maxStirred {
		return false, err
	}
	variants := newLookup(w.byItem)
	defer variants.stop()
	r.complete = func(_, fresh *found, _ []Record) (bool, error) {
		if fresh == nil {
			return false, nil
		}
		return w.linked(*fresh, variants)
	}
	return true, r.all()
}

// stirredItems are the inventory items, in order, of the variants that differ from
// those of the snapshot before; one more than are allowed when there are too many.
func (w *assembling) stirredItems() (items []string, err error) {
	stir := func(variants iter.Seq2[found, error]) error {
		for variant, err := range variants {
			if err != nil {
				return err
			}
			if items = append(items, variant.record[variantItem].text); len(items) > maxStirred {
				break
			}
		}
		return nil
	}
	if w.same(Variants) {
		return nil, nil
	}
	if err := errors.Join(stir(w.latest(Variants)), stir(w.intakes[Variants].recall.lost())); err != nil {
		return nil, err
	}
	slices.Sort(items)
	return slices.Compact(items), nil
}
