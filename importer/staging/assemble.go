package staging

import (
	"errors"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// assembling is one pass that turns what was given into a snapshot. Links
// between tables are resolved by sorting them beside what they link to.
type assembling struct {
	*Assembly
	to        importer.SnapshotWriter
	resources []connector.Resource

	byMedia importer.Sorter // product and media item -> variant that shows it
	byItem  importer.Sorter // inventory item -> variant, whether it is tracked, SKU; whether it is sound
	bySKU   importer.Sorter // SKU -> variant
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
func (a *Assembly) write(to importer.SnapshotWriter, resources []connector.Resource) (off []unsettled, err error) {
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
func (w *assembling) asked(t *importer.Table) bool { return slices.Contains(w.resources, t.Resource) }

// keep writes a record unless it is part of one that the shop no longer has.
func (w *assembling) keep(t *importer.Table, f found) error {
	if w.wentAlong(t, f.record) {
		return nil
	}
	return w.to.Write(t, f.record)
}

// wentAlong reports whether a record is part of one that the shop no longer has.
func (w *assembling) wentAlong(t *importer.Table, r importer.Record) bool {
	if len(w.gone) == 0 {
		return false
	}
	for parent := range t.ParentsOf(r) {
		if w.gone[importer.ParentRef{Part: parent.Table, ID: r[parent.Column].Text()}] {
			return true
		}
	}
	return false
}

func (w *assembling) warn(code string, t *importer.Table, key, message, advice string) error {
	return w.to.Remark(t, importer.Remark{
		Code: code, Severity: importer.Warning, Resource: t.Name, ExternalID: importer.ShowKey(key), Message: message, Next: connector.Advice(advice),
	})
}

// replacedTexts passes on what was remarked when records of the table came in.
func (w *assembling) replacedTexts(t *importer.Table) error {
	for _, remark := range w.intakes[t].remarks {
		if err := w.to.Remark(t, remark); err != nil {
			return err
		}
	}
	return nil
}

// products writes the products and remarks on those in no category.
func (w *assembling) products() error {
	if !w.asked(importer.Products) {
		return nil
	}
	inCategories := w.newSorter()
	defer inCategories.Close()
	if w.asked(importer.Memberships) {
		for membership, err := range w.final(importer.Memberships) {
			if err == nil {
				err = inCategories.Put([]byte(membership.record[1].Text()), nil)
			}
			if err != nil {
				return err
			}
		}
	}
	if err := w.replacedTexts(importer.Products); err != nil {
		return err
	}
	return walk.Pair(w.final(importer.Products), group(inCategories.Sorted()), keyOfFound(importer.Products), keyOfGroup,
		func(_ string, product *found, categories *grouped) error {
			if product == nil {
				return nil // its membership is found to have no product
			}
			w.enter(importer.Products, *product)
			if categories == nil && w.asked(importer.Memberships) && !importer.Products.Unfits(product.record) {
				if err := w.warnNoCategory(product.record); err != nil {
					return err
				}
			}
			return w.keep(importer.Products, *product)
		})
}

func (w *assembling) warnNoCategory(product importer.Record) error {
	return w.warn(importer.WarnProductNoCategory, importer.Products, product[0].Text(), fmt.Sprintf("%q is in no category", product[importer.Products.Title].Text()),
		"put it into a collection in the shop if it is to be found by category")
}

// enter notes a record whose parts are counted, and how many it announces.
func (w *assembling) enter(t *importer.Table, parent found) {
	for _, parts := range w.roll.kinds[t] {
		w.roll.parent(parts, parent.record[0].Text(), parent.more[parts.Counted-1])
	}
}

// complete writes the tables whose records are complete as they were given.
func (w *assembling) complete() error {
	for _, t := range importer.Tables() {
		if t.Completed || !w.asked(t) {
			continue
		}
		if err := w.asGiven(t); err != nil {
			return err
		}
	}
	return nil
}

func (w *assembling) asGiven(t *importer.Table) error {
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
func (w *assembling) lookForParents(t *importer.Table, record importer.Record) {
	for i, parent := range t.Parents {
		switch {
		case i == 0 && t.Counted > 0:
			w.count(t, record[parent.Column].Text())
		case w.asked(parent.Table):
			for id := range t.ParentIDs(parent, record) {
				w.look(parent.Table, id)
			}
		}
	}
}

// warehouses are few; whether they are active is remembered for their stock.
func (w *assembling) warehouses() error {
	write := w.asked(importer.Warehouses)
	for warehouse, err := range w.final(importer.Warehouses) {
		if err != nil {
			return err
		}
		w.places[warehouse.record[0].Text()] = placeOf(warehouse.record)
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
	return w.replacedTexts(importer.Warehouses)
}

func placeOf(warehouse importer.Record) place {
	if importer.Warehouses.Unfits(warehouse) {
		return place{warehouse[0].Text(), true} // its levels are rejected with it
	}
	return place{warehouse[importer.WarehouseName].Text(), warehouse[importer.WarehouseActive].Text() == "true"}
}

func (w *assembling) warehouse(one found) error {
	r := one.record
	if r[importer.WarehouseActive].Text() != "true" && !importer.Warehouses.Unfits(r) {
		if err := w.warn(importer.WarnWarehouseInactive, importer.Warehouses, r[0].Text(), fmt.Sprintf("the location %q is deactivated in the shop", r[importer.WarehouseName].Text()),
			"nothing to do if it is closed; its stock is kept and marked inactive"); err != nil {
			return err
		}
	}
	return w.keep(importer.Warehouses, one)
}
