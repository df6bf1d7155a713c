package cmd

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/testdata/rooms"
)

// mutual are the pairs of files that use each other: halves of one idea that are read
// better apart, or what is still to be mended. A new pair is a new entry here.
var mutual = []string{}

// wide are the structs that may have more fields than others, because each is a table, a
// row of one, a report or settings: flat, and nobody keeps all of it in mind.
var wide = map[string]string{
	"cmd/settings.Settings":    "settings: one field for each",
	"cmd/view.Card":            "report: its JSON is a contract",
	"cmd/view.Check":           "report: its JSON is a contract",
	"cmd/view/page.reportData": "report: what the template shows",
	"connector.Connector":      "row of the registry",
	"connector.Platform":       "settings: what differs from provider to provider",
	"connector/health.Facts":   "report: nil where nobody looked",
	"connector/health.Machine": "report: what doctor looked at",
	"importer.Change":          "row of a plan",
	"importer.Plan":            "report: its JSON is a contract",
	"importer.Product":         "row: its columns",
	"importer.Run":             "report: its JSON is a contract",
	"importer.Table":           "settings: all that is special about a table",
	"importer.Variant":         "row: its columns",
	"shopify/records.Product":  "row: the fields of a line",
	"shopify/records.Variant":  "row: the fields of a line",

	"shopify/sandbox/bulk.Settings":            "settings: what goes otherwise with bulk operations",
	"shopify/sandbox/catalogue.Collection":     "row: what Shopify keeps",
	"shopify/sandbox/catalogue.Item":           "row: what Shopify keeps",
	"shopify/sandbox/catalogue.NewProduct":     "row: what may be said of a new product",
	"shopify/sandbox/catalogue.NewVariant":     "row: what may be said of a new variant",
	"shopify/sandbox/catalogue.Product":        "row: what Shopify keeps",
	"shopify/sandbox/catalogue.Variant":        "row: what Shopify keeps",
	"shopify/sandbox/sandboxtest.ProductTruth": "row: what an import should find",
	"shopify/sandbox/sandboxtest.VariantTruth": "row: what an import should find",
}

// No package, type or function grows until nobody finds the way in it; names say what
// they are about, and data goes through the files of a package one way.
func TestRooms(t *testing.T) {
	floors, err := rooms.Measure("..", "./...")
	if err != nil {
		t.Fatal(err)
	}
	floors = slices.DeleteFunc(floors, func(f *rooms.Floor) bool { return f.Folder == lawSuite })
	house, both := rooms.Floor{}, []string{}
	pairs := 0
	for _, floor := range floors {
		for _, figure := range append(figuresBeyond(floor), openTo(floor)...) {
			t.Error(figure)
		}
		house.Functions = append(house.Functions, floor.Functions...)
		pairs += floor.Pairs()
		for _, pair := range floor.Both() {
			both = append(both, fmt.Sprintf("%s: %s %s", floor.Folder, pair.From, pair.To))
		}
	}
	for _, pair := range listed(both, mutual) {
		t.Error(pair)
	}
	for _, name := range slices.Sorted(maps.Keys(wide)) {
		if !slices.ContainsFunc(floors, func(f *rooms.Floor) bool { return isWide(f, name) }) {
			t.Errorf("%s is not wide any more: take it off the list", name)
		}
	}
	if share := 100 * len(both) / pairs; share > rooms.MostBothWays {
		t.Errorf("%d of %d pairs of files use each other", len(both), pairs)
	}
	if share := 100 * house.OneWord() / len(house.Functions); share > rooms.MostOneWord {
		t.Errorf("%d of %d functions have a name of one word", house.OneWord(), len(house.Functions))
	}
}

// listed says what of the pairs that were found and of those that are allowed is not among
// the others.
func listed(found, allowed []string) []string {
	var differences []string
	for _, pair := range found {
		if !slices.Contains(allowed, pair) {
			differences = append(differences, pair+" use each other")
		}
	}
	for _, pair := range allowed {
		if !slices.Contains(found, pair) {
			differences = append(differences, pair+" do not use each other any more: take them off the list")
		}
	}
	return differences
}

// figuresBeyond names what of a package is beyond its limit.
func figuresBeyond(floor *rooms.Floor) (found []string) {
	hold := func(figure string, is, most int) {
		if is > most {
			found = append(found, fmt.Sprintf("%s: %d %s, at most %d", floor.Folder, is, figure, most))
		}
	}
	hold("lines", floor.Lines, rooms.MostLines)
	for _, wide := range floor.Types {
		hold("methods of "+wide.Name, wide.Methods, rooms.MostMethods)
		hold("files with methods of "+wide.Name, wide.Files, rooms.MostFiles)
	}
	for _, function := range floor.Functions {
		hold("lines of "+function.Name, function.Lines, rooms.LongestFunction)
	}
	for _, s := range floor.Structs {
		if wide[floor.Folder+"."+s.Name] == "" {
			hold("fields of "+s.Name, s.Fields, rooms.MostFields)
		}
	}
	return found
}

// isWide reports whether a package has the struct of that name, wider than most may be.
func isWide(floor *rooms.Floor, name string) bool {
	return slices.ContainsFunc(floor.Structs, func(s rooms.Struct) bool {
		return floor.Folder+"."+s.Name == name && s.Fields > rooms.MostFields
	})
}

// openTo names the variables of a package that somebody changes, or could from outside.
func openTo(floor *rooms.Floor) (found []string) {
	for _, name := range floor.Open {
		found = append(found, fmt.Sprintf("%s: the variable %s can be changed from outside: make it a function", floor.Folder, name))
	}
	for _, name := range floor.Written {
		found = append(found, fmt.Sprintf("%s: the variable %s of the package is written to", floor.Folder, name))
	}
	return found
}
