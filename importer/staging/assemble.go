package staging

import (
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// writeTables writes the snapshot table by table and returns the parents whose parts do not
// add up.
func (a *Assembly) writeTables(to importer.SnapshotWriter, resources []connector.Resource) (off []mismatch, err error) {
	if err := a.intakes.sortRest(); err != nil {
		return nil, err
	}
	w := &pass{
		to: to, resources: resources, intakes: a.intakes, rereads: a.rereads, nameless: a.nameless,
		census: &census{roll: newRoll(a.intakes.mostOf), intakes: a.intakes, rereads: a.rereads},
		links:  newLinks(a.intakes.newSorter), places: map[string]place{}, nowhere: map[string]bool{},
	}
	defer func() { err = errors.Join(err, w.links.close()) }()
	if err := doInTurn(w.makeTables, w.findUnshown); err != nil {
		return nil, err
	}
	a.unshown = w.unshown
	w.census.countNameless(a.nameless)
	return w.census.allMismatches()
}

// makeTables writes two tables at a time, because most machines have two cores to spare
// beside the compression. Stock and media need the links of variants; stock is about half
// of all data, so nothing delays it.
func (w *pass) makeTables() error {
	linked := make(chan error, 1)
	return doTogether(
		func() error {
			err := w.writeVariants()
			linked <- err
			if err != nil {
				return err
			}
			return doInTurn(w.writeWarehouses, w.writeStock)
		},
		func() error {
			if err := doInTurn(w.writeProducts, w.writeComplete); err != nil {
				return err
			}
			if err := <-linked; err != nil {
				return nil // the other function returns the error
			}
			return w.writeMedia()
		},
	)
}

func doInTurn(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func doTogether(steps ...func() error) error {
	var all errgroup.Group
	for _, step := range steps {
		all.Go(step)
	}
	return all.Wait()
}

// writeProducts writes the products and warns about those in no category.
func (w *pass) writeProducts() error {
	if !w.isAsked(importer.Products) {
		return nil
	}
	inCategories := w.intakes.newSorter()
	defer inCategories.Close()
	if w.isAsked(importer.Memberships) {
		for membership, err := range w.intakes.finalRecords(importer.Memberships) {
			if err == nil {
				err = inCategories.PutEntry([]byte(membership.record[1].Text()), nil)
			}
			if err != nil {
				return err
			}
		}
	}
	if err := w.replacedTexts(importer.Products); err != nil {
		return err
	}
	return walk.PairKeys(w.intakes.finalRecords(importer.Products), groupEntries(inCategories.SortedEntries()),
		keyOfFound(importer.Products), keyOfGroup,
		func(_ string, product *arrival, categories *group) error {
			if product == nil {
				return nil // the membership is reported as one without a product
			}
			w.enterParent(importer.Products, *product)
			if categories == nil && w.isAsked(importer.Memberships) && !importer.Products.IsUnfit(product.record) {
				if err := w.warnNoCategory(product.record); err != nil {
					return err
				}
			}
			return w.keepRecord(importer.Products, *product)
		})
}

func (w *pass) warnNoCategory(product importer.Record) error {
	return w.warn(importer.WarnProductNoCategory, importer.Products, product[0].Text(),
		fmt.Sprintf("%q is in no category", product[importer.Products.Title].Text()),
		"put it into a collection in the shop if it is to be found by category")
}

// enterParent enters a record whose parts are counted into the roll.
func (w *pass) enterParent(t *importer.Table, parent arrival) {
	for _, parts := range w.census.roll.kinds[t] {
		w.census.roll.enterParent(parts, parent.record[0].Text(), parent.more[parts.Counted-1])
	}
}

// writeComplete writes the tables whose records are complete as given.
func (w *pass) writeComplete() error {
	for _, t := range importer.Tables() {
		if t.Completed || !w.isAsked(t) {
			continue
		}
		if err := w.asGiven(t); err != nil {
			return err
		}
	}
	return nil
}

func (w *pass) asGiven(t *importer.Table) error {
	if err := w.replacedTexts(t); err != nil {
		return err
	}
	for one, err := range w.intakes.finalRecords(t) {
		if err != nil {
			return err
		}
		w.enterParent(t, one)
		w.lookForParents(t, one.record)
		if err := w.keepRecord(t, one); err != nil {
			return err
		}
	}
	return nil
}

// lookForParents counts a record for its owner and checks that the other parents to which
// it refers were given.
func (w *pass) lookForParents(t *importer.Table, record importer.Record) {
	for i, parent := range t.Parents {
		switch {
		case i == 0 && t.Counted > 0:
			w.census.countPart(t, record[parent.Column].Text())
		case w.isAsked(parent.Table):
			for id := range t.ParentIDs(parent, record) {
				w.census.lookFor(parent.Table, id)
			}
		}
	}
}

// writeWarehouses writes the warehouses and remembers whether they are active, for their
// stock.
func (w *pass) writeWarehouses() error {
	write := w.isAsked(importer.Warehouses)
	for warehouse, err := range w.intakes.finalRecords(importer.Warehouses) {
		if err != nil {
			return err
		}
		w.places[warehouse.record[0].Text()] = placeOf(warehouse.record)
		if !write {
			continue
		}
		if err := w.writeWarehouse(warehouse); err != nil {
			return err
		}
	}
	if !write {
		return nil
	}
	return w.replacedTexts(importer.Warehouses)
}

func placeOf(warehouse importer.Record) place {
	if importer.Warehouses.IsUnfit(warehouse) {
		return place{warehouse[0].Text(), true} // its levels are rejected anyway
	}
	return place{warehouse[importer.WarehouseName].Text(), warehouse[importer.WarehouseActive].Text() == "true"}
}

func (w *pass) writeWarehouse(one arrival) error {
	r := one.record
	if r[importer.WarehouseActive].Text() != "true" && !importer.Warehouses.IsUnfit(r) {
		if err := w.warn(importer.WarnWarehouseInactive, importer.Warehouses, r[0].Text(),
			fmt.Sprintf("the location %q is deactivated in the shop", r[importer.WarehouseName].Text()),
			"nothing to do if it is closed; its stock is kept and marked inactive"); err != nil {
			return err
		}
	}
	return w.keepRecord(importer.Warehouses, one)
}
