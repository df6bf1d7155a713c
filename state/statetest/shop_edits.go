package statetest

import (
	"fmt"
	"maps"

	"github.com/eshopos/eshopctl/importer"
)

func (s *Shelf) VariantsOf(product string) (ids []string) {
	for id, v := range s.Variants {
		if v.ProductID == product {
			ids = append(ids, id)
		}
	}
	return ids
}

// DropProduct takes a product with all its parts out of the shop.
func (s *Shelf) DropProduct(id string) {
	delete(s.Products, id)
	delete(s.Memberships, id)
	delete(s.Media, "m"+id)
	for _, v := range s.VariantsOf(id) {
		item := s.Variants[v].InventoryItemID
		delete(s.Variants, v)
		s.DropItem(item)
	}
}

func (s *Shelf) RenameLocation(location, name string) {
	w := s.Warehouses[location]
	w.Name = name
	s.Warehouses[location] = w
}

// RemoveLocation takes a location and its levels out of the shop.
func (s *Shelf) RemoveLocation(location string) {
	delete(s.Warehouses, location)
	maps.DeleteFunc(s.Levels, func(_ string, l importer.Level) bool { return l.WarehouseID == location })
}

func (s *Shelf) RemoveProduct(id string) {
	for _, variant := range s.VariantsOf(id) {
		item := s.Variants[variant].InventoryItemID
		delete(s.Variants, variant)
		s.DropItem(item)
	}
	maps.DeleteFunc(s.Media, func(_ string, m importer.MediaItem) bool { return m.ProductID == id })
	delete(s.Memberships, id)
	delete(s.Products, id)
}

// RemoveVariant takes a variant away with its levels.
func (s *Shelf) RemoveVariant(id string) (levels int) {
	item := s.Variants[id].InventoryItemID
	delete(s.Variants, id)
	had := len(s.Levels)
	maps.DeleteFunc(s.Levels, func(_ string, l importer.Level) bool { return l.InventoryItemID == item })
	return had - len(s.Levels)
}

// What a Shop may do with inventory items and places.

// ShareItem gives a variant the item of another.
func (s *Shelf) ShareItem(owner, sharer string) {
	first, other := s.Variants[owner], s.Variants[sharer]
	if owner == "" || sharer == "" || first.InventoryItemID == other.InventoryItemID {
		return
	}
	left := other.InventoryItemID
	other.InventoryItemID, other.Tracked = first.InventoryItemID, first.Tracked
	s.Variants[sharer] = other
	s.DropItem(left)
}

// OwnItem gives a variant an item of its own, stocked everywhere.
func (s *Shelf) OwnItem(id string, number int) {
	if id == "" {
		return
	}
	variant := s.Variants[id]
	left := variant.InventoryItemID
	variant.InventoryItemID = fmt.Sprintf("gid://shopify/InventoryItem/own-%d", number)
	s.Variants[id] = variant
	s.DropItem(left)
	for place := range s.Warehouses {
		s.Levels[variant.InventoryItemID+place] = importer.Level{InventoryItemID: variant.InventoryItemID, WarehouseID: place, Active: true, Available: importer.Units(3)}
	}
}

// LeaveItem deletes a variant and leaves its item and its levels.
func (s *Shelf) LeaveItem(id string) { delete(s.Variants, id) }

// DropItem deletes an item with its levels, unless a variant has it.
func (s *Shelf) DropItem(item string) {
	if s.ShowsItem(item) {
		return
	}
	maps.DeleteFunc(s.Levels, func(_ string, l importer.Level) bool { return l.InventoryItemID == item })
}

// ShowsItem reports whether a variant has the item.
func (s *Shelf) ShowsItem(item string) bool {
	for _, v := range s.Variants {
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
