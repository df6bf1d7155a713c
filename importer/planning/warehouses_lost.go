package planning

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// unmatched decides about a location that has no mapping, and no warehouse of its
// name. One that was imported before lost its mapping: to make a warehouse for it
// would double the one that stood for it.
func (p *planning) unmatched(m walk.Versions) error {
	stood, err := p.Catalog.StoodFor(p.ctx, m.Key)
	if err != nil {
		return err
	}
	idle := slices.Concat(p.warehouses.idle, former(p.warehouses.unseen, stood))
	name := m.Fresh[importer.WarehouseName].Text()
	switch before := m.Imported != nil || len(stood) > 0; {
	case before && len(idle) > 0:
		return p.rejectLost(m, name, idle, stood)
	case before:
		err = p.warn(importer.WarnWarehouseUnlinked, importer.Warehouses, m.Key, "",
			fmt.Sprintf("%q was imported before, but the warehouse that stood for it is not there any more: it gets a new one", name),
			connector.Advice("nothing to do if the warehouse was taken away on purpose"))
	case len(idle) > 0:
		err = p.warn(importer.WarnWarehouseUnlinked, importer.Warehouses, m.Key, "",
			fmt.Sprintf("%q gets a new warehouse, while these stand for no location: %s", name, namesOf(idle)),
			p.link(true, idle[0].LocalID, m.Key).After("if it is one of them: "))
	}
	if err != nil {
		return err
	}
	return p.create(importer.Warehouses, m.Key)
}

// rejectLost keeps out a location whose warehouse is one of the idle ones.
func (p *planning) rejectLost(m walk.Versions, name string, idle []importer.Row, stood []string) error {
	why := fmt.Sprintf("%q was imported before and lost its warehouse; these stand for no location: %s", name, namesOf(idle))
	if known := former(idle, stood); len(known) > 0 {
		return p.rejectLocation(m, why+"; it was "+known[0].LocalID, known[0])
	}
	link := idle[p.warehouses.named%len(idle)]
	p.warehouses.named++
	return p.rejectLocation(m, why, link)
}

// former are those of the warehouses that once stood for a location, given by their
// ids with the newest first, in that order.
func former(warehouses []importer.Row, stood []string) (found []importer.Row) {
	for _, id := range stood {
		if at := slices.IndexFunc(warehouses, func(r importer.Row) bool { return r.LocalID == id }); at >= 0 {
			found = append(found, warehouses[at])
		}
	}
	return found
}

// warehousesNamed is how many warehouses a remark names.
const warehousesNamed = 5

// namesOf names warehouses by their ids and names.
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
