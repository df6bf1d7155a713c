package catalogue

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

type Product struct {
	ID                       int64
	Handle, Title, HTML      string
	Vendor, ProductType      string
	Status                   string
	Tags                     []string
	GiftCard                 bool
	SEOTitle, SEODescription *string
	TemplateSuffix           *string
	Category                 *Category
	CreatedAt, UpdatedAt     Moment
	PublishedAt              *Moment
	Options                  []*Option
	Variants                 []*Variant
	Media                    []*Media
}

type Option struct {
	ID      int64
	product *Product
	Name    string
	Values  []*OptionValue
}

type OptionValue struct {
	ID     int64
	Option *Option
	Name   string
	Color  *string
}

type Variant struct {
	ID                   int64
	Product              *Product
	Position             int
	Values               []*OptionValue
	SKU, Barcode         *string
	Price                string
	CompareAtPrice       *string
	Taxable              bool
	Policy               string
	CreatedAt, UpdatedAt Moment
	Media                []*Media
	Item                 *Item
}

// Category is a node of Shopify's product taxonomy.
type Category struct {
	ID, FullName string
}

// Names are those of the category and of all above it, from the top down.
func (c *Category) Names() []string { return strings.Split(c.FullName, " > ") }

func (p *Product) Number() int64 { return p.ID }

func (p *Product) GID() string { return gid.Format("Product", p.ID) }

func (v *Variant) Number() int64 { return v.ID }

func (v *Variant) GID() string { return gid.Format("ProductVariant", v.ID) }

func (p *Product) Kind() string { return "Product" }

func (v *Variant) Kind() string { return "ProductVariant" }

func (o *Option) Kind() string { return "ProductOption" }

func (v *OptionValue) Kind() string { return "ProductOptionValue" }

func (c *Category) Kind() string { return "TaxonomyCategory" }

func (p *Product) HasOnlyDefaultVariant() bool {
	return len(p.Variants) == 1 && len(p.Options) == 1 && p.Options[0].Name == "Title" && p.Variants[0].Title() == "Default Title"
}

func (p *Product) TotalInventory() int {
	total := 0
	for _, v := range p.Variants {
		if v.Item.Tracked {
			total += v.Item.Available()
		}
	}
	return total
}

func (p *Product) TracksInventory() bool {
	return slices.ContainsFunc(p.Variants, func(v *Variant) bool { return v.Item.Tracked })
}

// renumber gives the variants their positions anew after one came or went.
func (p *Product) renumber() {
	for i, v := range p.Variants {
		v.Position = i + 1
	}
}

// value finds or adds a value of an option.
func (o *Option) value(s *Shop, name string) *OptionValue {
	for _, v := range o.Values {
		if v.Name == name {
			return v
		}
	}
	v := &OptionValue{ID: s.NextID("ProductOptionValue"), Option: o, Name: name}
	o.Values = append(o.Values, v)
	return v
}

func (v *OptionValue) Used() bool {
	return slices.ContainsFunc(v.Option.product.Variants, func(variant *Variant) bool {
		return slices.Contains(variant.Values, v)
	})
}

func (o *Option) Position() int { return slices.Index(o.product.Options, o) + 1 }

func (v *Variant) Title() string {
	names := make([]string, len(v.Values))
	for i, value := range v.Values {
		names[i] = value.Name
	}
	return strings.Join(names, " / ")
}

func (v *Variant) SKUText() string {
	if v.SKU == nil {
		return ""
	}
	return *v.SKU
}

func (v *Variant) AvailableForSale() bool {
	return !v.Item.Tracked || v.Policy == "CONTINUE" || v.Item.Available() > 0
}

// ByPosition orders variants within their product; byVariantID over the whole shop.
func ByPosition(v *Variant) order.Key {
	return order.Key{ID: v.ID, Value: fmt.Sprintf("%06d", v.Position)}
}

func ByVariantID(v *Variant) order.Key { return order.Key{ID: v.ID} }

func ByProductID(p *Product) order.Key { return order.Key{ID: p.ID} }
