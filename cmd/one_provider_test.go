package cmd

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// ofShopify are the words by which a file shows that it knows Shopify: its name, how it
// writes ids, and what it calls the only variant of a product.
var ofShopify = regexp.MustCompile(`(?i)shopify|gid:|default title`)

// mayNameShopify are the files that may know it, and the folders of those that are about
// nothing else.
var mayNameShopify = map[string]string{
	"shopify":                  "it is Shopify",
	"testdata":                 "tests know what they test",
	"cmd/access/registered.go": "the line by which it is registered, and what stands behind that",
	"cmd/trial":                "the simulated shop is one of Shopify's",
	"cmd/help":                 "pages of help",
}

// helpTexts are the fields of commands that are printed as their help.
var helpTexts = []string{"Short", "Long", "Example"}

// namesOfShopify are the literals and identifiers of a file that name Shopify. What is
// help of a command or of a flag does not count, nor what is said to readers of the code.
func namesOfShopify(name, source string) (found []string, err error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		var words string
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			key, named := n.Key.(*ast.Ident)
			return !named || !slices.Contains(helpTexts, key.Name)
		case *ast.CallExpr:
			called, method := n.Fun.(*ast.SelectorExpr)
			return !method || !strings.HasSuffix(strings.TrimSuffix(called.Sel.Name, "P"), "Var") // flags.BoolVar and the like
		case *ast.BasicLit:
			words = n.Value
		case *ast.Ident:
			words = n.Name
		}
		if ofShopify.MatchString(words) {
			found = append(found, fmt.Sprintf("%s: %.60s", set.Position(n.Pos()), words))
		}
		return true
	})
	return found, nil
}

// Nothing but its package and the line of its registration knows a provider: what is
// said of it comes from its connector.Platform.
func TestShopifyIsKnownInOnePlace(t *testing.T) {
	for path, text := range sourceTexts(t, mayNameShopify) {
		names, err := namesOfShopify(path, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			t.Errorf("%s: only its package knows Shopify; see connector.Platform", name)
		}
	}
}

// The test above would be worth nothing if it could not fail.
func TestNamesOfShopifyAreFound(t *testing.T) {
	for source, names := range map[string]int{
		"package health; var words = `until Shopify refuses it`":                                  1,
		"package cmd; type ShopifyApp struct{}":                                                   1,
		"package cmd; var app = p.face.Settings.Shopify":                                          1,
		"package importer; const only = `Default Title`":                                          1,
		"package state; import `github.com/eshopos/eshopctl/shopify`; var p = shopify.Platform()": 2,
		"package cmd; var a = command{Long: `Shopify`}":                                           0,
		"package cmd; func f() { flags.BoolVar(&a, `a`, false, `where Shopify gives it`) }":       0,
		"package connector // Shopify does so":                                                    0,
	} {
		if found, err := namesOfShopify("x.go", source); err != nil || len(found) != names {
			t.Errorf("%s: %v, %v", source, found, err)
		}
	}
}
