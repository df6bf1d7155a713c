package job

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Mapping says which warehouse stands for which location of the shop. Whoever changes it
// holds the store's lock.
type Mapping interface {
	// LinkWarehouse maps a warehouse, named by its id or its exact name, to a location.
	// Mappings that are in the way are taken away if move says so.
	LinkWarehouse(ctx context.Context, c connector.Connector, warehouse, location string, move bool) (LinkResult, error)
	// LinkNewWarehouse makes a warehouse of what the shop showed of a location, and maps
	// it.
	LinkNewWarehouse(ctx context.Context, c connector.Connector, shown importer.Record, move bool) (LinkResult, error)
	// UnlinkWarehouse takes a warehouse's mapping away and returns it as it was.
	UnlinkWarehouse(ctx context.Context, store, warehouse string) (Warehouse, error)
	// PlanMerge says what a merge of two warehouses would do.
	PlanMerge(ctx context.Context, c connector.Connector, from, into string) (MergePlan, error)
	// MergeWarehouses does what was planned, if the two are still as they were.
	MergeWarehouses(ctx context.Context, c connector.Connector, planned MergePlan) error
}

// Errors of a Mapping: of naming a warehouse, of linking what is linked and unlinking
// what is not, and of two that cannot be merged.
var (
	ErrNoWarehouse   = errors.New("no such warehouse")
	ErrTwoWarehouses = errors.New("more than one warehouse has that name; use its id")
	ErrLinked        = errors.New("already linked")
	ErrUnlinked      = errors.New("it stands for no location")
	ErrSameWarehouse = errors.New("that is one warehouse")
	ErrTwoPlaces     = errors.New("the shop has both locations, so these are two places")
	ErrMergeChanged  = errors.New("somebody changed one of the two meanwhile")
)

// Warehouse is a warehouse of a store as it is named and mapped.
type Warehouse struct {
	ID           string
	Name         string
	Active       bool
	Address      string // JSON, "" for none
	ExternalID   string // of the location that it stands for, "" for none
	MissingSince string // "" while the shop shows the location

	Row     int64 // the state's own number for it
	Account int64 // and for the account of the location, 0 for none
}

// Place is where its stock lies.
func (w Warehouse) Place() importer.Place {
	return importer.Place{Account: w.Account, Location: w.ExternalID}
}

// IsNewerThan reports whether a warehouse was made after another one.
func (w Warehouse) IsNewerThan(other Warehouse) bool { return w.Row > other.Row }

// UnlinkedWarehouse is a warehouse that stands for no location, with what is known
// about the location that it belongs to.
type UnlinkedWarehouse struct {
	Warehouse
	Location string     // that it stood for last, or that a swap left over; "" if there is none of the connected shop
	Double   *Warehouse // what stands for that location now, nil for none
}

// WarehouseStock is how much stock a warehouse holds.
type WarehouseStock struct {
	Levels int // stored, tracked or not
	Units  int // available, of tracked levels
	// Unknown are the tracked levels of which the shop gives no number.
	Unknown int
}

// LinkResult tells what a link by hand did.
type LinkResult struct {
	Warehouse Warehouse  // as it is now
	Left      string     // the location that it stood for until then, "" for none
	From      *Warehouse // what stood for its location until then, nil for none
	Levels    int        // of the location, which go along
	Already   bool       // nothing was to be done
}

// MergePlan is what it means to merge a warehouse into another one: one row stays, with
// what the shop says of the location that it stands for.
type MergePlan struct {
	From, Into Warehouse
	Location   string         // that Into stands for then, "" for none
	Taken      bool           // it comes from From, and so do name, address and state
	Dropped    string         // a location that neither stands for any more, "" for none
	Stock      WarehouseStock // at Location
	Lost       WarehouseStock // at Dropped, which goes with it
}
