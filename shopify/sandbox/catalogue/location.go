package catalogue

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

type Location struct {
	ID                   int64
	Name                 string
	Active               bool
	Unlisted, Lost       bool // not in the list; not by its id either
	DeactivatedAt        *Moment
	Service              *FulfillmentService
	ShipsInventory       bool
	Address              Address
	CreatedAt, UpdatedAt Moment
	Levels               []*Level
}

// Address is where a location is; any part may be missing.
type Address struct {
	Address1, Address2, City, Province, ProvinceCode, Zip, Country, CountryCode, Phone *string

	Latitude, Longitude *float64
}

// FulfillmentService is the company that runs a location for the merchant.
type FulfillmentService struct {
	ID           int64
	Name, Handle string
	Location     *Location
}

func (l *Location) Number() int64 { return l.ID }

func (l *Location) GID() string { return gid.Format("Location", l.ID) }

func (l *Location) Kind() string { return "Location" }

func (a *Address) Kind() string { return "LocationAddress" }

func (s *FulfillmentService) Kind() string { return "FulfillmentService" }

func (l *Location) HasActiveInventory() bool {
	for _, level := range l.Levels {
		if level.Active && level.Numbers[OnHand] != 0 {
			return true
		}
	}
	return false
}

func ByLocationID(l *Location) order.Key { return order.Key{ID: l.ID} }

func ByLocationName(l *Location) order.Key { return order.Key{ID: l.ID, Value: l.Name} }
