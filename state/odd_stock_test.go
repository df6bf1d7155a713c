package state

import (
	"fmt"
	"maps"

	"github.com/eshopos/eshopctl/importer"
)

// What a shelf may do with inventory items and places.

// shareItem gives a variant the item of another.
func (s *shelf) shareItem(owner, sharer string) {
	first, other := s.variants[owner], s.variants[sharer]
	if owner == "" || sharer == "" || first.InventoryItemID == other.InventoryItemID {
		return
	}
	left := other.InventoryItemID
	other.InventoryItemID, other.Tracked = first.InventoryItemID, first.Tracked
	s.variants[sharer] = other
	s.dropItem(left)
}

// ownItem gives a variant an item of its own, stocked everywhere.
func (s *shelf) ownItem(id string, number int) {
	if id == "" {
		return
	}
	variant := s.variants[id]
	left := variant.InventoryItemID
	variant.InventoryItemID = fmt.Sprintf("gid://shopify/InventoryItem/own-%d", number)
	s.variants[id] = variant
	s.dropItem(left)
	for place := range s.warehouses {
		s.levels[variant.InventoryItemID+place] = importer.Level{InventoryItemID: variant.InventoryItemID, WarehouseID: place, Active: true, Available: importer.Units(3)}
	}
}

// leaveItem deletes a variant and leaves its item and its levels.
func (s *shelf) leaveItem(id string) { delete(s.variants, id) }

// dropItem deletes an item with its levels, unless a variant has it.
func (s *shelf) dropItem(item string) {
	if s.shows(item) {
		return
	}
	maps.DeleteFunc(s.levels, func(_ string, l importer.Level) bool { return l.InventoryItemID == item })
}

// shows reports whether a variant has the item.
func (s *shelf) shows(item string) bool {
	for _, v := range s.variants {
		if v.InventoryItemID == item {
			return true
		}
	}
	return false
}

// A place that is not in the list of places may answer by its id, or not.
const (
	listed = iota
	byID
	lost
)

// unlisted gives the places that are asked for by their ids.
func (s *shelf) unlisted(to importer.Intake) error {
	for _, lacking := range to.Lacking(importer.Warehouses) {
		if place, is := s.warehouses[lacking.ID]; is && s.hidden[lacking.ID] == byID {
			if err := to.Warehouse(place); err != nil {
				return err
			}
		}
	}
	return nil
}
