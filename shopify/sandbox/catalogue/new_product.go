package catalogue

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// NewProduct describes a product to be added to a shop.
type NewProduct struct {
	Handle, Title, DescriptionHTML string
	Vendor, Type                   string
	Status                         string // default ACTIVE
	Tags                           []string
	GiftCard, Unpublished          bool
	SEOTitle, SEODescription       *string
	CategoryID, CategoryName       string // of Shopify's taxonomy, such as "hg-11", "Home & Garden > Kitchen & Dining"
	Options                        []NewOption
	Variants                       []NewVariant // none: one default variant, free of charge
	Media                          []NewMedia
}

// NewOption is an option with its values in order, unused ones too. Values that only variants name are added.
type NewOption struct {
	Name   string
	Values []string
}

// NewVariant describes a variant. Values are those of the options, in their order.
type NewVariant struct {
	Values                []string
	SKU, Barcode          *string
	Price, CompareAtPrice string // a missing compare-at price is empty
	Cost                  string
	NotTaxable            bool
	ContinueSelling       bool // when out of stock
	Untracked, NotShipped bool
	Weight                float64
	WeightUnit            string // default KILOGRAMS
	Stock                 []Stock
	Media                 []int // places of its media among the product's
}

// Stock is how much of an item is available at a location, which is given by name or id.
type Stock struct {
	Location  string
	Available int
}

// NewMedia describes a medium. With Shared it is one that the shop has already, by its id.
type NewMedia struct {
	Type   string // MediaImage (default), Video, ExternalVideo or Model3d
	URL    string
	Status string // default READY
	Alt    *string
	Shared string
}

// AddProduct adds a product with its options, media, variants and stock.
func (s *Shop) AddProduct(n NewProduct) (*Product, error) {
	if n.Title == "" {
		return nil, fmt.Errorf("a product needs a title")
	}
	p := s.blankProduct(n)
	if s.Handles[p.Handle] != nil {
		return nil, fmt.Errorf("there is a product %q already", p.Handle)
	}
	if err := s.AddMedia(p, n.Media); err != nil {
		return nil, err
	}
	s.addOptions(p, n)
	variants := n.Variants
	if len(variants) == 0 {
		variants = []NewVariant{{Price: "0.00"}}
	}
	for _, v := range variants {
		if _, err := s.AddVariant(p, v); err != nil {
			return nil, err
		}
	}
	s.Products = append(s.Products, p)
	s.Handles[p.Handle] = p
	return p, nil
}

func (s *Shop) blankProduct(n NewProduct) *Product {
	now := s.Now()
	p := &Product{
		ID: s.NextID("Product"), Handle: cmp.Or(n.Handle, HandleOf(n.Title)), Title: n.Title, HTML: n.DescriptionHTML,
		Vendor: n.Vendor, ProductType: n.Type, Status: cmp.Or(n.Status, "ACTIVE"), Tags: SortedTags(n.Tags),
		GiftCard: n.GiftCard, SEOTitle: n.SEOTitle, SEODescription: n.SEODescription, CreatedAt: now, UpdatedAt: now,
	}
	if !n.Unpublished && p.Status != "DRAFT" {
		p.PublishedAt = &now
	}
	if n.CategoryID != "" {
		p.Category = &Category{n.CategoryID, n.CategoryName}
	}
	return p
}

// SortedTags returns tags as Shopify does: each once, in alphabetical order, never null.
func SortedTags(tags []string) []string {
	ordered := append([]string{}, tags...)
	slices.Sort(ordered)
	return slices.Compact(ordered)
}

// HandleOf makes a handle of a title as the admin does, roughly: letters of any script stay.
func HandleOf(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return r < '0' || r > '9' && r < 'a' || r > 'z' && r < 0xaa
	})
	return strings.Join(words, "-")
}

// addOptions gives the product its options; one without any has the option Title.
func (s *Shop) addOptions(p *Product, n NewProduct) {
	options := n.Options
	if len(options) == 0 {
		options = []NewOption{{"Title", []string{"Default Title"}}}
	}
	for _, o := range options {
		added := &Option{ID: s.NextID("ProductOption"), product: p, Name: o.Name}
		p.Options = append(p.Options, added)
		for _, value := range o.Values {
			s.optionValue(added, value)
		}
	}
}

// optionValue finds a value of an option, or adds it.
func (s *Shop) optionValue(o *Option, name string) *OptionValue {
	for _, v := range o.Values {
		if v.Name == name {
			return v
		}
	}
	v := &OptionValue{ID: s.NextID("ProductOptionValue"), Option: o, Name: name}
	o.Values = append(o.Values, v)
	return v
}

// AddVariant adds a variant with its inventory item and stock to a product.
func (s *Shop) AddVariant(p *Product, n NewVariant) (*Variant, error) {
	v, err := s.blankVariant(p, n)
	if err != nil {
		return nil, err
	}
	for _, place := range n.Media {
		if place >= len(p.Media) {
			return nil, fmt.Errorf("%s has no medium %d", p.Handle, place)
		}
		v.Media = append(v.Media, p.Media[place])
	}
	for _, stock := range n.Stock {
		where, err := s.LocationNamed(stock.Location)
		if err != nil {
			return nil, err
		}
		s.StockAt(v.Item, where, stock.Available)
	}
	p.Variants = append(p.Variants, v)
	p.numberVariants()
	s.Variants = append(s.Variants, v)
	s.Items = append(s.Items, v.Item)
	return v, nil
}

func (s *Shop) blankVariant(p *Product, n NewVariant) (*Variant, error) {
	price, err := FormatMoney(cmp.Or(n.Price, "0.00"))
	if err != nil {
		return nil, err
	}
	values := n.Values
	if len(values) == 0 {
		values = []string{"Default Title"}
	}
	if len(values) != len(p.Options) {
		return nil, fmt.Errorf("%s has %d options, the variant %d values", p.Handle, len(p.Options), len(values))
	}
	now := s.Now()
	v := &Variant{
		ID: s.NextID("ProductVariant"), Product: p, SKU: n.SKU, Barcode: n.Barcode, Price: price,
		Taxable: !n.NotTaxable, Policy: "DENY", CreatedAt: now, UpdatedAt: now,
	}
	v.Item = s.NewItem(v)
	v.Item.Tracked, v.Item.RequiresShipping = !n.Untracked, !n.NotShipped
	v.Item.Weight, v.Item.WeightUnit = n.Weight, cmp.Or(n.WeightUnit, "KILOGRAMS")
	if n.ContinueSelling {
		v.Policy = "CONTINUE"
	}
	if v.CompareAtPrice, err = OptionalMoney(n.CompareAtPrice); err != nil {
		return nil, err
	}
	if v.Item.UnitCost, err = OptionalMoney(n.Cost); err != nil {
		return nil, err
	}
	for i, name := range values {
		v.Values = append(v.Values, s.optionValue(p.Options[i], name))
	}
	return v, nil
}

// OptionalMoney is FormatMoney for a price that may be missing.
func OptionalMoney(price string) (*string, error) {
	if price == "" {
		return nil, nil
	}
	formatted, err := FormatMoney(price)
	return &formatted, err
}

// AddMedia adds media to a product, behind those that it has.
func (s *Shop) AddMedia(p *Product, list []NewMedia) error {
	for _, n := range list {
		if n.Shared != "" {
			m := s.MediaWithID(n.Shared)
			if m == nil {
				return fmt.Errorf("there is no medium %s", n.Shared)
			}
			p.Media = append(p.Media, m)
			continue
		}
		p.Media = append(p.Media, s.newMedia(cmp.Or(n.Type, ImageMedia), n.URL, cmp.Or(n.Status, "READY"), n.Alt))
	}
	return nil
}

// newMedia makes a medium that is not yet on any product.
func (s *Shop) newMedia(typeName, url, status string, alt *string) *Media {
	now := s.Now()
	return &Media{
		ID: s.NextID(ImageMedia), Type: typeName, Status: status, URL: url, Alt: alt,
		Width: 1200, Height: 900, CreatedAt: now, UpdatedAt: now,
	}
}

// NewItem makes the inventory item of a variant that is added.
func (s *Shop) NewItem(v *Variant) *Item {
	now := s.Now()
	return &Item{ID: s.NextID("InventoryItem"), Variants: []*Variant{v}, CreatedAt: now, UpdatedAt: now}
}
