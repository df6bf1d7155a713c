package sandbox

import (
	"slices"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// Shop is one simulated shop: its catalogue and stock, and how it treats the app. Its methods are safe for
// use from several goroutines, also while a server answers from it.
type Shop struct {
	mu sync.RWMutex

	id        int64
	domain    string
	identity  ShopIdentity
	createdAt moment
	clock     func() time.Time
	lastIDs   map[string]int64

	// These lists are kept in the order of their ids.
	products    []*product
	variants    []*variant
	items       []*inventoryItem
	locations   []*location
	collections []*collection
	handles     map[string]*product

	onceStock  []func() // edits
	askedStock atomic.Bool

	account account
	bulk    bulkDesk
	odd     oddities
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

// NewShop returns an empty shop at the given myshopify.com domain.
func NewShop(domain, name, currency string) *Shop {
	s := &Shop{
		id: shopNumber(domain), domain: domain, clock: openingDay, lastIDs: map[string]int64{}, handles: map[string]*product{},
		identity: ShopIdentity{
			Name: name, Email: "owner@example.com", Currency: currency, Timezone: "Europe/London",
			WeightUnit: "KILOGRAMS", UnitSystem: "METRIC_SYSTEM", Plan: "Basic", LocationLimit: 10,
		},
	}
	s.createdAt = momentOf(openingDay())
	s.account.shop = s
	return s
}

// openingDay is when every sandbox shop was created; what is built before the server starts bears this date,
// so that the same shop is the same on every run.
func openingDay() time.Time { return time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC) }

// shopNumber derives the shop's immutable id from its domain.
func shopNumber(domain string) int64 {
	n := int64(5381)
	for _, c := range []byte(domain) {
		n = (n*33 + int64(c)) % 90_000_000_000
	}
	return 10_000_000_000 + n
}

// Domain is the shop's myshopify.com domain.
func (s *Shop) Domain() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.domain
}

// ID is the shop's global id.
func (s *Shop) ID() string { return formatGID("Shop", s.id) }

// Identify changes what the shop says about itself.
func (s *Shop) Identify(change func(*ShopIdentity)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.identity)
}

func (s *Shop) now() moment { return momentOf(s.clock()) }

// nextID hands out ids that look like Shopify's: long, growing, in a range of their own per kind, never the same in
// two shops.
func (s *Shop) nextID(kind string) int64 {
	if s.lastIDs[kind] == 0 {
		s.lastIDs[kind] = firstID(kind) + (s.id-shopNumber(DefaultDomain)+90_000_000_000)%10_000_000_000
	}
	s.lastIDs[kind] += 32768 + 1
	return s.lastIDs[kind]
}

func firstID(kind string) int64 {
	switch kind {
	case "Product":
		return 8_123_450_000_001
	case "ProductVariant":
		return 44_123_450_000_001
	case "InventoryItem":
		return 46_223_450_000_001
	case "InventoryLevel":
		return 104_875_000_041
	case "Location":
		return 71_234_500_001
	case "Collection":
		return 412_345_000_001
	case "MediaImage", "Video", "ExternalVideo", "Model3d":
		return 33_123_450_000_001 // all media share one range
	case "ProductOption":
		return 10_123_450_000_001
	case "BulkOperation":
		return 3_123_450_000_001
	}
	return 2_123_450_000_001
}

// withID finds the row with the given id in a list that is kept in id order.
func withID[T interface{ number() int64 }](rows []T, id int64) (row T, found bool) {
	at := sort.Search(len(rows), func(i int) bool { return rows[i].number() >= id })
	if at == len(rows) || rows[at].number() != id {
		return row, false
	}
	return rows[at], true
}

// without is the list less one row.
func without[T comparable](rows []T, row T) []T {
	return slices.DeleteFunc(rows, func(r T) bool { return r == row })
}
