package sandbox

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// CSVDomain is the domain of a shop that FromCSV makes.
const CSVDomain = "csv-shop.myshopify.com"

// FromCSV makes a shop of files in Shopify's product CSV format. Its products are stocked at one location, or
// split over two when the file has enough of an item; a collection is made of every type and every tag.
func FromCSV(files ...io.Reader) (*Shop, error) {
	s := NewShop(CSVDomain, "CSV Shop", "USD")
	s.addLocation("Main warehouse", Address{City: new("Rotterdam"), Country: new("Netherlands"), CountryCode: new("NL")})
	s.addLocation("Shop floor", Address{})
	for i, file := range files {
		products, err := readProductCSV(file)
		if err != nil {
			return nil, fmt.Errorf("product file %d: %w", i+1, err)
		}
		for _, p := range products {
			if _, err := s.addProduct(*p); err != nil {
				return nil, fmt.Errorf("product file %d: %w", i+1, err)
			}
		}
	}
	s.collectByTypeAndTag()
	return s, nil
}

// csvRow is one line of a file, by the names of the columns.
type csvRow map[string]string

func (r csvRow) flag(column string) bool {
	return strings.EqualFold(r[column], "true") || strings.EqualFold(r[column], "yes")
}

func readProductCSV(file io.Reader) ([]*NewProduct, error) {
	reader := csv.NewReader(file)
	header, err := reader.Read()
	if err != nil {
		return nil, err
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	if !slices.Contains(header, "Handle") || !slices.Contains(header, "Title") {
		return nil, errors.New("the first line does not name the columns Handle and Title")
	}
	var products []*NewProduct
	byHandle := map[string]*NewProduct{}
	for {
		cells, err := reader.Read()
		if err == io.EOF {
			return products, nil
		}
		if err != nil {
			return nil, err
		}
		row := csvRow{}
		for i, cell := range cells {
			row[header[i]] = cell
		}
		p := byHandle[row["Handle"]]
		if p == nil {
			p = productOfRow(row)
			byHandle[p.Handle] = p
			products = append(products, p)
		}
		if err := addRow(p, row); err != nil {
			line, _ := reader.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// productOfRow reads what only the first row of a product has.
func productOfRow(row csvRow) *NewProduct {
	p := &NewProduct{
		Handle: row["Handle"], Title: row["Title"], DescriptionHTML: row["Body (HTML)"], Vendor: row["Vendor"],
		Type: row["Type"], Status: strings.ToUpper(row["Status"]), GiftCard: row.flag("Gift Card"),
		SEOTitle: textOrNil(row["SEO Title"]), SEODescription: textOrNil(row["SEO Description"]),
	}
	for tag := range strings.SplitSeq(row["Tags"], ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			p.Tags = append(p.Tags, tag)
		}
	}
	p.Unpublished = row["Published"] != "" && !row.flag("Published")
	if p.Status == "" && p.Unpublished {
		p.Status = "DRAFT"
	}
	for _, column := range []string{"Option1 Name", "Option2 Name", "Option3 Name"} {
		if row[column] != "" {
			p.Options = append(p.Options, NewOption{Name: row[column]})
		}
	}
	return p
}

// addRow reads what every row may have: an image, a variant, or both.
func addRow(p *NewProduct, row csvRow) error {
	if row["Image Src"] != "" {
		imageOf(p, row["Image Src"]).Alt = textOrNil(row["Image Alt Text"])
	}
	if row["Option1 Value"] == "" && row["Variant Price"] == "" {
		return nil
	}
	v, err := variantOfRow(row, len(p.Options))
	if err != nil {
		return err
	}
	if src := row["Variant Image"]; src != "" {
		imageOf(p, src)
		v.Media = []int{slices.IndexFunc(p.Media, func(m NewMedia) bool { return m.URL == src })}
	}
	p.Variants = append(p.Variants, v)
	return nil
}

// imageOf finds or adds the image with an address.
func imageOf(p *NewProduct, src string) *NewMedia {
	at := slices.IndexFunc(p.Media, func(m NewMedia) bool { return m.URL == src })
	if at < 0 {
		p.Media = append(p.Media, NewMedia{URL: src})
		at = len(p.Media) - 1
	}
	return &p.Media[at]
}

func variantOfRow(row csvRow, options int) (NewVariant, error) {
	quantity, err := strconv.Atoi(cmp.Or(row["Variant Inventory Qty"], "0"))
	if err != nil {
		return NewVariant{}, fmt.Errorf("inventory quantity: %w", err)
	}
	grams, err := strconv.ParseFloat(cmp.Or(row["Variant Grams"], "0"), 64)
	if err != nil {
		return NewVariant{}, fmt.Errorf("grams: %w", err)
	}
	v := NewVariant{
		SKU: textOrNil(strings.TrimPrefix(row["Variant SKU"], "'")), Barcode: textOrNil(strings.TrimPrefix(row["Variant Barcode"], "'")),
		Price: row["Variant Price"], CompareAtPrice: row["Variant Compare At Price"], Cost: row["Cost per item"],
		Untracked: row["Variant Inventory Tracker"] == "", ContinueSelling: row["Variant Inventory Policy"] == "continue",
		NotTaxable: !row.flag("Variant Taxable"), NotShipped: !row.flag("Variant Requires Shipping"),
		Stock: splitStock(quantity),
	}
	v.Weight, v.WeightUnit = weightOfGrams(grams, row["Variant Weight Unit"])
	for i, column := range []string{"Option1 Value", "Option2 Value", "Option3 Value"} {
		if i < options {
			v.Values = append(v.Values, row[column])
		}
	}
	return v, nil
}

// splitStock puts a third of what is plenty on the shop floor.
func splitStock(quantity int) []Stock {
	if quantity < 6 {
		return []Stock{{"Main warehouse", quantity}}
	}
	return []Stock{{"Main warehouse", quantity - quantity/3}, {"Shop floor", quantity / 3}}
}

// weightOfGrams shows a weight, which files give in grams, in the unit that they wish.
func weightOfGrams(grams float64, unit string) (float64, string) {
	switch unit {
	case "g":
		return grams, "GRAMS"
	case "lb":
		return roundWeight(grams / 453.59237), "POUNDS"
	case "oz":
		return roundWeight(grams / 28.349523125), "OUNCES"
	}
	return grams / 1000, "KILOGRAMS"
}

func roundWeight(w float64) float64 {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(w, 'f', 4, 64), 64)
	return rounded
}

func textOrNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// collectByTypeAndTag makes a smart collection of every product type and one sorted by hand of every tag.
func (s *Shop) collectByTypeAndTag() {
	for _, p := range s.products {
		if p.productType != "" && !s.hasCollection("type-"+handleOf(p.productType)) {
			c := s.addCollection("type-"+handleOf(p.productType), p.productType, "ALPHA_ASC")
			s.addCondition(c, "ProductType", "EQUALS", p.productType)
		}
		for _, tag := range p.tags {
			if !s.hasCollection(handleOf(tag)) {
				s.addCollection(handleOf(tag), tag, "MANUAL")
			}
			c, err := s.collectionNamed(handleOf(tag))
			if err == nil && !slices.Contains(c.chosen, p) {
				c.chosen = append(c.chosen, p)
			}
		}
	}
}

func (s *Shop) hasCollection(handle string) bool {
	_, err := s.collectionNamed(handle)
	return err == nil
}
