package graph

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

//go:generate go run ../cutschema -in ../../../../shared/data/shopify-admin-2026-10.json.gz -out schema.graphql

//go:embed schema.graphql
var schemaText string

// loadOnce returns the schema with nothing left out. All sandboxes of a process share it; nobody changes it.
var loadOnce = sync.OnceValues(loadSchema)

func loadSchema() (*ast.Schema, error) {
	return gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: schemaText})
}

// Schema is the schema that a sandbox answers by. It is safe for use from several goroutines.
type Schema struct {
	current atomic.Pointer[ast.Schema]

	mu      sync.Mutex
	leftOut [][2]string // types and their fields that the schema lacks
}

// NewSchema returns the schema of the newest version.
func NewSchema() (*Schema, error) {
	schema, err := loadOnce()
	if err != nil {
		return nil, fmt.Errorf("sandbox schema: %w", err)
	}
	s := &Schema{}
	s.current.Store(schema)
	return s, nil
}

// SchemaNow returns the schema with all changes so far.
func (s *Schema) SchemaNow() *ast.Schema { return s.current.Load() }

// LeaveOut takes a field out of the schema, as another version of the API would have it.
func (s *Schema) LeaveOut(typeName, field string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cutOut(append(slices.Clone(s.leftOut), [2]string{typeName, field}))
}

// PutBack gives the schema a field back that was taken out.
func (s *Schema) PutBack(typeName, field string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.Index(s.leftOut, [2]string{typeName, field})
	if at < 0 {
		return fmt.Errorf("%s.%s was not left out", typeName, field)
	}
	return s.cutOut(slices.Delete(slices.Clone(s.leftOut), at, at+1))
}

// cutOut replaces the schema by one without these fields.
func (s *Schema) cutOut(fields [][2]string) error {
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
	s.current.Store(schema)
	return nil
}

// IsConnection says whether the type is one of Shopify's cursor-paged lists.
func IsConnection(def *ast.Definition) bool {
	return def.Kind == ast.Object && strings.HasSuffix(def.Name, "Connection")
}

// connectionNode is the type of the objects that a connection lists.
func connectionNode(schema *ast.Schema, connection *ast.Definition) *ast.Definition {
	return schema.Types[connection.Fields.ForName("nodes").Type.Name()]
}
