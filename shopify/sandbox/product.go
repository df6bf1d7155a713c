package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

type product struct {
	id                       int64
	handle, title, html      string
	vendor, productType      string
	status                   string
	tags                     []string
	giftCard                 bool
	seoTitle, seoDescription *string
	templateSuffix           *string
	category                 *category
	createdAt, updatedAt     moment
	publishedAt              *moment
	options                  []*option
	variants                 []*variant
	media                    []*media
}

type option struct {
	id      int64
	product *product
	name    string
	values  []*optionValue
}

type optionValue struct {
	id     int64
	option *option
	name   string
	color  *string
}

type variant struct {
	id                   int64
	product              *product
	position             int
	values               []*optionValue
	sku, barcode         *string
	price                string
	compareAtPrice       *string
	taxable              bool
	policy               string
	createdAt, updatedAt moment
	media                []*media
	item                 *inventoryItem
}

// category is a node of Shopify's product taxonomy.
type category struct {
	id, fullName string
}

func (p *product) number() int64 { return p.id }
func (p *product) gid() string   { return formatGID("Product", p.id) }
func (v *variant) number() int64 { return v.id }
func (v *variant) gid() string   { return formatGID("ProductVariant", v.id) }

func (p *product) hasOnlyDefaultVariant() bool {
	return len(p.variants) == 1 && len(p.options) == 1 && p.options[0].name == "Title" && p.variants[0].title() == "Default Title"
}

func (p *product) totalInventory() int {
	total := 0
	for _, v := range p.variants {
		if v.item.tracked {
			total += v.item.available()
		}
	}
	return total
}

func (p *product) tracksInventory() bool {
	return slices.ContainsFunc(p.variants, func(v *variant) bool { return v.item.tracked })
}

// renumber gives the variants their positions anew after one came or went.
func (p *product) renumber() {
	for i, v := range p.variants {
		v.position = i + 1
	}
}

// value finds or adds a value of an option.
func (o *option) value(s *Shop, name string) *optionValue {
	for _, v := range o.values {
		if v.name == name {
			return v
		}
	}
	v := &optionValue{id: s.nextID("ProductOptionValue"), option: o, name: name}
	o.values = append(o.values, v)
	return v
}

func (v *optionValue) used() bool {
	return slices.ContainsFunc(v.option.product.variants, func(variant *variant) bool {
		return slices.Contains(variant.values, v)
	})
}

func (o *option) position() int { return slices.Index(o.product.options, o) + 1 }

func (v *variant) title() string {
	names := make([]string, len(v.values))
	for i, value := range v.values {
		names[i] = value.name
	}
	return strings.Join(names, " / ")
}

func (v *variant) skuText() string {
	if v.sku == nil {
		return ""
	}
	return *v.sku
}

func (v *variant) availableForSale() bool {
	return !v.item.tracked || v.policy == "CONTINUE" || v.item.available() > 0
}

// byPosition orders variants within their product; byVariantID over the whole shop.
func byPosition(v *variant) sortKey  { return sortKey{v.id, fmt.Sprintf("%06d", v.position)} }
func byVariantID(v *variant) sortKey { return sortKey{ID: v.id} }
func byProductID(p *product) sortKey { return sortKey{ID: p.id} }
