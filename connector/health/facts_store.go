package health

import "github.com/eshopos/eshopctl/connector"

// Key is whether the stored secrets can be opened.
type Key struct {
	Fault *connector.Fault // nil when they can
}

// Contents are what the state file holds of a store.
type Contents struct {
	Former     []string // domains of other shops whose products are not missing yet
	AtWork     string   // who holds the store, "" for nobody
	Products   int
	Levels     int
	Untracked  int            // variants
	Edited     map[string]int // records changed here since the last import, by table
	Warehouses []Warehouse
	Free       []Location // that no warehouse stands for, of the last read
}

// Location is a place of the shop.
type Location struct{ ID, Name string }

// Warehouse is a warehouse of the store.
type Warehouse struct {
	ID, Name   string
	LocationID string // "" when it stands for none
	StoodFor   string // the location that it stood for before that, "" if none is known
	Double     string // the warehouse that stands for that location now, "" for none
	Newer      bool   // it was made after its double
}

// SKU is what was found when the stock of one SKU was followed from the shop to the
// store's rows.
type SKU struct {
	Name  string
	Seen  bool   // the shop could be asked
	Stops []Stop // in the order of the gates
}

// Stop is a gate that the stock did not pass.
type Stop struct {
	Where string // the location, "" for all of them
	Text  string
	Whose Side
}

// Side says who is to change something about a stop.
type Side int

// The sides.
const (
	Ours   Side = iota // the store does not hold what the shop has
	Shops              // the shop has it so
	Behind             // the shop changed since the last import
)
