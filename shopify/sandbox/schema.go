package sandbox

import (
	_ "embed"
	"fmt"
	"slices"
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

// leaveOut takes a field out of the schema, as another version of the API would have it.
func (s *Server) leaveOut(typeName, field string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	schema, err := loadSchema()
	if err != nil {
		return err
	}
	for _, left := range append(s.leftOut, [2]string{typeName, field}) {
		def := schema.Types[left[0]]
		if def == nil || def.Fields.ForName(left[1]) == nil {
			return fmt.Errorf("the schema has no field %s.%s", left[0], left[1])
		}
		def.Fields = slices.DeleteFunc(def.Fields, func(f *ast.FieldDefinition) bool { return f.Name == left[1] })
	}
	s.leftOut = append(s.leftOut, [2]string{typeName, field})
	s.schema.Store(schema)
	return nil
}

// isConnection says whether the type is one of Shopify's cursor-paged lists.
func isConnection(def *ast.Definition) bool {
	return def.Kind == ast.Object && strings.HasSuffix(def.Name, "Connection")
}

// connectionNode is the type of the objects that a connection lists.
func connectionNode(schema *ast.Schema, connection *ast.Definition) *ast.Definition {
	return schema.Types[connection.Fields.ForName("nodes").Type.Name()]
}
