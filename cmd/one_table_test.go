package cmd

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// mayListTables are the files that list tables, and the folders of those that do so by
// their nature.
var mayListTables = map[string]string{
	"importer/tables.go":    "it declares them",
	"state/chunks/older.go": "how wide records were before chunks named their columns; no table is added there",
	"shopify":               "which of Shopify's lists fill which tables",
}

// tableLists names each list of tables in a file: a literal or a switch in which two
// stand side by side, by their variables, or three by their names.
func tableLists(name, source string) (found []string, err error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		var side []ast.Expr
		switch n := n.(type) {
		case *ast.CompositeLit:
			side = sideBySide(n.Elts)
		case *ast.SwitchStmt:
			for _, clause := range n.Body.List {
				side = append(side, clause.(*ast.CaseClause).List...)
			}
		default:
			return true
		}
		if variables, names := tablesAmong(side, file.Name.Name == "importer"); len(variables) > 1 || len(names) > 2 {
			found = append(found, fmt.Sprintf("%s lists %s: what a table needs is a property of importer.Table", set.Position(n.Pos()), strings.Join(append(variables, names...), ", ")))
		}
		return true
	})
	return found, nil
}

// sideBySide are the elements of a literal, or its keys where it has some.
func sideBySide(elements []ast.Expr) (side []ast.Expr) {
	for _, element := range elements {
		if pair, keyed := element.(*ast.KeyValueExpr); keyed {
			element = pair.Key
		}
		side = append(side, element)
	}
	return side
}

// tablesAmong are the tables among expressions, by their variables and by their names.
func tablesAmong(side []ast.Expr, inside bool) (variables, names []string) {
	for _, one := range side {
		switch one := one.(type) {
		case *ast.Ident:
			if inside && isTable(one.Name) {
				variables = append(variables, one.Name)
			}
		case *ast.SelectorExpr:
			if of, is := one.X.(*ast.Ident); is && of.Name == "importer" && isTable(one.Sel.Name) {
				variables = append(variables, one.Sel.Name)
			}
		case *ast.BasicLit:
			if text, err := strconv.Unquote(one.Value); err == nil && importer.TableNamed(text) != nil {
				names = append(names, text)
			}
		}
	}
	slices.Sort(variables)
	return slices.Compact(variables), names
}

// isTable reports whether a variable of importer is a table of the catalogue.
func isTable(variable string) bool { return importer.TableNamed(strings.ToLower(variable)) != nil }

// No list of tables stands anywhere but where they are declared: what is on none of
// several such lists is lost or counted as something else.
func TestTablesAreListedInOnePlace(t *testing.T) {
	for path, text := range sourceTexts(t, mayListTables) {
		lists, err := tableLists(path, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, list := range lists {
			t.Error(list)
		}
	}
}

// The test above would be worth nothing if it could not fail.
func TestListsOfTablesAreNamed(t *testing.T) {
	for source, lists := range map[string]int{
		"package importer; var all = []*Table{Products, Stock}":                                                                                  1,
		"package state; var names = map[*importer.Table]string{importer.Media: `alt`, importer.Stock: `sku`}":                                    1,
		"package view; func word(t *importer.Table) int { switch t { case importer.Media: return 1; case importer.Stock: return 2 }; return 0 }": 1,
		"package cmd; var names = []string{`products`, `variants`, `media`}":                                                                     1,
		"package cmd; var names = []string{`products`, `stock`}":                                                                                 0,
		"package cmd; var one = map[*importer.Table]string{importer.Stock: `sku`}":                                                               0,
		"package view; var c = map[connector.Resource]int{connector.Products: 1, connector.Stock: 2}":                                            0,
	} {
		if found, err := tableLists("x.go", source); err != nil || len(found) != lists {
			t.Errorf("%s: %v, %v", source, found, err)
		}
	}
}
