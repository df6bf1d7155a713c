package records

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// Variant is a variant as the documents ask for it.
type Variant struct {
	Fitness                      `of:"ProductVariant"`
	ID, Title, Price             string `must:"be"`
	Position                     int64  `must:"be"`
	SKU, Barcode, CompareAtPrice *string

	Product         Reference   `must:"be"`
	SelectedOptions []Choice    `must:"be"`
	InventoryItem   VariantItem `must:"be"`
	Media           Page[Link]
	UpdatedAt       string

	choices []importer.Choice // as the catalogue has them
}

// Choice is what a variant has of an option.
type Choice struct {
	Name, Value string `must:"be"`
}

// VariantItem is the inventory item of a variant.
type VariantItem struct {
	_ struct{} `of:"InventoryItem"`

	ID                        string `must:"be"`
	Tracked, RequiresShipping bool   `must:"be"`
	Measurement               struct {
		Weight Weight
	} `must:"be"`
}

// Reference is a record of which only the id is asked for.
type Reference struct {
	ID string `must:"be"`
}

// Link is a media item that a variant shows.
type Link struct {
	Fitness
	ID string `must:"be"`
}

// Weight has no value where the shop tells none.
type Weight struct {
	Value json.Number `must:"be"`
	Unit  string      `must:"be"`

	plain, unit string // as the catalogue has them
}

// ForImport is the variant as an import has it, priced in that currency.
func (v *Variant) ForImport(currency string) importer.Variant {
	item := &v.InventoryItem
	variant := importer.Variant{
		ID: v.ID, ProductID: v.Product.ID, InventoryItemID: item.ID, Title: v.Title, SKU: v.SKU, Barcode: v.Barcode,
		Price: v.Price, CompareAtPrice: v.CompareAtPrice, Currency: currency, Options: v.chosenOptions(), Position: v.Position,
		Tracked: item.Tracked, RequiresShipping: item.RequiresShipping,
	}
	if w := &item.Measurement.Weight; w.Value != "" {
		w.plain, w.unit = plainDecimal(w.Value.String()), inSmallLetters(w.Unit)
		variant.Weight, variant.WeightUnit = &w.plain, &w.unit
	}
	return variant
}

// chosenOptions gives the options as the catalogue has them, in memory of the node.
func (v *Variant) chosenOptions() []importer.Choice {
	if v.SelectedOptions == nil {
		return nil
	}
	v.choices = v.choices[:0]
	for _, option := range v.SelectedOptions {
		v.choices = append(v.choices, importer.Choice(option))
	}
	return v.choices
}

// maxShift bounds the exponents that are written out.
const maxShift = 40

// plainDecimal writes a JSON number without an exponent: 1.5e-3 is 0.0015. A
// number beyond all measure is left as it is.
func plainDecimal(number string) string {
	if !strings.ContainsAny(number, "eE") {
		return number
	}
	mantissa, exponent, scientific := strings.Cut(strings.ToLower(number), "e")
	shift, err := strconv.Atoi(exponent)
	if !scientific || err != nil || shift > maxShift || shift < -maxShift {
		return number
	}
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.Repeat("0", maxShift) + whole + fraction + strings.Repeat("0", maxShift)
	point := maxShift + len(whole) + shift
	whole = cmp.Or(strings.TrimLeft(digits[:point], "0"), "0")
	if fraction = strings.TrimRight(digits[point:], "0"); fraction != "" {
		whole += "." + fraction
	}
	if negative {
		return "-" + whole
	}
	return whole
}
