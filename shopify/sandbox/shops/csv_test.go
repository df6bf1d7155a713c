package shops_test

import (
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

func openAll(t *testing.T, paths ...string) []io.Reader {
	t.Helper()
	var files []io.Reader
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		files = append(files, f)
	}
	return files
}

func TestFromCSV(t *testing.T) {
	s, err := sandboxtest.FromCSV(openAll(t, "testdata/products.csv")...)
	if err != nil {
		t.Fatal(err)
	}
	got := s.Truth()
	shirt, voucher := got.Products[0], got.Products[1]
	diff(t, "product", sandboxtest.ProductTruth{
		ID: shirt.ID, Handle: "linen-shirt", Title: "Linen Shirt", DescriptionHTML: `<p>Soft, "washed" linen.</p>`, Vendor: "Alder",
		Type: "Shirts", Status: "ACTIVE", Tags: []string{"linen", "new", "summer"},
		Options:  []sandboxtest.OptionTruth{{Name: "Size", Values: []string{"S", "M"}}, {Name: "Colour", Values: []string{"White"}}},
		SEOTitle: new("Linen shirt"), SEODescription: new("A shirt"), CreatedAt: shirt.CreatedAt, UpdatedAt: shirt.UpdatedAt,
	}, shirt)
	if voucher.Status != "DRAFT" || len(got.Variants) != 3 || got.Variants[2].Tracked || got.Variants[2].RequiresShipping {
		t.Errorf("voucher is %+v with %+v", voucher, got.Variants[2:])
	}
	first := got.Variants[0]
	if first.Price != "49.50" || *first.CompareAtPrice != "60.00" || *first.Barcode != "0501234" || first.Weight != 250 || first.WeightUnit != "GRAMS" {
		t.Errorf("first variant is %+v", first)
	}
	if len(got.Media) != 3 || *got.Media[1].Alt != "Back" || len(got.Media[1].VariantIDs) != 2 || got.Media[2].Alt != nil {
		t.Errorf("media are %+v", got.Media)
	}
	if len(got.Levels) != 4 || got.Levels[0].Quantities["available"] != 6 || got.Levels[1].Quantities["available"] != 3 {
		t.Errorf("levels are %+v", got.Levels)
	}
	var titles []string
	for _, c := range got.Collections {
		titles = append(titles, c.Title)
	}
	diff(t, "collections", []string{"Shirts", "linen", "new", "summer", "Gifts"}, titles)
}

// namedFile is a file with a name.
type namedFile struct{ io.Reader }

func (namedFile) Name() string { return "products.csv" }

const csvHead = "Handle,Title,Status,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Variant Grams\n"

// What cannot be read is refused with file, line, column and handle, in words that
// somebody with a spreadsheet understands.
func TestFromCSVSaysWhatIsWrong(t *testing.T) {
	for name, test := range map[string]struct{ file, want string }{
		"price":              {csvHead + "a,A,,Size,S,,\"9.1013,00\",1,1\n", `products.csv, line 2, column "Variant Price", handle "a": "9.1013,00" is no price such as 9.99`},
		"price of a later":   {csvHead + "a,A,,Size,S,,1,1,1\n\na,,,,M,,1e3,1,1\n", `products.csv, line 4, column "Variant Price", handle "a": "1e3" is no price such as 9.99`},
		"no price":           {csvHead + "a,A,,Size,S,X,,1,1\n", `products.csv, line 2, column "Variant Price", handle "a": the variant has no price; write 0.00 for what is free`},
		"no price anywhere":  {csvHead + "a,A,,,,,,,\n", `products.csv, line 2, column "Variant Price", handle "a": the product has no price in any row; write 0.00 for what is free`},
		"quantity":           {csvHead + "a,A,,Size,S,,1,many,1\n", `products.csv, line 2, column "Variant Inventory Qty", handle "a": "many" is no whole number such as 12`},
		"weight":             {csvHead + "a,A,,Size,S,,1,1,NaN\n", `products.csv, line 2, column "Variant Grams", handle "a": "NaN" is no weight in grams such as 250 or 0.5`},
		"status":             {csvHead + "a,A,actif,Size,S,,1,1,1\n", `products.csv, line 2, column "Status", handle "a": "actif" is none of active, draft, archived, unlisted`},
		"no handle":          {csvHead + "a,A,,Size,S,,1,1,1\n,,,,M,,1,1,1\n", `products.csv, line 3, column "Handle": the row has no handle, so it belongs to no product`},
		"no title":           {csvHead + "a,,,Size,S,,1,1,1\n", `products.csv, line 2, column "Title", handle "a": a product needs a title in its first row`},
		"another title":      {csvHead + "a,A,,Size,S,,1,1,1\na,B,,,M,,1,1,1\n", `products.csv, line 3, column "Title", handle "a": line 2 calls the product of this handle "A"`},
		"no value":           {csvHead + "a,A,,Size,,,1,1,1\n", `products.csv, line 2, column "Option1 Value", handle "a": the option "Size" has no value`},
		"bytes":              {csvHead + "a,A,,Size,\xe9t\xe9,,1,1,1\n", `products.csv, line 2, column "Option1 Value", handle "a": the text is not in UTF-8; save the file as UTF-8`},
		"open quote":         {csvHead + "a,\"A,,Size,S,,1,1,1\n", `products.csv, line 2, column "Title", handle "a": a quote that opens in line 2 is never closed`},
		"quote inside":       {csvHead + "a,A 5\",,Size,S,,1,1,1\n", `products.csv, line 2, column "Title", handle "a": a quote stands in a text that is not quoted; quote the text and write the quote twice`},
		"behind a quote":     {csvHead + "a,\"A\"b,,Size,S,,1,1,1\n", `products.csv, line 2, column "Title", handle "a": text stands behind a closing quote; a quote within a text is written twice`},
		"lone CR":            {csvHead + "a,A\rB,,Size,S,,1,1,1\n", `products.csv, line 2, column "Title", handle "a": the line ends otherwise than the first one does; let all lines end alike`},
		"cells":              {csvHead + "a,A,,Size,S,,1,1\n", `products.csv, line 2, handle "a": the row has 8 cells and the first line 9`},
		"only unknown":       {"Handle,Title,Prix,Quantité\na,A,9,1\n", `products.csv, line 1: no column is named Variant Price or Price; there are "Handle", "Title", "Prix", "Quantité"`},
		"semicolons":         {"Handle;Title;Variant Price\na;A;1\n", `products.csv, line 1: no column is named Handle or URL handle; there are "Handle;Title;Variant Price"; part the columns with commas`},
		"both names":         {"Handle,URL handle,Title,Price\na,a,A,1\n", `products.csv, line 1: the columns "Handle" and "URL handle" are one and the same`},
		"nothing":            {"", `products.csv: the file is empty`},
		"only a head":        {csvHead, `products.csv: the file has no product`},
		"UTF-16":             {"\xff\xfeH\x00", `products.csv: the file is in UTF-16; save it as UTF-8`},
		"line behind quotes": {"Handle,Title,Body (HTML),Price\na,A,\"<p>\n</p>\",1\nb,B,,x\n", `products.csv, line 4, column "Price", handle "b": "x" is no price such as 9.99`},
	} {
		_, err := sandboxtest.FromCSV(namedFile{strings.NewReader(test.file)})
		if err == nil || err.Error() != test.want {
			t.Errorf("%s:\n got %v\nwant %s", name, err, test.want)
		}
	}
	twice := csvHead + "a,A,,Size,S,,1,1,1\n"
	if _, err := sandboxtest.FromCSV(namedFile{strings.NewReader(twice)}, namedFile{strings.NewReader(twice)}); err == nil || !strings.Contains(err.Error(), `line 2, column "Handle", handle "a": there is a product "a" already`) {
		t.Errorf("%v", err)
	}
}

// Both sets of column names are in use, in any case and order, and every program ends
// lines in its own way.
func TestFromCSVReadsWhatSpreadsheetsWrite(t *testing.T) {
	const (
		old = "Handle,Title,Body (HTML),Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Image Src,Variant Weight Unit,Color (product.metafields.shopify.color-pattern)\n" +
			"clay-pot,\"Pot, \"\"big\"\"\",<p>Clay</p>,TRUE,Size,Large,POT-L,900,shopify,4,continue,15.99,20,true,true,https://cdn.example.com/pot.jpg,kg,red\n" +
			"clay-pot,,,,,Small,POT-S,450,shopify,-1,deny,9.5,,true,true,,kg,\n"
		current = "title,URL HANDLE,description,Published On Online Store,option1 name,Option1 Value,sku,Weight value (GRAMS),Inventory Tracker,Inventory quantity,Continue selling when out of stock,price,Compare-At Price,Requires shipping,Charge tax,Product image URL,Weight unit for display,Price / International\n" +
			"\"Pot, \"\"big\"\"\",clay-pot,<p>Clay</p>,true,Size,Large,POT-L,900,shopify,4,TRUE,15.99,20,TRUE,TRUE,https://cdn.example.com/pot.jpg,kg,17\n" +
			",clay-pot,,,,Small,POT-S,450,shopify,-1,DENY,9.5,,TRUE,TRUE,,kg,\n"
	)
	want := truthOfCSV(t, old)
	if want.Products[0].Title != `Pot, "big"` || len(want.Variants) != 2 || want.Variants[0].Price != "15.99" || want.Variants[1].Price != "9.50" || len(want.Media) != 1 {
		t.Fatalf("%+v %+v", want.Products, want.Variants)
	}
	for name, file := range map[string]string{
		"current names":      current,
		"CRLF":               strings.ReplaceAll(old, "\n", "\r\n"),
		"CR":                 strings.ReplaceAll(current, "\n", "\r"),
		"a mark":             "\ufeff" + old,
		"a mark and a quote": "\ufeff\"Handle\"" + strings.TrimPrefix(old, "Handle"),
		"empty last lines":   old + strings.Repeat(",", 17) + "\n" + strings.Repeat(",", 17) + "\n\n",
		"short empty lines":  old + ",,,,\n,,,,\n",
		"no last line end":   strings.TrimSuffix(current, "\n"),
		"in capitals":        strings.ToUpper(old[:strings.Index(old, "\n")]) + old[strings.Index(old, "\n"):],
	} {
		diff(t, name, want, truthOfCSV(t, file))
	}
}

// truthOfCSV is what a file makes, without the times.
func truthOfCSV(t *testing.T, file string) sandboxtest.Truth {
	t.Helper()
	s, err := sandboxtest.FromCSV(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	truth := s.Truth()
	for i := range truth.Products {
		truth.Products[i].CreatedAt, truth.Products[i].UpdatedAt = truth.Products[0].CreatedAt, truth.Products[0].CreatedAt
	}
	return truth
}

// Line ends within a quoted text are part of it.
func TestFromCSVKeepsTexts(t *testing.T) {
	truth := truthOfCSV(t, "Handle,Title,Body (HTML),Price\r\na,A,\"<p>\r\n</p>\n \",1\r\n")
	if got := truth.Products[0].DescriptionHTML; got != "<p>\r\n</p>\n " {
		t.Errorf("%q", got)
	}
}

// TestFromShopifysFiles reads the files that Shopify made for filling development stores.
func TestFromShopifysFiles(t *testing.T) {
	paths, err := filepath.Glob("../../../../shared/data/products-*.csv")
	if err != nil || len(paths) == 0 {
		t.Skip("Shopify's files are not here")
	}
	s, err := sandboxtest.FromCSV(openAll(t, paths...)...)
	if err != nil {
		t.Fatal(err)
	}
	got := s.Truth()
	t.Logf("%d products, %d variants, %d media, %d collections", len(got.Products), len(got.Variants), len(got.Media), len(got.Collections))
	if len(got.Products) < 30 || len(got.Variants) < len(got.Products) || len(got.Media) < 30 {
		t.Errorf("only %d products, %d variants, %d media", len(got.Products), len(got.Variants), len(got.Media))
	}
}

// Each cell of these files comes through as it stands there. The standard library,
// which reads their plain form, says what that is.
func TestShopifysFilesComeThroughExactly(t *testing.T) {
	paths, err := filepath.Glob("../../../../shared/data/products-*.csv")
	if err != nil || len(paths) == 0 {
		t.Skip("Shopify's files are not here")
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		s, err := sandboxtest.FromCSV(strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		diff(t, path, cellsOf(rows), cellsOfTruth(s.Truth()))
	}
}

// cellsOf gives what a file says of products, variants and images, each in one line.
func cellsOf(rows [][]string) (cells []string) {
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	get := func(row []string, column string) string { return row[at[column]] }
	for _, row := range rows[1:] {
		handle := get(row, "Handle")
		if title := get(row, "Title"); title != "" {
			cells = append(cells, strings.Join([]string{"product", handle, title, get(row, "Body (HTML)"), get(row, "Vendor"), get(row, "Type")}, "|"))
		}
		if price := get(row, "Variant Price"); price != "" {
			stock, _ := strconv.Atoi(get(row, "Variant Inventory Qty"))
			amount, _ := catalogue.FormatMoney(price)
			var values []string
			for _, column := range []string{"Option1 Value", "Option2 Value", "Option3 Value"} {
				if value := get(row, column); value != "" {
					values = append(values, value)
				}
			}
			cells = append(cells, strings.Join([]string{"variant", handle, strings.Join(values, " / "), get(row, "Variant SKU"), amount, strconv.Itoa(stock)}, "|"))
		}
		if src := get(row, "Image Src"); src != "" {
			cells = append(cells, strings.Join([]string{"image", handle, src, get(row, "Image Alt Text")}, "|"))
		}
	}
	slices.Sort(cells)
	return slices.Compact(cells)
}

func cellsOfTruth(truth sandboxtest.Truth) (cells []string) {
	handles, stock := map[string]string{}, map[string]int{}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	for _, p := range truth.Products {
		handles[p.ID] = p.Handle
		cells = append(cells, strings.Join([]string{"product", p.Handle, p.Title, p.DescriptionHTML, p.Vendor, p.Type}, "|"))
	}
	for _, l := range truth.Levels {
		stock[l.InventoryItemID] += l.Quantities["available"]
	}
	for _, v := range truth.Variants {
		cells = append(cells, strings.Join([]string{"variant", handles[v.ProductID], v.Title, text(v.SKU), v.Price, strconv.Itoa(stock[v.InventoryItemID])}, "|"))
	}
	for _, m := range truth.Media {
		cells = append(cells, strings.Join([]string{"image", handles[m.ProductID], text(m.URL), text(m.Alt)}, "|"))
	}
	slices.Sort(cells)
	return slices.Compact(cells)
}
