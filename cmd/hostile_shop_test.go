package cmd

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/hostile"
)

// hostileTexts are all texts of the corpora that a shop may hold in a title.
func hostileTexts(t testing.TB) []string {
	var named map[string]map[string]string
	hostile.Texts(t, "terminal", &named)
	var texts []string
	for _, hazard := range slices.Sorted(maps.Keys(named)) {
		for _, name := range slices.Sorted(maps.Keys(named[hazard])) {
			texts = append(texts, named[hazard][name])
		}
	}
	for _, file := range []string{"html", "sheet"} {
		var listed map[string][]string
		hostile.Texts(t, file, &listed)
		for _, list := range listed {
			texts = append(texts, list...)
		}
	}
	return texts
}

// hostileShop is a shop in which everything that a merchant may write is hostile.
func hostileShop(t testing.TB, texts []string) *sandboxtest.Shop {
	t.Helper()
	shop := sandboxtest.NewShop("hostile-shop.myshopify.com", "\x1b]0;owned\a<script>alert(1)</script>\u202e", "EUR")
	var failed []error
	add := func(_ string, err error) { failed = append(failed, err) }
	for i, text := range texts {
		where := text + string(rune('A'+i%26)) // few places, no two of one name
		if i%40 == 0 {
			shop.AddLocation(where, sandboxtest.Address{City: &text})
			shop.AddCollection("c-"+string(rune('a'+i/40)), text)
		}
		add(shop.AddProduct(sandboxtest.NewProduct{
			Handle: "p-" + strings.Repeat("x", i%7) + "-" + string(rune('a'+i%26)) + string(rune('a'+i/26)),
			Title:  text, DescriptionHTML: text, Vendor: text, Type: text, Tags: []string{text}, SEOTitle: &text,
			Variants: []sandboxtest.NewVariant{{SKU: &text, Barcode: &text, Price: "1.00"}},
			Media:    []sandboxtest.NewMedia{{URL: "https://cdn.shopify.com/x.png", Alt: &text}},
		}))
	}
	if err := errors.Join(failed...); err != nil {
		t.Fatal(err)
	}
	shop.AddLocation("\n::error::twice\x1b[2J", sandboxtest.Address{})
	shop.AddLocation("\n::error::twice\x1b[2J", sandboxtest.Address{})
	return shop
}

// harmful finds what a terminal may obey or be fooled by; line feeds end lines.
func harmful(text string) (rune, bool) {
	for _, r := range text {
		switch {
		case r == '\n':
		case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xad, r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e,
			r >= 0x2060 && r <= 0x206f, r == 0xfeff, r >= 0xe0000 && r <= 0xe007f:
			return r, true
		}
	}
	return 0, false
}

// Whatever a shop writes, no command shows anything that a terminal or a runner
// of jobs obeys, and programs read it as it was.
// hazard T1, T2, T3, T4, T7
func TestHostileShopInEveryCommand(t *testing.T) {
	t.Parallel()
	texts := hostileTexts(t)
	d := newDesk(t, hostileShop(t, texts))
	for _, command := range []string{
		"connect shopify --store main --shop hostile-shop --auth browser", "status", "", "import preview --changes", "import preview -o json",
		"import run --yes -v", "runs list", "runs show latest", "runs show latest -o json", "runs warnings latest", "runs warnings latest -o jsonl",
		"runs changes latest", "runs changes latest -o jsonl", "runs compare latest latest", "runs compare latest latest -o json",
		"catalog products", "catalog products -o json", "catalog products -o csv", "catalog variants", "catalog variants -o jsonl", "catalog variants -o csv",
		"catalog media", "catalog media -o csv", "catalog categories", "catalog categories -o csv", "catalog memberships", "catalog memberships -o csv",
		"catalog warehouses", "catalog warehouses -o json", "catalog warehouses -o csv", "catalog stock", "warehouses list", "warehouses list -o json",
		"explain stock =1+1", "explain stock =1+1 -o json", "RENAME", "reconcile --changes", "reconcile -o json", "reconcile -o html",
		"runs show latest -o html", "import preview --all-stores", "import run --yes --fail-on any", "state info", "doctor", "status --check", "status -o json",
		"__complete warehouses link x", "__complete warehouses unlink ", "__complete runs show ", "warehouses unlink 1", "warehouses link 1 gid://none", "disconnect shopify --store main --yes",
	} {
		if command == "RENAME" {
			err := errors.Join(d.shop.Retitle("p--aa", "\x1b]52;c;ZXZpbA==\a\n::error::retitled"), d.shop.RenameLocation("\n::error::twice\x1b[2J", "\x9b31m\u202e"))
			if err != nil && !strings.Contains(err.Error(), "location") {
				t.Fatal(err)
			}
			continue
		}
		printed, complained, _ := d.run(strings.Fields(command)...)
		if strings.HasPrefix(command, "__complete") {
			printed = strings.ReplaceAll(printed, "\t", " ") // stands between a word and what it means
		}
		for _, text := range []string{printed, complained} {
			if r, found := harmful(text); found {
				t.Errorf("eshopctl %s prints %q", command, r)
			}
			for line := range strings.Lines(text) {
				if strings.HasPrefix(line, "::") || strings.HasPrefix(line, "##") {
					t.Errorf("eshopctl %s prints the line %q", command, line)
				}
			}
		}
		if strings.HasSuffix(command, "-o json") && !json.Valid([]byte(printed)) {
			t.Errorf("eshopctl %s prints no JSON", command)
		}
	}
	assertKept(t, d, texts)
}

// assertKept reads the titles back that went in; U+0000 alone is replaced.
func assertKept(t *testing.T, d *desk, texts []string) {
	t.Helper()
	var document struct {
		Products []struct{ Title, Vendor string }
	}
	if err := json.Unmarshal([]byte(d.mustRun("catalog", "products", "-o", "json")), &document); err != nil {
		t.Fatal(err)
	}
	titles := map[string]bool{}
	for _, product := range document.Products {
		titles[product.Title] = true
	}
	for _, text := range texts {
		if !titles[strings.ReplaceAll(text, "\x00", "\ufffd")] {
			t.Errorf("the title %q is not in the catalogue as it was", text)
		}
	}
}

// A spreadsheet takes no cell of any export for a formula, and no file is written
// but the one that was named.
// hazard T5, T8
func TestHostileShopInExports(t *testing.T) {
	d := newDesk(t, hostileShop(t, hostileTexts(t)))
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "hostile-shop", "--auth", "browser")
	d.mustRun("import", "run", "--yes")
	for _, table := range importer.TableNames() {
		rows, err := csv.NewReader(strings.NewReader(d.mustRun("catalog", table, "-o", "csv"))).ReadAll()
		if err != nil {
			t.Fatal(table, err)
		}
		for _, row := range rows[1:] {
			for i, cell := range row {
				bare := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
				if strings.IndexAny(bare, "=+-@＝＋－＠") == 0 && strings.Trim(bare, "-0123456789.") != "" {
					t.Errorf("%s: %s is %q", table, rows[0][i], cell)
				}
			}
		}
	}
	folder := t.TempDir()
	d.mustRun("runs", "show", "latest", "-o", "html", "--out", filepath.Join(folder, "report.html"))
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

// What is suggested to be typed holds no text of the shop that a shell would obey.
// hazard T9
func TestSuggestionsAreSafeToPaste(t *testing.T) {
	d := newDesk(t, hostileShop(t, hostileTexts(t)))
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "hostile-shop", "--auth", "browser")
	d.mustRun("import", "run", "--yes")
	for _, command := range []string{"status -o json", "doctor -o json", "runs show latest -o json", "explain stock =1+1 -o json", "import run --yes --fail-on any -o json"} {
		printed, _, _ := d.run(strings.Fields(command)...)
		var document any
		if err := json.Unmarshal([]byte(printed), &document); err != nil {
			t.Fatal(command, err)
		}
		eachText(document, func(name, text string) {
			if (name == "command" || name == "hint" || name == "cure") && strings.Contains(text, "eshopctl ") && strings.ContainsAny(text, "$`'\"|&<>\\") {
				t.Errorf("eshopctl %s suggests %q", command, text)
			}
		})
	}
}

func eachText(v any, look func(name, text string)) {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			if text, ok := value.(string); ok {
				look(name, text)
			}
			eachText(value, look)
		}
	case []any:
		for _, value := range v {
			eachText(value, look)
		}
	}
}

// A search looks for what was typed, letter by letter, in whatever case.
// hazard T10
func TestSearchIsLiteral(t *testing.T) {
	var listed map[string][]string
	hostile.Texts(t, "search", &listed)
	searches := listed["T10"]
	d := newDesk(t, hostileShop(t, append([]string{"tea cup", "TEA%", "t_a"}, searches...)))
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "hostile-shop", "--auth", "browser")
	d.mustRun("import", "run", "--yes")
	for _, search := range searches {
		if strings.Contains(search, "\x00") {
			continue // no argument of a program can hold it
		}
		printed := d.mustRun("catalog", "products", "--search="+search, "-o", "jsonl")
		if !strings.Contains(printed, "\n") {
			t.Errorf("--search %q finds nothing", search)
		}
		for line := range strings.Lines(printed) {
			var row struct {
				ExternalID          string `json:"external_id"`
				Type                string `json:"product_type"`
				Title, Slug, Vendor string
				Status              string
				Tags                []string
			}
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				t.Fatal(err)
			}
			held := append(row.Tags, row.ExternalID, row.Title, row.Slug, row.Vendor, row.Type, row.Status)
			found := strings.Contains(caseless(strings.Join(held, "\n")), caseless(search))
			if !found {
				t.Errorf("--search %q finds %s", search, line)
			}
		}
	}
}

// caseless makes of each letter the least of those that are the same in another
// case, and of the one letter here that may stand in two code points one.
func caseless(text string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, strings.ReplaceAll(text, "e\u0301", "é"))
}
