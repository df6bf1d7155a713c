package sandbox

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

// NewMedia describes a medium. Shared names the id of one that hangs elsewhere already.
type NewMedia struct {
	Type   string // MediaImage (default), Video, ExternalVideo or Model3d
	URL    string
	Status string // default READY
	Alt    *string
	Shared string
}

// AddProduct adds a product and returns its id.
func (s *Shop) AddProduct(n NewProduct) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.addProduct(n)
	if err != nil {
		return "", err
	}
	return p.gid(), nil
}

func (s *Shop) addProduct(n NewProduct) (*product, error) {
	if n.Title == "" {
		return nil, fmt.Errorf("a product needs a title")
	}
	p := s.blankProduct(n)
	if s.handles[p.handle] != nil {
		return nil, fmt.Errorf("there is a product %q already", p.handle)
	}
	if err := s.addMedia(p, n.Media); err != nil {
		return nil, err
	}
	s.addOptions(p, n)
	variants := n.Variants
	if len(variants) == 0 {
		variants = []NewVariant{{Price: "0.00"}}
	}
	for _, v := range variants {
		if _, err := s.addVariant(p, v); err != nil {
			return nil, err
		}
	}
	s.products = append(s.products, p)
	s.handles[p.handle] = p
	return p, nil
}

func (s *Shop) blankProduct(n NewProduct) *product {
	now := s.now()
	p := &product{
		id: s.nextID("Product"), handle: cmp.Or(n.Handle, handleOf(n.Title)), title: n.Title, html: n.DescriptionHTML,
		vendor: n.Vendor, productType: n.Type, status: cmp.Or(n.Status, "ACTIVE"), tags: sortedTags(n.Tags),
		giftCard: n.GiftCard, seoTitle: n.SEOTitle, seoDescription: n.SEODescription, createdAt: now, updatedAt: now,
	}
	if !n.Unpublished && p.status != "DRAFT" {
		p.publishedAt = &now
	}
	if n.CategoryID != "" {
		p.category = &category{n.CategoryID, n.CategoryName}
	}
	return p
}

// sortedTags is how Shopify gives tags back: in alphabetical order, never null.
func sortedTags(tags []string) []string {
	ordered := append([]string{}, tags...)
	slices.Sort(ordered)
	return slices.Compact(ordered)
}

// handleOf makes a handle of a title as the admin does, roughly: letters of any script stay.
func handleOf(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return r < '0' || r > '9' && r < 'a' || r > 'z' && r < 0xaa
	})
	return strings.Join(words, "-")
}

// addOptions gives the product its options; one without any has the option Title.
func (s *Shop) addOptions(p *product, n NewProduct) {
	options := n.Options
	if len(options) == 0 {
		options = []NewOption{{"Title", []string{"Default Title"}}}
	}
	for _, o := range options {
		added := &option{id: s.nextID("ProductOption"), product: p, name: o.Name}
		p.options = append(p.options, added)
		for _, value := range o.Values {
			added.value(s, value)
		}
	}
}

func (s *Shop) addVariant(p *product, n NewVariant) (*variant, error) {
	v, err := s.blankVariant(p, n)
	if err != nil {
		return nil, err
	}
	for _, place := range n.Media {
		if place >= len(p.media) {
			return nil, fmt.Errorf("%s has no medium %d", p.handle, place)
		}
		v.media = append(v.media, p.media[place])
	}
	for _, stock := range n.Stock {
		where, err := s.locationNamed(stock.Location)
		if err != nil {
			return nil, err
		}
		s.stock(v.item, where, stock.Available)
	}
	p.variants = append(p.variants, v)
	p.renumber()
	s.variants = append(s.variants, v)
	s.items = append(s.items, v.item)
	return v, nil
}

func (s *Shop) blankVariant(p *product, n NewVariant) (*variant, error) {
	price, err := formatMoney(cmp.Or(n.Price, "0.00"))
	if err != nil {
		return nil, err
	}
	values := n.Values
	if len(values) == 0 {
		values = []string{"Default Title"}
	}
	if len(values) != len(p.options) {
		return nil, fmt.Errorf("%s has %d options, the variant %d values", p.handle, len(p.options), len(values))
	}
	now := s.now()
	v := &variant{
		id: s.nextID("ProductVariant"), product: p, sku: n.SKU, barcode: n.Barcode, price: price,
		taxable: !n.NotTaxable, policy: "DENY", createdAt: now, updatedAt: now,
	}
	v.item = s.newItem(v)
	v.item.tracked, v.item.requiresShipping = !n.Untracked, !n.NotShipped
	v.item.weight, v.item.weightUnit = n.Weight, cmp.Or(n.WeightUnit, "KILOGRAMS")
	if n.ContinueSelling {
		v.policy = "CONTINUE"
	}
	if v.compareAtPrice, err = optionalMoney(n.CompareAtPrice); err != nil {
		return nil, err
	}
	if v.item.unitCost, err = optionalMoney(n.Cost); err != nil {
		return nil, err
	}
	for i, name := range values {
		v.values = append(v.values, p.options[i].value(s, name))
	}
	return v, nil
}

func optionalMoney(price string) (*string, error) {
	if price == "" {
		return nil, nil
	}
	formatted, err := formatMoney(price)
	return &formatted, err
}

func (s *Shop) addMedia(p *product, list []NewMedia) error {
	for _, n := range list {
		if n.Shared != "" {
			shared, err := s.mediaNode(n.Shared)
			m, ok := shared.(*media)
			if err != nil || !ok {
				return fmt.Errorf("there is no medium %s", n.Shared)
			}
			p.media = append(p.media, m)
			continue
		}
		p.media = append(p.media, s.newMedia(cmp.Or(n.Type, imageMedia), n.URL, cmp.Or(n.Status, "READY"), n.Alt))
	}
	return nil
}
