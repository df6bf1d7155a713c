package catalogue

import (
	"sync"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
)

// Shop is all that one shop has. Callers must hold its mutex to read or change it. The lists are in the order of
// their ids.
type Shop struct {
	sync.RWMutex

	Domain    string
	Identity  ShopIdentity
	CreatedAt Moment
	Clock     func() time.Time
	ids       idRanges

	Products    []*Product
	Variants    []*Variant
	Items       []*Item
	Locations   []*Location
	Collections []*Collection
	Handles     map[string]*Product
}

// ShopIdentity is what a shop says about itself.
type ShopIdentity struct {
	Name, Email, Currency, Timezone string
	WeightUnit, UnitSystem          string
	Plan                            string
	Plus, Development               bool
	TaxesIncluded                   bool
	LocationLimit                   int
}

// New returns an empty shop at the given myshopify.com domain.
func New(domain, name, currency string) *Shop {
	return &Shop{
		Domain: domain, CreatedAt: MomentOf(openingDay()), Clock: openingDay,
		ids: idRanges{ShopNumber(domain), map[string]int64{}}, Handles: map[string]*Product{},
		Identity: ShopIdentity{
			Name: name, Email: "owner@example.com", Currency: currency, Timezone: "Europe/London",
			WeightUnit: "KILOGRAMS", UnitSystem: "METRIC_SYSTEM", Plan: "Basic", LocationLimit: 10,
		},
	}
}

// openingDay is when every sandbox shop was created. All that is built before the server starts has this date, so
// that a shop is the same on every run.
func openingDay() time.Time { return time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC) }

// GlobalID is the shop's global id. It never changes.
func (s *Shop) GlobalID() string { return gid.FormatID("Shop", s.IDNumber()) }

// IDNumber is the number of the global id.
func (s *Shop) IDNumber() int64 { return s.ids.shop }

// TypeName is the name of the GraphQL type.
func (s *Shop) TypeName() string { return "Shop" }

// NextID hands out the number of a new id, in the range of its kind.
func (s *Shop) NextID(kind string) int64 { return s.ids.nextID(kind) }

// Now is the time by the shop's clock.
func (s *Shop) Now() Moment { return MomentOf(s.Clock()) }
