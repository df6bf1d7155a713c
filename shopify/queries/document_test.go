package queries

import (
	"math"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestDocumentsFitTheSandboxSchema(t *testing.T) { validate(t, sandboxSchema(t)) }

// Every document is valid in every version that a shop may be asked in.
func TestDocumentsFitShopifysSchema(t *testing.T) {
	for _, version := range []string{OldestVersion, "2026-10"} {
		t.Run(version, func(t *testing.T) { validate(t, fullSchema(t, version)) })
	}
}

func validate(t *testing.T, schema *ast.Schema) {
	for name, text := range everyDocument() {
		parsed, problems := gqlparser.LoadQueryWithRules(schema, text, nil)
		if len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		if len(parsed.Operations) != 1 || parsed.Operations[0].Name != Document(name).OperationName() && !strings.HasPrefix(name, "bulk/") {
			t.Errorf("%s: want one operation named %s", name, Document(name).OperationName())
		}
		eachField(parsed.Operations[0].SelectionSet, func(f *ast.Field) {
			if f.Definition.Directives.ForName("deprecated") != nil {
				t.Errorf("%s: %s is deprecated", name, f.Name)
			}
		})
	}
}

func eachField(set ast.SelectionSet, visit func(*ast.Field)) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			visit(s)
			eachField(s.SelectionSet, visit)
		case *ast.InlineFragment:
			eachField(s.SelectionSet, visit)
		case *ast.FragmentSpread:
			eachField(s.Definition.SelectionSet, visit)
		}
	}
}

func TestCeilingsAreWhatDocumentsCost(t *testing.T) {
	schema := sandboxSchema(t)
	for name, text := range everyDocument() {
		parsed, problems := gqlparser.LoadQueryWithRules(schema, text, nil)
		if len(problems) > 0 || strings.HasPrefix(name, "bulk/") {
			continue // told by another test, or free
		}
		price := 10.0 // of every mutation
		if parsed.Operations[0].Operation == ast.Query {
			price = costOf(schema, parsed.Operations[0].SelectionSet)
		}
		if ceiling := Document(name).Ceiling(); price != ceiling || price > maxQueryCost {
			t.Errorf("%s costs %v, its ceiling says %v", name, price, ceiling)
		}
	}
}

// costOf prices a selection by the rule that reproduces captured answers: an
// object 1, a root count 10, a connection 2 + f(n) * (1 + children).
func costOf(schema *ast.Schema, set ast.SelectionSet) float64 {
	total, dearest := 0.0, 0.0
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			total += fieldCost(schema, s)
		case *ast.InlineFragment:
			dearest = max(dearest, costOf(schema, s.SelectionSet))
		case *ast.FragmentSpread:
			total += costOf(schema, s.Definition.SelectionSet)
		}
	}
	return total + dearest
}

func fieldCost(schema *ast.Schema, f *ast.Field) float64 {
	of := schema.Types[f.Definition.Type.Name()]
	switch {
	case !of.IsCompositeType() || of.Name == "PageInfo":
		return 0
	case strings.HasSuffix(of.Name, "Connection"):
		nodes := f.SelectionSet[0].(*ast.Field)
		first, _ := f.ArgumentMap(map[string]any{"first": int64(PageSize), "levelsFirst": int64(PageSize)})["first"].(int64)
		n := float64(first)
		return 2 + max(min(n, 2), math.Floor(2*math.Log(n)))*(1+costOf(schema, nodes.SelectionSet))
	case of.Name == "Count" && f.ObjectDefinition == schema.Query:
		return 10
	}
	return 1 + costOf(schema, f.SelectionSet)
}
