package checking

import (
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// totals count what each side has.
type totals struct {
	sides map[string]importer.Sides
	stock bool // stock was read, so that units are counted
	units map[string]*importer.WarehouseUnits
}

func newTotals(stock bool) *totals {
	return &totals{sides: map[string]importer.Sides{}, stock: stock, units: map[string]*importer.WarehouseUnits{}}
}

// changeSides changes the counts of one table.
func (s *totals) changeSides(t *importer.Table, by func(*importer.Sides)) {
	sides := s.sides[t.Name]
	by(&sides)
	s.sides[t.Name] = sides
}

// inOrder returns the units of all locations in id order.
func (s *totals) inOrder() []importer.WarehouseUnits {
	all := []importer.WarehouseUnits{}
	for _, id := range slices.Sorted(maps.Keys(s.units)) {
		all = append(all, *s.units[id])
	}
	return all
}

// addKey adds a key to both sides. known says that the shop's number of units is known.
func (s *totals) addKey(t *importer.Table, now walk.Couple[importer.Record, importer.Row], known bool) {
	sides := s.sides[t.Name]
	if now.Left != nil {
		sides.Shop++
		if known {
			s.addUnits(t, *now.Left, func(u *importer.WarehouseUnits) (*int64, *int) { return &u.Shop, &u.ShopUnknown })
		}
	}
	if now.Right != nil {
		sides.Store++
		if known || t != importer.Stock {
			s.addUnits(t, now.Right.Record, func(u *importer.WarehouseUnits) (*int64, *int) { return &u.Store, &u.StoreUnknown })
		}
	}
	s.sides[t.Name] = sides
}

// addUnits adds a level to the units of its location.
func (s *totals) addUnits(t *importer.Table, record importer.Record, side func(*importer.WarehouseUnits) (*int64, *int)) {
	id := record[0].Text()
	if t == importer.Stock {
		id = record[importer.StockWarehouse].Text()
	}
	if t != importer.Warehouses && t != importer.Stock || !s.stock {
		return
	}
	units := s.units[id]
	if units == nil {
		units = &importer.WarehouseUnits{ExternalID: id}
		s.units[id] = units
	}
	if t == importer.Warehouses {
		units.Name = record[importer.WarehouseName].Text()
		return
	}
	available, unknown := side(units)
	switch {
	case !record[importer.StockTracked].Is(true):
	case record[importer.StockAvailable].Present():
		*available += record[importer.StockAvailable].Int()
	default:
		*unknown++
	}
}
