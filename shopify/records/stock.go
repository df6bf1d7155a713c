package records

import (
	"fmt"

	"github.com/eshopos/eshopctl/importer"
)

// Item holds the fields of an inventory item that the documents ask for.
type Item struct {
	Fitness
	ID              string `must:"be"`
	InventoryLevels Page[Level]
}

// Level is what an inventory item has at a location.
type Level struct {
	Fitness
	IsActive   bool       `must:"be"`
	Location   Reference  `must:"be"`
	Quantities []Quantity `must:"be"`
}

// Quantity is one of the quantities of a level.
type Quantity struct {
	Name     string `must:"be"`
	Quantity int64  `must:"be"`
}

// ForImport returns the level of an item as an import has it. It fails when a quantity comes
// twice.
func (l *Level) ForImport(item string) (importer.Level, error) {
	level := importer.Level{InventoryItemID: item, WarehouseID: l.Location.ID, Active: l.IsActive}
	for _, q := range l.Quantities {
		to := quantityOf(&level, q.Name)
		if to == nil {
			continue
		}
		if to.Known {
			return level, fmt.Errorf("the quantity %s comes twice", q.Name)
		}
		*to = importer.Units(q.Quantity)
	}
	return level, nil
}

// quantityOf returns the quantity of a level that has this name, nil for names that no column
// holds (https://shopify.dev/docs/apps/build/orders-fulfillment/inventory-management-apps).
func quantityOf(level *importer.Level, name string) *importer.Quantity {
	switch name {
	case "available":
		return &level.Available
	case "on_hand":
		return &level.OnHand
	case "committed":
		return &level.Committed
	case "incoming":
		return &level.Incoming
	}
	return nil
}
