package records

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// Variant holds the fields of a variant that the documents ask for.
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

	choices []importer.Choice // memory for ForImport
}

// Choice is the value that a variant has for an option.
type Choice struct {
	Name, Value string `must:"be"`
}

// VariantItem holds the fields of the inventory item of a variant.
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

// Weight is a weight with its unit. Value is "" where the variant has none.
type Weight struct {
	Value json.Number `must:"be"`
	Unit  string      `must:"be"`

	plain, unit string // memory for ForImport
}

// ForImport returns the variant as an import has it. Prices are in currency. The result shares
// memory with v.
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

// maxShift is the greatest exponent that plainDecimal writes out.
const maxShift = 40

// plainDecimal writes a JSON number without an exponent: 1.5e-3 becomes 0.0015. A number with an
// exponent beyond maxShift stays as it is.
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
