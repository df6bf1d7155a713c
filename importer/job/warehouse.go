package job

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Mapping is which warehouse stands for which location of the shop. Who changes it holds
// the store's lock.
type Mapping interface {
	// LinkWarehouse links a warehouse, given by its id or exact name, to a location. Links
	// that are in the way are removed if move is set.
	LinkWarehouse(ctx context.Context, c connector.Connector, warehouse, location string, move bool) (LinkResult, error)
	// LinkNewWarehouse makes a warehouse from what the shop showed of a location, and links
	// it.
	LinkNewWarehouse(ctx context.Context, c connector.Connector, shown importer.Record, move bool) (LinkResult, error)
	// UnlinkWarehouse removes the link of a warehouse and returns the warehouse as it was.
	UnlinkWarehouse(ctx context.Context, store, warehouse string) (Warehouse, error)
	// PlanMerge returns what a merge of two warehouses would do.
	PlanMerge(ctx context.Context, c connector.Connector, from, into string) (MergePlan, error)
	// MergeWarehouses does what PlanMerge returned, if the two are still as they were.
	MergeWarehouses(ctx context.Context, c connector.Connector, planned MergePlan) error
}

// The errors of a Mapping.
var (
	ErrNoWarehouse   = errors.New("no such warehouse")
	ErrTwoWarehouses = errors.New("more than one warehouse has that name; use its id")
	ErrLinked        = errors.New("already linked")
	ErrUnlinked      = errors.New("it stands for no location")
	ErrSameWarehouse = errors.New("that is one warehouse")
	ErrTwoPlaces     = errors.New("the shop has both locations, so these are two places")
	ErrMergeChanged  = errors.New("somebody changed one of the two meanwhile")
)

// Warehouse is a warehouse of a store, as it is named and linked.
type Warehouse struct {
	ID           string
	Name         string
	Active       bool
	Address      string // JSON, "" for none
	ExternalID   string // of the location that it is linked to, "" for none
	MissingSince string // "" while the shop shows the location

	Row     int64 // the number of its row
	Account int64 // the number of the location's account, 0 for none
}

// Place returns where its stock lies.
func (w Warehouse) Place() importer.Place {
	return importer.Place{Account: w.Account, Location: w.ExternalID}
}

// IsNewerThan reports whether a warehouse was made after another one.
func (w Warehouse) IsNewerThan(other Warehouse) bool { return w.Row > other.Row }

// UnlinkedWarehouse is a warehouse without a location, with what is known about the
// location that it belongs to.
type UnlinkedWarehouse struct {
	Warehouse
	Location string     // to which it was linked last, or that a swap left over; "" if the connected shop has none
	Double   *Warehouse // the warehouse that is linked to that location now, nil for none
}

// WarehouseStock is how much stock a warehouse holds.
type WarehouseStock struct {
	Levels int // number of levels, tracked or not
	Units  int // available units of tracked levels
	// Unknown is the number of tracked levels for which the shop gives no number.
	Unknown int
}

// LinkResult says what a link by hand did.
type LinkResult struct {
	Warehouse Warehouse  // as it is now
	Left      string     // the location to which it was linked before, "" for none
	From      *Warehouse // the warehouse that was linked to the location before, nil for none
	Levels    int        // number of stock levels at the location
	Already   bool       // the link was there already
}

// MergePlan is what merging a warehouse into another one means: one row stays, with what
// the shop says of the location that it is linked to.
type MergePlan struct {
	From, Into Warehouse
	Location   string         // to which Into is linked then, "" for none
	Taken      bool           // Location, name, address and state come from From
	Dropped    string         // a location that no warehouse is linked to any more, "" for none
	Stock      WarehouseStock // at Location
	Lost       WarehouseStock // at Dropped, which is removed
}
