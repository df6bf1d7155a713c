package sandbox

import (
	_ "embed"
	"strings"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

//go:generate go run ./cutschema -in ../../../shared/data/shopify-admin-2026-10.json.gz -out schema.graphql

//go:embed schema.graphql
var schemaText string

func loadSchema() (*ast.Schema, error) {
	return gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: schemaText})
}

// isConnection says whether the type is one of Shopify's cursor-paged lists.
func isConnection(def *ast.Definition) bool {
	return def.Kind == ast.Object && strings.HasSuffix(def.Name, "Connection")
}

// connectionNode is the type of the objects that a connection lists.
func connectionNode(schema *ast.Schema, connection *ast.Definition) *ast.Definition {
	return schema.Types[connection.Fields.ForName("nodes").Type.Name()]
}
