package shops

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// csvColumns are the columns that are read, with their names before 2025 and since. Both are in use, in capital and in
// small letters:
// https://help.shopify.com/en/manual/products/import-export/using-csv
var csvColumns = map[string][]string{
	"handle":         {"Handle", "URL handle"},
	"title":          {"Title"},
	"description":    {"Body (HTML)", "Description"},
	"vendor":         {"Vendor"},
	"type":           {"Type", "Custom Product Type"},
	"tags":           {"Tags"},
	"published":      {"Published", "Published on online store"},
	"status":         {"Status"},
	"gift card":      {"Gift Card"},
	"SEO title":      {"SEO Title"},
	"SEO text":       {"SEO Description"},
	"option 1":       {"Option1 Name"},
	"option 2":       {"Option2 Name"},
	"option 3":       {"Option3 Name"},
	"value 1":        {"Option1 Value"},
	"value 2":        {"Option2 Value"},
	"value 3":        {"Option3 Value"},
	"SKU":            {"Variant SKU", "SKU"},
	"barcode":        {"Variant Barcode", "Barcode"},
	"price":          {"Variant Price", "Price"},
	"compare at":     {"Variant Compare At Price", "Compare-at price"},
	"cost":           {"Cost per item"},
	"tracker":        {"Variant Inventory Tracker", "Inventory tracker"},
	"quantity":       {"Variant Inventory Qty", "Inventory quantity"},
	"policy":         {"Variant Inventory Policy", "Continue selling when out of stock"},
	"taxable":        {"Variant Taxable", "Charge tax"},
	"shipping":       {"Variant Requires Shipping", "Requires shipping"},
	"grams":          {"Variant Grams", "Weight value (grams)"},
	"weight unit":    {"Variant Weight Unit", "Weight unit for display"},
	"image":          {"Image Src", "Product image URL"},
	"alt":            {"Image Alt Text"},
	"variant image":  {"Variant Image", "Variant image URL"},
	"image position": {"Image Position"}, // rows are in that order
}

// csvHeader is the first row of a file: its words, and where each column stands.
type csvHeader struct {
	names []string
	place map[string]int
}

// readHeader finds the columns. It refuses a file without the columns that every file must have, so that a misnamed
// column of prices does not make everything free of charge.
func readHeader(names []string) (csvHeader, error) {
	header := csvHeader{names, map[string]int{}}
	for i, name := range names {
		column := csvColumn(name)
		if column == "" {
			continue
		}
		if before, twice := header.place[column]; twice {
			return header, fmt.Errorf("the columns %q and %q are one and the same", names[before], name)
		}
		header.place[column] = i
	}
	for _, column := range []string{"handle", "title", "price"} {
		if _, there := header.place[column]; !there {
			return header, fmt.Errorf("no column is named %s; there are %s%s", orWords(csvColumns[column]), quotedWords(names), separatorHint(names))
		}
	}
	return header, nil
}

func csvColumn(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	for column, known := range csvColumns {
		if slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, name) }) {
			return column
		}
	}
	return ""
}

func orWords(words []string) string { return strings.Join(words, " or ") }

func quotedWords(words []string) string {
	const most = 8
	var quoted []string
	for _, word := range words[:min(len(words), most)] {
		quoted = append(quoted, strconv.Quote(word))
	}
	text := strings.Join(quoted, ", ")
	if len(words) > most {
		text += fmt.Sprintf(" and %d more", len(words)-most)
	}
	return text
}

// separatorHint helps with a file whose columns are separated by other characters than commas.
func separatorHint(names []string) string {
	if len(names) == 1 && strings.ContainsAny(names[0], ";\t") {
		return "; part the columns with commas"
	}
	return ""
}

// csvRow is one row of a file, by its columns.
type csvRow struct {
	csvRecord
	header csvHeader
}

// cellText is what stands in a column, "" where the file has none of it.
func (r csvRow) cellText(column string) string {
	if place, there := r.header.place[column]; there {
		return r.cells[place]
	}
	return ""
}

// wrongCell says what is wrong in a column of the row.
func (r csvRow) wrongCell(column, format string, args ...any) error {
	return &csvCellError{r.csvRecord, r.header.place[column], fmt.Errorf(format, args...)}
}

// oneOf is the word of a column, in whatever case; "" stands for the first.
func (r csvRow) oneOf(column string, words ...string) (string, error) {
	text := strings.TrimSpace(r.cellText(column))
	if text == "" {
		return words[0], nil
	}
	for _, word := range words {
		if word != "" && strings.EqualFold(text, word) {
			return word, nil
		}
	}
	return "", r.wrongCell(column, "%q is none of %s", text, strings.Join(slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" }), ", "))
}

// flagValue is what a column that is true or false says; unsaid stands for an empty one.
func (r csvRow) flagValue(column string, unsaid bool) (bool, error) {
	word, err := r.oneOf(column, "", "true", "false", "yes", "no", "1", "0")
	if word == "" {
		return unsaid, err
	}
	return word == "true" || word == "yes" || word == "1", err
}

var (
	csvWhole  = regexp.MustCompile(`^-?\d{1,9}$`)
	csvWeight = regexp.MustCompile(`^\d{1,12}(\.\d+)?$`)
	csvPrice  = regexp.MustCompile(`^\d{1,15}(\.\d+)?$`)
)

func (r csvRow) wholeNumber(column string) (int, error) {
	text, err := r.figureText(column, csvWhole, "whole number such as 12")
	if text == "" || err != nil {
		return 0, err
	}
	return strconv.Atoi(text)
}

func (r csvRow) weightValue(column string) (float64, error) {
	text, err := r.figureText(column, csvWeight, "weight in grams such as 250 or 0.5")
	if text == "" || err != nil {
		return 0, err
	}
	return strconv.ParseFloat(text, 64)
}

// priceText is a price, "" where there is none.
func (r csvRow) priceText(column string) (string, error) {
	return r.figureText(column, csvPrice, "price such as 9.99")
}

// figureText returns the text of a number of the given form, "" for an empty cell.
func (r csvRow) figureText(column string, looks *regexp.Regexp, wanted string) (string, error) {
	text := strings.TrimSpace(r.cellText(column))
	if text != "" && !looks.MatchString(text) {
		return "", r.wrongCell(column, "%q is no %s", text, wanted)
	}
	return text, nil
}
