package catalogue

import (
	"slices"
	"strings"
)

// PathNames are those of the category and of all above it, from the top down.
func (c *Category) PathNames() []string { return strings.Split(c.FullName, " > ") }

// HasOnlyDefaultVariant reports whether the product has no options of its own.
func (p *Product) HasOnlyDefaultVariant() bool {
	return len(p.Variants) == 1 && len(p.Options) == 1 && p.Options[0].Name == "Title" && p.Variants[0].Title() == "Default Title"
}

// TotalInventory is what is available of all variants whose stock is counted.
func (p *Product) TotalInventory() int {
	total := 0
	for _, v := range p.Variants {
		if v.Item.Tracked {
			total += v.Item.Available()
		}
	}
	return total
}

// TracksInventory reports whether the stock of some variant is counted.
func (p *Product) TracksInventory() bool {
	return slices.ContainsFunc(p.Variants, func(v *Variant) bool { return v.Item.Tracked })
}

// numberVariants sets the positions of all variants after one was added or removed.
func (p *Product) numberVariants() {
	for i, v := range p.Variants {
		v.Position = i + 1
	}
}

// IsUsed reports whether some variant has the value.
func (v *OptionValue) IsUsed() bool {
	return slices.ContainsFunc(v.Option.product.Variants, func(variant *Variant) bool {
		return slices.Contains(variant.Values, v)
	})
}

// PlaceInProduct is the place among the options of the product, from 1.
func (o *Option) PlaceInProduct() int { return slices.Index(o.product.Options, o) + 1 }

// Title is made of the values of the options.
func (v *Variant) Title() string {
	names := make([]string, len(v.Values))
	for i, value := range v.Values {
		names[i] = value.Name
	}
	return strings.Join(names, " / ")
}

// SKUText is the SKU, "" for none.
func (v *Variant) SKUText() string {
	if v.SKU == nil {
		return ""
	}
	return *v.SKU
}

// AvailableForSale reports whether customers can buy the variant now.
func (v *Variant) AvailableForSale() bool {
	return !v.Item.Tracked || v.Policy == "CONTINUE" || v.Item.Available() > 0
}
