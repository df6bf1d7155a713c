package sandbox

import "slices"

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
	Address              Address
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

// Truth takes a snapshot of the shop, in the order of ids.
func (s *Shop) Truth() Truth {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var t Truth
	for _, p := range s.products {
		t.Products = append(t.Products, p.truth())
		for i, m := range p.media {
			t.Media = append(t.Media, m.truth(p, i))
		}
	}
	for _, v := range s.variants {
		t.Variants = append(t.Variants, v.truth())
		if v.item.variants[0] != v {
			continue
		}
		for _, l := range v.item.levels {
			t.Levels = append(t.Levels, l.truth())
		}
	}
	for _, c := range s.collections {
		t.Collections = append(t.Collections, c.truth())
		t.Memberships = append(t.Memberships, c.memberships(s)...)
	}
	for _, l := range s.locations {
		t.Locations = append(t.Locations, l.truth())
	}
	return t
}

func (p *product) truth() ProductTruth {
	t := ProductTruth{
		ID: p.gid(), Handle: p.handle, Title: p.title, DescriptionHTML: p.html, Vendor: p.vendor, Type: p.productType,
		Status: p.status, Tags: slices.Clone(p.tags), SEOTitle: p.seoTitle, SEODescription: p.seoDescription,
		CreatedAt: p.createdAt.String(), UpdatedAt: p.updatedAt.String(),
	}
	for _, o := range p.options {
		option := OptionTruth{Name: o.name}
		for _, value := range o.values {
			option.Values = append(option.Values, value.name)
		}
		t.Options = append(t.Options, option)
	}
	return t
}

func (v *variant) truth() VariantTruth {
	t := VariantTruth{
		ID: v.gid(), ProductID: v.product.gid(), InventoryItemID: v.item.gid(), Title: v.title(), Position: v.position,
		SKU: v.sku, Barcode: v.barcode, Price: v.price, CompareAtPrice: v.compareAtPrice,
		Tracked: v.item.tracked, RequiresShipping: v.item.requiresShipping, Weight: v.item.weight, WeightUnit: v.item.weightUnit,
		UpdatedAt: v.updatedAt.String(),
	}
	for _, value := range v.values {
		t.Options = append(t.Options, SelectedOption{value.option.name, value.name})
	}
	return t
}

func (m *media) truth(p *product, position int) MediaTruth {
	t := MediaTruth{
		ID: m.gid(), ProductID: p.gid(), Type: m.contentType(), Status: m.status, Alt: m.alt, Position: position,
	}
	if m.typeName == externalVideoMedia || m.ready() {
		t.URL = &m.url
	}
	if preview := m.image(); preview != nil {
		t.PreviewURL, t.Width, t.Height = &preview.url, preview.width, preview.height
	}
	for _, v := range p.variants {
		if slices.Contains(v.media, m) {
			t.VariantIDs = append(t.VariantIDs, v.gid())
		}
	}
	return t
}

func (c *collection) truth() CollectionTruth {
	return CollectionTruth{
		ID: c.gid(), Handle: c.handle, Title: c.title, DescriptionHTML: c.html, SortOrder: c.sortOrder,
		Smart: c.smart(), UpdatedAt: c.updatedAt.String(),
	}
}

func (c *collection) memberships(s *Shop) []MembershipTruth {
	var memberships []MembershipTruth
	for i, p := range c.inOrder(s) {
		memberships = append(memberships, MembershipTruth{c.gid(), p.gid(), i})
	}
	return memberships
}

func (l *location) truth() LocationTruth {
	t := LocationTruth{
		ID: l.gid(), Name: l.name, Active: l.active, FulfillmentService: l.service != nil, Address: l.address,
		CreatedAt: l.createdAt.String(), UpdatedAt: l.updatedAt.String(),
	}
	if l.deactivatedAt != nil {
		text := l.deactivatedAt.String()
		t.DeactivatedAt = &text
	}
	return t
}

func (l *level) truth() LevelTruth {
	t := LevelTruth{
		ID: l.gid(), InventoryItemID: l.item.gid(), VariantID: l.item.variants[0].gid(), LocationID: l.location.gid(),
		Active: l.inUse(), Quantities: map[string]int{}, UpdatedAt: l.updatedAt.String(),
	}
	for i, name := range quantityNames() {
		if i != available || !l.unknown {
			t.Quantities[name] = int(l.numbers[i])
		}
	}
	return t
}
