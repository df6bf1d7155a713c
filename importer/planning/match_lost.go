package planning

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// matchOf returns what becomes of a location without a warehouse.
func (w *matcher) matchOf(m walk.Versions) (match, error) {
	if found := w.found[m.Key]; found.adopt != nil || found.ambiguous != "" {
		return found, nil
	}
	return w.unmatchedLocation(m)
}

// unmatchedLocation decides about a location without a warehouse for which there is none of
// its name. If it was imported before it lost its warehouse: a new one would double that.
func (w *matcher) unmatchedLocation(m walk.Versions) (match, error) {
	stood, err := w.catalog.StoodFor(w.ctx, m.Key)
	if err != nil {
		return match{}, err
	}
	idle := slices.Concat(w.idle, formerOf(w.unseen, stood))
	name := m.Fresh[importer.WarehouseName].Text()
	switch before := m.Imported != nil || len(stood) > 0; {
	case before && len(idle) > 0:
		return w.lostLocation(name, idle, stood), nil
	case before:
		err = w.book.warn(importer.WarnWarehouseUnlinked, importer.Warehouses, m.Key, "",
			fmt.Sprintf("%q was imported before, but the warehouse that stood for it is not there any more: it gets a new one", name),
			connector.Advice("nothing to do if the warehouse was taken away on purpose"))
	case len(idle) > 0:
		err = w.book.warn(importer.WarnWarehouseUnlinked, importer.Warehouses, m.Key, "",
			fmt.Sprintf("%q gets a new warehouse, while these stand for no location: %s", name, namesOf(idle)),
			w.linkCommand(true, idle[0].LocalID, m.Key).After("if it is one of them: "))
	}
	return match{}, err
}

// lostLocation rejects a location whose warehouse is one of the idle ones.
func (w *matcher) lostLocation(name string, idle []importer.Row, stood []string) match {
	why := fmt.Sprintf("%q was imported before and lost its warehouse; these stand for no location: %s", name, namesOf(idle))
	if known := formerOf(idle, stood); len(known) > 0 {
		return match{ambiguous: why + "; it was " + known[0].LocalID, link: known[0]}
	}
	link := idle[w.named%len(idle)]
	w.named++
	return match{ambiguous: why, link: link}
}

// formerOf returns those of the warehouses that were linked to a location. stood has their
// ids, newest first, and decides the order.
func formerOf(warehouses []importer.Row, stood []string) (found []importer.Row) {
	for _, id := range stood {
		if at := slices.IndexFunc(warehouses, func(r importer.Row) bool { return r.LocalID == id }); at >= 0 {
			found = append(found, warehouses[at])
		}
	}
	return found
}

// warehousesNamed is how many warehouses a remark lists at most.
const warehousesNamed = 5

// namesOf lists warehouses by id and name.
func namesOf(warehouses []importer.Row) string {
	var names []string
	for _, row := range warehouses[:min(len(warehouses), warehousesNamed)] {
		names = append(names, fmt.Sprintf("%s (%q)", row.LocalID, nameOf(row)))
	}
	text := strings.Join(names, ", ")
	if more := len(warehouses) - len(names); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
