package sandbox

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

//go:generate go run ./cutschema -in ../../../shared/data/shopify-admin-2026-10.json.gz -out schema.graphql

//go:embed schema.graphql
var schemaText string

// wholeSchema is the schema with nothing left out: all sandboxes of a process ask the
// same, which nobody changes.
var wholeSchema = sync.OnceValues(loadSchema)

func loadSchema() (*ast.Schema, error) {
	return gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: schemaText})
}

// leaveOut takes a field out of the schema, as another version of the API would have it.
func (s *Server) leaveOut(typeName, field string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cutOut(append(slices.Clone(s.leftOut), [2]string{typeName, field}))
}

// putBack gives the schema a field back that was taken out.
func (s *Server) putBack(typeName, field string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.Index(s.leftOut, [2]string{typeName, field})
	if at < 0 {
		return fmt.Errorf("%s.%s was not left out", typeName, field)
	}
	return s.cutOut(slices.Delete(slices.Clone(s.leftOut), at, at+1))
}

// cutOut makes a schema without these fields.
func (s *Server) cutOut(fields [][2]string) error {
	schema, err := loadSchema()
	if err != nil {
		return err
	}
	for _, left := range fields {
		def := schema.Types[left[0]]
		if def == nil || def.Fields.ForName(left[1]) == nil {
			return fmt.Errorf("the schema has no field %s.%s", left[0], left[1])
		}
		def.Fields = slices.DeleteFunc(def.Fields, func(f *ast.FieldDefinition) bool { return f.Name == left[1] })
	}
	s.leftOut = fields
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
