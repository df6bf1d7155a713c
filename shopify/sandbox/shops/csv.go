package shops

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// CSVDomain is the domain of a shop that FromCSV makes.
const CSVDomain = "csv-shop.myshopify.com"

// FromCSV makes a shop of files in Shopify's product CSV format. Its products are stocked at one location, or
// split over two when the file has enough of an item; a collection is made of every type and every tag. What
// cannot be read is refused with file, line, column and handle.
func FromCSV(files ...io.Reader) (*catalogue.Shop, error) {
	s := catalogue.New(CSVDomain, "CSV Shop", "USD")
	s.AddLocation("Main warehouse", catalogue.Address{City: new("Rotterdam"), Country: new("Netherlands"), CountryCode: new("NL")})
	s.AddLocation("Shop floor", catalogue.Address{})
	for i, file := range files {
		if err := addProductFile(s, file); err != nil {
			return nil, fmt.Errorf("%s%w", nameOfFile(file, i), err)
		}
	}
	collectByTypeAndTag(s)
	return s, nil
}

// nameOfFile returns the name of a file, or which of the files it is when it has none.
func nameOfFile(file io.Reader, i int) string {
	if named, ok := file.(interface{ Name() string }); ok {
		return named.Name()
	}
	return fmt.Sprintf("product file %d", i+1)
}

func addProductFile(s *catalogue.Shop, file io.Reader) error {
	text, err := io.ReadAll(file)
	if err != nil {
		return fmt.Errorf(": %w", err)
	}
	read := &productFile{byHandle: map[string]*csvProduct{}}
	if err := read.readAll(text); err != nil {
		return read.placedError(err)
	}
	for _, p := range read.products {
		if len(p.Variants) == 0 {
			return read.placedError(p.first.wrongCell("price", "the product has no price in any row; write 0.00 for what is free"))
		}
		if _, err := s.AddProduct(p.NewProduct); err != nil {
			return read.placedError(p.first.wrongCell("handle", "%w", err))
		}
	}
	return nil
}

// csvProduct is a product with the row that it begins with.
type csvProduct struct {
	catalogue.NewProduct
	first csvRow
}

// productFile is a file while it is read.
type productFile struct {
	header   csvHeader
	products []*csvProduct
	byHandle map[string]*csvProduct
}

// placedError says in which line and column and at which handle an error is.
func (f *productFile) placedError(err error) error {
	var at *csvCellError
	if !errors.As(err, &at) {
		return fmt.Errorf(": %w", err)
	}
	place := fmt.Sprintf(", line %d", at.record.line)
	if f.header.names != nil && at.cell < len(f.header.names) {
		place += fmt.Sprintf(", column %q", f.header.names[at.cell])
	}
	if handle := (csvRow{at.record, f.header}).productHandle(); handle != "" {
		place += fmt.Sprintf(", handle %q", handle)
	}
	return fmt.Errorf("%s: %w", place, at.err)
}

// productHandle is the handle of a row, as far as the row was read.
func (r csvRow) productHandle() string {
	if place, there := r.header.place["handle"]; !there || place >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cellText("handle"))
}

func (f *productFile) readAll(text []byte) error {
	records, unread := scanCSV(text)
	if len(records) == 0 {
		return cmp.Or(unread, errors.New("the file is empty"))
	}
	var err error
	if f.header, err = readHeader(records[0].cells); err != nil {
		f.header = csvHeader{}
		return &csvCellError{records[0], 0, err}
	}
	for _, record := range records[1:] {
		if err := f.readRow(csvRow{record, f.header}); err != nil {
			return err
		}
	}
	if unread == nil && len(f.products) == 0 {
		unread = errors.New("the file has no product")
	}
	return unread
}

// readRow takes a row for the product of its handle.
func (f *productFile) readRow(row csvRow) error {
	if len(row.cells) != len(f.header.names) {
		return &csvCellError{row.csvRecord, len(f.header.names), fmt.Errorf("the row has %d cells and the first line %d", len(row.cells), len(f.header.names))}
	}
	handle := row.productHandle()
	if handle == "" {
		return row.wrongCell("handle", "the row has no handle, so it belongs to no product")
	}
	p := f.byHandle[handle]
	if p == nil {
		made, err := productOfRow(row)
		if err != nil {
			return err
		}
		p = &csvProduct{made, row}
		f.byHandle[handle], f.products = p, append(f.products, p)
	} else if title := row.cellText("title"); title != "" && title != p.Title {
		return row.wrongCell("title", "line %d calls the product of this handle %q", p.first.line, p.Title)
	}
	return addRow(&p.NewProduct, row)
}

// productOfRow reads what only the first row of a product has.
func productOfRow(row csvRow) (p catalogue.NewProduct, err error) {
	p = catalogue.NewProduct{
		Handle: row.productHandle(), Title: row.cellText("title"), DescriptionHTML: row.cellText("description"), Vendor: row.cellText("vendor"),
		Type: row.cellText("type"), SEOTitle: textOrNil(row.cellText("SEO title")), SEODescription: textOrNil(row.cellText("SEO text")),
	}
	if strings.TrimSpace(p.Title) == "" {
		return p, row.wrongCell("title", "a product needs a title in its first row")
	}
	for tag := range strings.SplitSeq(row.cellText("tags"), ",") {
		if tag = strings.TrimSpace(tag); tag != "" {
			p.Tags = append(p.Tags, tag)
		}
	}
	status, err := row.oneOf("status", "", "active", "draft", "archived", "unlisted")
	if err != nil {
		return p, err
	}
	p.Status = strings.ToUpper(status)
	published, err := row.flagValue("published", true)
	if err != nil {
		return p, err
	}
	if p.Unpublished = !published; p.Status == "" && p.Unpublished {
		p.Status = "DRAFT"
	}
	for _, column := range []string{"option 1", "option 2", "option 3"} {
		if name := row.cellText(column); name != "" {
			p.Options = append(p.Options, catalogue.NewOption{Name: name})
		}
	}
	p.GiftCard, err = row.flagValue("gift card", false)
	return p, err
}

// addRow reads what every row may have: an image, a variant, or both.
func addRow(p *catalogue.NewProduct, row csvRow) error {
	if src := row.cellText("image"); src != "" {
		imageOf(p, src).Alt = textOrNil(row.cellText("alt"))
	}
	if row.cellText("value 1") == "" && row.cellText("price") == "" && row.cellText("SKU") == "" {
		return nil
	}
	v, err := variantOfRow(row, p)
	if err != nil {
		return err
	}
	if src := row.cellText("variant image"); src != "" {
		imageOf(p, src)
		v.Media = []int{slices.IndexFunc(p.Media, func(m catalogue.NewMedia) bool { return m.URL == src })}
	}
	p.Variants = append(p.Variants, v)
	return nil
}

// imageOf finds or adds the image with an address.
func imageOf(p *catalogue.NewProduct, src string) *catalogue.NewMedia {
	at := slices.IndexFunc(p.Media, func(m catalogue.NewMedia) bool { return m.URL == src })
	if at < 0 {
		p.Media = append(p.Media, catalogue.NewMedia{URL: src})
		at = len(p.Media) - 1
	}
	return &p.Media[at]
}

// variantOfRow reads a variant. What has no price is refused: Shopify would give it
// away.
func variantOfRow(row csvRow, p *catalogue.NewProduct) (v catalogue.NewVariant, err error) {
	v = catalogue.NewVariant{
		SKU: textOrNil(strings.TrimPrefix(row.cellText("SKU"), "'")), Barcode: textOrNil(strings.TrimPrefix(row.cellText("barcode"), "'")),
		Untracked: row.cellText("tracker") == "",
	}
	for _, amount := range []struct {
		column string
		into   *string
	}{{"price", &v.Price}, {"compare at", &v.CompareAtPrice}, {"cost", &v.Cost}} {
		if *amount.into, err = row.priceText(amount.column); err != nil {
			return v, err
		}
	}
	if v.Price == "" {
		return v, row.wrongCell("price", "the variant has no price; write 0.00 for what is free")
	}
	if v.Values, err = optionValues(row, p); err != nil {
		return v, err
	}
	if err := readInventory(row, &v); err != nil {
		return v, err
	}
	grams, err := row.weightValue("grams")
	if err != nil {
		return v, err
	}
	unit, err := row.oneOf("weight unit", "kg", "g", "lb", "oz")
	v.Weight, v.WeightUnit = weightOfGrams(grams, unit)
	return v, err
}

// readInventory reads stock, policy, taxes and shipping.
func readInventory(row csvRow, v *catalogue.NewVariant) error {
	quantity, err := row.wholeNumber("quantity")
	if err != nil {
		return err
	}
	v.Stock = splitStock(quantity)
	policy, err := row.oneOf("policy", "deny", "continue", "true", "false", "yes", "no")
	if err != nil {
		return err
	}
	v.ContinueSelling = policy == "continue" || policy == "true" || policy == "yes"
	taxable, err := row.flagValue("taxable", false)
	if err != nil {
		return err
	}
	shipped, err := row.flagValue("shipping", false)
	v.NotTaxable, v.NotShipped = !taxable, !shipped
	return err
}

// optionValues are the values of a variant for the options of its product.
func optionValues(row csvRow, p *catalogue.NewProduct) (values []string, err error) {
	for i := range 3 {
		column := fmt.Sprintf("value %d", i+1)
		value := row.cellText(column)
		switch {
		case i < len(p.Options) && value == "":
			return nil, row.wrongCell(column, "the option %q has no value", p.Options[i].Name)
		case i < len(p.Options):
			values = append(values, value)
		case value != "" && (i > 0 || value != "Default Title"):
			return nil, row.wrongCell(column, "%q is the value of an option that the first row of the product does not name", value)
		}
	}
	return values, nil
}

// splitStock puts a third of the stock on the shop floor when there are at least six.
func splitStock(quantity int) []catalogue.Stock {
	if quantity < 6 {
		return []catalogue.Stock{{Location: "Main warehouse", Available: quantity}}
	}
	return []catalogue.Stock{{Location: "Main warehouse", Available: quantity - quantity/3}, {Location: "Shop floor", Available: quantity / 3}}
}

// weightOfGrams converts a weight, which files give in grams, to the unit in which they want it shown.
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
func collectByTypeAndTag(s *catalogue.Shop) {
	for _, p := range s.Products {
		if p.ProductType != "" && !hasCollection(s, "type-"+catalogue.HandleOf(p.ProductType)) {
			c := s.AddCollection("type-"+catalogue.HandleOf(p.ProductType), p.ProductType, "ALPHA_ASC")
			s.AddCondition(c, "ProductType", "EQUALS", p.ProductType)
		}
		for _, tag := range p.Tags {
			if !hasCollection(s, catalogue.HandleOf(tag)) {
				s.AddCollection(catalogue.HandleOf(tag), tag, "MANUAL")
			}
			c, err := s.CollectionNamed(catalogue.HandleOf(tag))
			if err == nil && !slices.Contains(c.Chosen, p) {
				c.Chosen = append(c.Chosen, p)
			}
		}
	}
}

func hasCollection(s *catalogue.Shop, handle string) bool {
	_, err := s.CollectionNamed(handle)
	return err == nil
}
