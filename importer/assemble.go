package importer

import (
	"errors"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
)

// assembling is one pass that turns what was given into a snapshot. Links
// between tables are resolved by sorting them beside what they link to.
type assembling struct {
	*Assembly
	to        SnapshotWriter
	resources []connector.Resource

	byMedia Sorter // product and media item -> variant that shows it
	byItem  Sorter // inventory item -> variant, whether it is tracked, SKU; whether it is sound
	bySKU   Sorter // SKU -> variant
	places  map[string]place

	leftOut string          // the item left out last
	nowhere map[string]bool // products of which a variant shows what has no id

	roll *roll
	off  []unsettled // parents that do not add up
}

// place is a warehouse, as its stock needs to know it.
type place struct {
	name   string
	active bool
}

// write makes the snapshot's records, table by table, and lists the parents
// whose parts do not add up.
func (a *Assembly) write(to SnapshotWriter, resources []connector.Resource) (off []unsettled, err error) {
	if err := a.settle(); err != nil {
		return nil, err
	}
	w := &assembling{
		Assembly: a, to: to, resources: resources, roll: newRoll(a.most), places: map[string]place{}, nowhere: map[string]bool{},
		byMedia: a.newSorter(), byItem: a.newSorter(), bySKU: a.newSorter(),
	}
	defer func() { err = errors.Join(err, w.byMedia.Close(), w.byItem.Close(), w.bySKU.Close()) }()
	if err := inTurn(w.steps, w.findUnshown); err != nil {
		return nil, err
	}
	w.countNameless()
	return w.unsettled()
}

// steps makes the tables, two at a time, because that is what most machines have
// to spare beside whoever compresses. Stock and media hang on the links that
// variants have; stock is about half of it all, so nothing holds it up.
func (w *assembling) steps() error {
	linked := make(chan error, 1)
	return together(
		func() error {
			err := w.variants()
			linked <- err
			if err != nil {
				return err
			}
			return inTurn(w.warehouses, w.stock)
		},
		func() error {
			if err := inTurn(w.products, w.complete); err != nil {
				return err
			}
			if err := <-linked; err != nil {
				return nil // the other one tells
			}
			return w.media()
		},
	)
}

func inTurn(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func together(steps ...func() error) error {
	var all errgroup.Group
	for _, step := range steps {
		all.Go(step)
	}
	return all.Wait()
}

// asked reports whether the snapshot is to hold the table.
func (w *assembling) asked(t *Table) bool { return slices.Contains(w.resources, t.Resource) }

// keep writes a record unless it is part of one that the shop no longer has.
func (w *assembling) keep(t *Table, f found) error {
	if w.wentAlong(t, f.record) {
		return nil
	}
	return w.to.Write(t, f.record)
}

// wentAlong reports whether a record is part of one that the shop no longer has.
func (w *assembling) wentAlong(t *Table, r Record) bool {
	if len(w.gone) == 0 {
		return false
	}
	for parent := range t.parentsOf(r) {
		if w.gone[ParentRef{parent.Table, r[parent.Column].text}] {
			return true
		}
	}
	return false
}

func (w *assembling) warn(code string, t *Table, key, message, advice string) error {
	return w.to.Remark(t, Remark{
		Code: code, Severity: Warning, Resource: t.Name, ExternalID: ShowKey(key), Message: message, Next: connector.Advice(advice),
	})
}

// replacedTexts passes on what was remarked when records of the table came in.
func (w *assembling) replacedTexts(t *Table) error {
	for _, remark := range w.intakes[t].remarks {
		if err := w.to.Remark(t, remark); err != nil {
			return err
		}
	}
	return nil
}

// products writes the products and remarks on those in no category.
func (w *assembling) products() error {
	if !w.asked(Products) {
		return nil
	}
	inCategories := w.newSorter()
	defer inCategories.Close()
	if w.asked(Memberships) {
		for membership, err := range w.final(Memberships) {
			if err == nil {
				err = inCategories.Put([]byte(membership.record[1].text), nil)
			}
			if err != nil {
				return err
			}
		}
	}
	if err := w.replacedTexts(Products); err != nil {
		return err
	}
	return pair(w.final(Products), group(inCategories.Sorted()), keyOfFound(Products), keyOfGroup,
		func(_ string, product *found, categories *grouped) error {
			if product == nil {
				return nil // its membership is found to have no product
			}
			w.enter(Products, *product)
			if categories == nil && w.asked(Memberships) && !Products.unfits(product.record) {
				if err := w.warnNoCategory(product.record); err != nil {
					return err
				}
			}
			return w.keep(Products, *product)
		})
}

func (w *assembling) warnNoCategory(product Record) error {
	return w.warn(WarnProductNoCategory, Products, product[0].text, fmt.Sprintf("%q is in no category", product[Products.Title].text),
		"put it into a collection in the shop if it is to be found by category")
}

// enter notes a record whose parts are counted, and how many it announces.
func (w *assembling) enter(t *Table, parent found) {
	for _, parts := range w.roll.kinds[t] {
		w.roll.parent(parts, parent.record[0].text, parent.more[parts.Counted-1])
	}
}

// complete writes the tables whose records are complete as they were given.
func (w *assembling) complete() error {
	for _, t := range catalogue {
		if t.Completed || !w.asked(t) {
			continue
		}
		if err := w.asGiven(t); err != nil {
			return err
		}
	}
	return nil
}

func (w *assembling) asGiven(t *Table) error {
	if err := w.replacedTexts(t); err != nil {
		return err
	}
	for one, err := range w.final(t) {
		if err != nil {
			return err
		}
		w.enter(t, one)
		w.lookForParents(t, one.record)
		if err := w.keep(t, one); err != nil {
			return err
		}
	}
	return nil
}

// lookForParents counts a record for what it is part of, and looks for what else it
// names.
func (w *assembling) lookForParents(t *Table, record Record) {
	for i, parent := range t.Parents {
		switch {
		case i == 0 && t.Counted > 0:
			w.count(t, record[parent.Column].text)
		case w.asked(parent.Table):
			for id := range t.ids(parent, record) {
				w.look(parent.Table, id)
			}
		}
	}
}

var (
	warehouseName   = Warehouses.Column("name")
	warehouseActive = Warehouses.Column("active")
)

// warehouses are few; whether they are active is remembered for their stock.
func (w *assembling) warehouses() error {
	write := w.asked(Warehouses)
	for warehouse, err := range w.final(Warehouses) {
		if err != nil {
			return err
		}
		w.places[warehouse.record[0].text] = placeOf(warehouse.record)
		if !write {
			continue
		}
		if err := w.warehouse(warehouse); err != nil {
			return err
		}
	}
	if !write {
		return nil
	}
	return w.replacedTexts(Warehouses)
}

func placeOf(warehouse Record) place {
	if Warehouses.unfits(warehouse) {
		return place{warehouse[0].text, true} // its levels are rejected with it
	}
	return place{warehouse[warehouseName].text, warehouse[warehouseActive].text == "true"}
}

func (w *assembling) warehouse(one found) error {
	r := one.record
	if r[warehouseActive].text != "true" && !Warehouses.unfits(r) {
		if err := w.warn(WarnWarehouseInactive, Warehouses, r[0].text, fmt.Sprintf("the location %q is deactivated in the shop", r[warehouseName].text),
			"nothing to do if it is closed; its stock is kept and marked inactive"); err != nil {
			return err
		}
	}
	return w.keep(Warehouses, one)
}
