package statetest

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/eshopos/eshopctl/importer"
)

// Shelf is a shop in memory: a Source whose records tests change at will. It
// gives them in an order of its own.
type Shelf struct {
	ID          string
	Shuffle     *rand.Rand
	FailAfter   int                        // records until the next read fails; 0 for never
	Digested    func() bool                // whether a read finds out that the shop is as it was
	Number      func(int) int              // in the ids of the products; nil: as they are counted
	Miscounts   map[importer.ParentRef]int // by how many parts a record's count is off
	Products    map[string]importer.Product
	Variants    map[string]importer.Variant
	Media       map[string]importer.MediaItem
	Categories  map[string]importer.Category
	Memberships map[string]importer.Membership
	Warehouses  map[string]importer.Warehouse
	Levels      map[string]importer.Level
	Hidden      map[string]int // warehouses that are not listed
}

// NewShelf is an empty shop that gives its records in an order of that seed.
func NewShelf(seed uint64) *Shelf {
	shuffle := rand.New(rand.NewPCG(seed, 7))
	return &Shelf{
		ID: "gid://shopify/Shop/1", Shuffle: shuffle, Digested: func() bool { return shuffle.IntN(2) == 0 },
		Products: map[string]importer.Product{}, Variants: map[string]importer.Variant{}, Media: map[string]importer.MediaItem{},
		Categories: map[string]importer.Category{}, Memberships: map[string]importer.Membership{},
		Warehouses: map[string]importer.Warehouse{}, Levels: map[string]importer.Level{}, Hidden: map[string]int{},
	}
}

// Shop says who the shop is.
func (s *Shelf) Shop(context.Context) (importer.Shop, error) {
	return importer.Shop{AccountID: s.ID, Domain: "tea.myshopify.com", Name: "Tea", Currency: "EUR", Scopes: allScopes, APIVersion: "2026-10"}, nil
}

var allScopes = []string{"read_inventory", "read_locations", "read_products"}

// Stocked fills a shop with n products of two variants each, two warehouses
// and a category.
func Stocked(seed uint64, n int) *Shelf { return StockedWith(seed, n, nil) }

// StockedWith is Stocked with other numbers in the ids.
func StockedWith(seed uint64, n int, number func(int) int) *Shelf {
	s := NewShelf(seed)
	s.Number = number
	for w := range 2 {
		id := fmt.Sprintf("gid://shopify/Location/%d", w)
		s.Warehouses[id] = importer.Warehouse{ID: id, Name: fmt.Sprintf("Store room %d", w), Active: true}
	}
	s.Categories["gid://shopify/Collection/1"] = importer.Category{ID: "gid://shopify/Collection/1", Title: "All", Slug: "all", Kind: "manual", SortOrder: "manual"}
	for i := range n {
		s.AddProduct(i)
	}
	return s
}

// AddProduct adds a product with all its parts.
func (s *Shelf) AddProduct(i int) {
	n := i
	if s.Number != nil {
		n = s.Number(i)
	}
	id := fmt.Sprintf("gid://shopify/Product/%d", n)
	s.Products[id] = importer.Product{ID: id, Title: fmt.Sprintf("Tea %d", i), Slug: fmt.Sprintf("tea-%d", i), Status: "active", Tags: []string{"b", "a"}}
	s.Media["m"+id] = importer.MediaItem{ID: "m" + id, ProductID: id, Type: "image", Status: "ready", Order: 1}
	position := int64(i)
	s.Memberships[id] = importer.Membership{CategoryID: "gid://shopify/Collection/1", ProductID: id, Position: &position}
	for v := range 2 {
		variant := fmt.Sprintf("gid://shopify/ProductVariant/%d-%d", n, v)
		item := fmt.Sprintf("gid://shopify/InventoryItem/%d-%d", n, v)
		sku := fmt.Sprintf("SKU-%d-%d", i, v)
		s.Variants[variant] = importer.Variant{
			ID: variant, ProductID: id, InventoryItemID: item, Title: "Default", SKU: &sku, Price: "10.00", Currency: "EUR",
			Position: int64(v + 1), Tracked: true,
		}
		for w := range s.Warehouses {
			s.Levels[item+w] = importer.Level{InventoryItemID: item, WarehouseID: w, Active: true, Available: importer.Units(int64(i + v)), OnHand: importer.Units(int64(i + v))}
		}
	}
}
