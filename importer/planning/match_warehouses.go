package planning

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// match says what becomes of a location without a warehouse. The zero match means that it
// gets a new one.
type match struct {
	adopt     *importer.Row // the warehouse that it gets
	ambiguous string        // the reason to reject it instead
	link      importer.Row  // the warehouse to suggest for a link by hand, if there is one
}

// matcher finds warehouses for locations that have none.
type matcher struct {
	ctx      context.Context
	catalog  importer.CatalogReader
	snapshot importer.Snapshot
	book     *book

	found  map[string]match  // by location
	idle   []importer.Row    // warehouses without a location that none adopts
	unseen []importer.Row    // warehouses whose location the shop does not show
	named  int               // how many idle warehouses were suggested so far
	places map[string]string // names of warehouses, by location
}

func newMatcher(ctx context.Context, catalog importer.CatalogReader, snapshot importer.Snapshot, book *book) *matcher {
	return &matcher{ctx: ctx, catalog: catalog, snapshot: snapshot, book: book, places: map[string]string{}}
}

// matchWarehouses matches locations without a warehouse with warehouses without a location.
// A stored link always wins. Else only equal names count, and only if there is one way to
// pair them.
func (w *matcher) matchWarehouses() error {
	var unlinked []importer.Row
	candidates := map[string][]importer.Row{}
	for row, err := range w.catalog.UnlinkedRows(w.ctx, importer.Warehouses) {
		if err != nil {
			return err
		}
		unlinked = append(unlinked, row)
		name := nameOf(row)
		candidates[name] = append(candidates[name], row)
	}
	named, unmapped, err := w.locationsByName()
	if err != nil {
		return err
	}
	w.found = map[string]match{}
	for name, locations := range unmapped {
		for i, id := range locations {
			m := pairByName(name, locations, candidates[name])
			if m.ambiguous != "" {
				if m.link, err = w.likeliestWarehouse(id, i, candidates[name]); err != nil {
					return err
				}
			}
			w.found[id] = m
		}
	}
	for _, row := range unlinked {
		if !row.Foreign && !w.isAdopted(importer.Warehouses, row) {
			w.idle = append(w.idle, row)
		}
	}
	return w.remarkNames(named)
}

// nameOf returns the name of a warehouse without surrounding spaces, which nobody means.
func nameOf(r importer.Row) string { return strings.TrimSpace(r.Record[importer.WarehouseName].Text()) }

func pairByName(name string, locations []string, candidates []importer.Row) match {
	switch {
	case len(candidates) == 0:
		return match{}
	case len(candidates) == 1 && len(locations) == 1:
		return match{adopt: &candidates[0]}
	default:
		return match{ambiguous: fmt.Sprintf("%s (%s) and %s are named %q, so it is not clear which belongs to which",
			unlinkedWords(len(candidates), "warehouse"), idsOf(candidates), unlinkedWords(len(locations), "location"), name)}
	}
}

func unlinkedWords(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d unlinked %s", n, what)
}

func idsOf(rows []importer.Row) string {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.LocalID
	}
	return strings.Join(ids, ", ")
}

// locationsByName returns the ids of the snapshot's locations by name: of all locations,
// and of those without a warehouse, each in id order.
func (w *matcher) locationsByName() (named, unmapped map[string][]string, err error) {
	named, unmapped = map[string][]string{}, map[string][]string{}
	err = walk.PairKeys(importer.RecordsOf(w.snapshot, importer.Warehouses), w.catalog.Rows(w.ctx, importer.Warehouses),
		importer.Warehouses.Key, func(r importer.Row) string { return r.Key },
		func(key string, location *importer.Record, row *importer.Row) error {
			switch {
			case location == nil:
				w.unseen = append(w.unseen, *row)
				return nil
			case importer.Warehouses.IsUnfit(*location):
				return nil // rejected, whatever it is called
			}
			name := strings.TrimSpace((*location)[importer.WarehouseName].Text())
			named[name] = append(named[name], key)
			if row == nil {
				unmapped[name] = append(unmapped[name], key)
			}
			return nil
		})
	return named, unmapped, err
}

func (w *matcher) remarkNames(named map[string][]string) error {
	for location, err := range importer.RecordsOf(w.snapshot, importer.Warehouses) {
		if err != nil {
			return err
		}
		id, name := location[0].Text(), strings.TrimSpace(location[importer.WarehouseName].Text())
		if len(named[name]) < 2 || w.found[id].ambiguous != "" {
			continue
		}
		if err := w.book.warn(importer.WarnWarehouseNameTwice, importer.Warehouses, id, "",
			fmt.Sprintf("%d locations of the shop are named %q; each has its own warehouse", len(named[name]), name),
			connector.Advice("give them different names in the shop so that people can tell them apart")); err != nil {
			return err
		}
	}
	return nil
}

// linkTo returns the command that links a warehouse to a location.
func (w *matcher) linkTo(warehouse importer.Row, location string) connector.Command {
	return w.linkCommand(warehouse.Key != "", warehouse.LocalID, location)
}

// linkNew returns the command that makes a new warehouse for a location.
func (w *matcher) linkNew(location string) connector.Command {
	return w.linkCommand(true, "--new", location)
}

func (w *matcher) linkCommand(move bool, words ...string) connector.Command {
	if move {
		words = append(words, "--move")
	}
	return connector.Typed("warehouses link", words...).For(w.book.plan.Store)
}

// likeliestWarehouse returns the candidate that most likely belongs to a location: one that
// was linked to it, else the i-th for the i-th location of that name.
func (w *matcher) likeliestWarehouse(location string, i int, candidates []importer.Row) (importer.Row, error) {
	ids, err := w.catalog.StoodFor(w.ctx, location)
	if err != nil {
		return importer.Row{}, err
	}
	for _, id := range ids {
		if at := slices.IndexFunc(candidates, func(r importer.Row) bool { return r.LocalID == id }); at >= 0 {
			return candidates[at], nil
		}
	}
	if i < len(candidates) {
		return candidates[i], nil
	}
	return importer.Row{}, nil
}

// isAdopted reports whether a location adopts the warehouse.
func (w *matcher) isAdopted(t *importer.Table, row importer.Row) bool {
	if t != importer.Warehouses {
		return false
	}
	for _, m := range w.found {
		if m.adopt != nil && m.adopt.LocalID == row.LocalID {
			return true
		}
	}
	return false
}
