package sandboxtest

import (
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// Truth is everything an importer should find in a shop, with the values that GraphQL gives.
type Truth struct {
	Products    []ProductTruth
	Variants    []VariantTruth
	Media       []MediaTruth
	Collections []CollectionTruth
	Memberships []MembershipTruth
	Locations   []LocationTruth
	Levels      []LevelTruth
}

// ProductTruth is a product.
type ProductTruth struct {
	ID, Handle, Title, DescriptionHTML string
	Vendor, Type, Status               string
	Tags                               []string
	Options                            []OptionTruth
	SEOTitle, SEODescription           *string
	CreatedAt, UpdatedAt               string
}

// OptionTruth is an option with all its values, the unused ones too.
type OptionTruth struct {
	Name   string
	Values []string
}

// SelectedOption is one option of a variant.
type SelectedOption struct{ Name, Value string }

// VariantTruth is a variant with its inventory item.
type VariantTruth struct {
	ID, ProductID, InventoryItemID string
	Title                          string
	Position                       int
	SKU, Barcode                   *string
	Price                          string
	CompareAtPrice                 *string
	Options                        []SelectedOption
	Tracked, RequiresShipping      bool
	Weight                         float64
	WeightUnit                     string
	UpdatedAt                      string
}

// MediaTruth is a medium on a product.
type MediaTruth struct {
	ID, ProductID string
	Type          string // IMAGE, VIDEO, EXTERNAL_VIDEO or MODEL_3D
	Status        string
	URL           *string // of an image that is ready, the first source of a video or model, the page of an external video
	Alt           *string
	Position      int // from 0
	VariantIDs    []string
	PreviewURL    *string
	Width, Height int
}

// CollectionTruth is a collection.
type CollectionTruth struct {
	ID, Handle, Title, DescriptionHTML string
	SortOrder                          string
	Smart                              bool // some condition finds its products
	UpdatedAt                          string
}

// MembershipTruth says that a product is in a collection. Position is its place in the collection's order,
// from 0; it means something for MANUAL collections only.
type MembershipTruth struct {
	CollectionID, ProductID string
	Position                int
}

// LocationTruth is a location.
type LocationTruth struct {
	ID, Name             string
	Active               bool
	FulfillmentService   bool
	Address              catalogue.Address
	DeactivatedAt        *string
	CreatedAt, UpdatedAt string
}

// LevelTruth is the stock of one item at one location. VariantID is the item's first; items without one are left
// out. Quantities has all names that the shop knows a number of.
type LevelTruth struct {
	ID, InventoryItemID, VariantID, LocationID string
	Active                                     bool
	Quantities                                 map[string]int
	UpdatedAt                                  string
}

// truthOf takes a snapshot of a shop, in the order of ids.
func truthOf(s *catalogue.Shop) Truth {
	var t Truth
	for _, p := range s.Products {
		t.Products = append(t.Products, productTruth(p))
		for i, m := range p.Media {
			t.Media = append(t.Media, mediaTruth(m, p, i))
		}
	}
	for _, v := range s.Variants {
		t.Variants = append(t.Variants, variantTruth(v))
		if v.Item.Variants[0] != v {
			continue
		}
		for _, l := range v.Item.Levels {
			t.Levels = append(t.Levels, levelTruth(l))
		}
	}
	for _, c := range s.Collections {
		t.Collections = append(t.Collections, collectionTruth(c))
		t.Memberships = append(t.Memberships, membershipsAmong(c, s.Products)...)
	}
	for _, l := range s.Locations {
		t.Locations = append(t.Locations, locationTruth(l))
	}
	return t
}

func productTruth(p *catalogue.Product) ProductTruth {
	t := ProductTruth{
		ID: p.GlobalID(), Handle: p.Handle, Title: p.Title, DescriptionHTML: p.HTML, Vendor: p.Vendor, Type: p.ProductType,
		Status: p.Status, Tags: slices.Clone(p.Tags), SEOTitle: p.SEOTitle, SEODescription: p.SEODescription,
		CreatedAt: p.CreatedAt.String(), UpdatedAt: p.UpdatedAt.String(),
	}
	for _, o := range p.Options {
		option := OptionTruth{Name: o.Name}
		for _, value := range o.Values {
			option.Values = append(option.Values, value.Name)
		}
		t.Options = append(t.Options, option)
	}
	return t
}

func variantTruth(v *catalogue.Variant) VariantTruth {
	t := VariantTruth{
		ID: v.GlobalID(), ProductID: v.Product.GlobalID(), InventoryItemID: v.Item.GlobalID(), Title: v.Title(), Position: v.Position,
		SKU: v.SKU, Barcode: v.Barcode, Price: v.Price, CompareAtPrice: v.CompareAtPrice,
		Tracked: v.Item.Tracked, RequiresShipping: v.Item.RequiresShipping, Weight: v.Item.Weight, WeightUnit: v.Item.WeightUnit,
		UpdatedAt: v.UpdatedAt.String(),
	}
	for _, value := range v.Values {
		t.Options = append(t.Options, SelectedOption{value.Option.Name, value.Name})
	}
	return t
}

func mediaTruth(m *catalogue.Media, p *catalogue.Product, position int) MediaTruth {
	t := MediaTruth{
		ID: m.GlobalID(), ProductID: p.GlobalID(), Type: m.ContentType(), Status: m.Status, Alt: m.Alt, Position: position,
	}
	if m.Type == catalogue.ExternalVideoMedia || m.IsReady() {
		t.URL = &m.URL
	}
	if preview := m.ShownImage(); preview != nil {
		t.PreviewURL, t.Width, t.Height = &preview.URL, preview.Width, preview.Height
	}
	for _, v := range p.Variants {
		if slices.Contains(v.Media, m) {
			t.VariantIDs = append(t.VariantIDs, v.GlobalID())
		}
	}
	return t
}

func collectionTruth(c *catalogue.Collection) CollectionTruth {
	return CollectionTruth{
		ID: c.GlobalID(), Handle: c.Handle, Title: c.Title, DescriptionHTML: c.HTML, SortOrder: c.SortOrder,
		Smart: c.IsSmart(), UpdatedAt: c.UpdatedAt.String(),
	}
}

func membershipsAmong(c *catalogue.Collection, all []*catalogue.Product) []MembershipTruth {
	var memberships []MembershipTruth
	for i, p := range orderedAmong(c, all) {
		memberships = append(memberships, MembershipTruth{c.GlobalID(), p.GlobalID(), i})
	}
	return memberships
}

func locationTruth(l *catalogue.Location) LocationTruth {
	t := LocationTruth{
		ID: l.GlobalID(), Name: l.Name, Active: l.Active, FulfillmentService: l.Service != nil, Address: l.Address,
		CreatedAt: l.CreatedAt.String(), UpdatedAt: l.UpdatedAt.String(),
	}
	if l.DeactivatedAt != nil {
		text := l.DeactivatedAt.String()
		t.DeactivatedAt = &text
	}
	return t
}

func levelTruth(l *catalogue.Level) LevelTruth {
	t := LevelTruth{
		ID: l.GlobalID(), InventoryItemID: l.Item.GlobalID(), VariantID: l.Item.Variants[0].GlobalID(), LocationID: l.Location.GlobalID(),
		Active: l.InUse(), Quantities: map[string]int{}, UpdatedAt: l.UpdatedAt.String(),
	}
	for i, name := range catalogue.QuantityNames() {
		if i != catalogue.Available || !l.Unknown {
			t.Quantities[name] = int(l.Numbers[i])
		}
	}
	return t
}

// orderedAmong lists the members among all products in the collection's own order.
func orderedAmong(c *catalogue.Collection, all []*catalogue.Product) []*catalogue.Product {
	members := c.MembersAmong(all)
	ordered := order.SortedBy(members, c.OrderKey("COLLECTION_DEFAULT", members))
	if c.IsDescending() {
		slices.Reverse(ordered)
	}
	return ordered
}
