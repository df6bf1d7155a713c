package cmd

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// unsafelyCompared names the comparisons of secrets in a file that tell the time.
func unsafelyCompared(t *testing.T, name string, source any) (found []string) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	text := func(node ast.Node) string {
		var words []string
		ast.Inspect(node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				words = append(words, n.Name)
			case *ast.BasicLit:
				words = append(words, n.Value)
			}
			return true
		})
		return strings.Join(words, " ")
	}
	ast.Inspect(file, func(n ast.Node) bool {
		comparison, ok := n.(*ast.BinaryExpr)
		if !ok || comparison.Op != token.EQL && comparison.Op != token.NEQ {
			return true
		}
		for _, side := range []ast.Expr{comparison.X, comparison.Y} {
			other := comparison.X
			if side == comparison.X {
				other = comparison.Y
			}
			if secretText.MatchString(text(side)) && text(other) != `""` {
				found = append(found, files.Position(n.Pos()).String())
				break
			}
		}
		return true
	})
	return found
}

// secretText are the words of an operand that is a secret's text.
var secretText = regexp.MustCompile(`\bReveal$|\bGet "(hmac|state)"$|^(h state|state|signature|mac|hmac|verifier)$`)

// Secrets are compared in constant time only.
//
// hazard O9, X2
func TestSecretsAreComparedInConstantTime(t *testing.T) {
	for _, folder := range []string{"connector", "connector/tokens", "connector/callback", "connector/link", "shopify", "shopify/client", "shopify/site", "state"} {
		names, err := filepath.Glob(filepath.Join("..", folder, "*.go"))
		if err != nil || len(names) == 0 {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, place := range unsafelyCompared(t, name, nil) {
				t.Errorf("%s compares a secret with == or !=", place)
			}
		}
	}
	for source, want := range map[string]int{
		`query.Get("state") != h.state`: 1, `token.Reveal() == other`: 1, `other == token.Reveal()`: 1, `hmac == sent`: 1,
		`token.Reveal() == ""`: 0, `query.Get("code") == ""`: 0, `c.State == Live`: 0, `hmac.Equal(mac, sent)`: 0,
	} {
		if found := unsafelyCompared(t, "x.go", "package x\nvar _ = "+source); len(found) != want {
			t.Errorf("%s: %d", source, len(found))
		}
	}
}
