// Package introspection reads what Shopify's introspection query answers: its whole schema,
// which is not part of the repository. Tests compare with it.
package introspection

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Schema is the schema of a version of the API.
type Schema struct {
	QueryType, MutationType struct{ Name string }
	Types                   []Type
}

// Type is an object, input object, interface, union, enumeration or scalar.
type Type struct {
	Kind, Name                string
	Fields, InputFields       []Field
	Interfaces, PossibleTypes []Ref
	EnumValues                []struct{ Name string }
}

// Field is a field of a type, a field of an input object, or an argument.
type Field struct {
	Name         string
	Type         Ref
	Args         []Field
	DefaultValue *string
	IsDeprecated bool
}

// Ref names a type, with its lists and non-nulls around it.
type Ref struct {
	Kind, Name string
	OfType     *Ref
}

// String returns the type as SDL writes it.
func (r Ref) String() string {
	switch r.Kind {
	case "NON_NULL":
		return r.OfType.String() + "!"
	case "LIST":
		return "[" + r.OfType.String() + "]"
	}
	return r.Name
}

// Read returns the schema of a version such as 2026-10. It skips the test where that
// schema is not at hand, in a folder beside the repository.
func Read(t *testing.T, version string) Schema {
	t.Helper()
	file, err := os.Open(filepath.Join(repository(t), "..", "shared", "data", "shopify-admin-"+version+".json.gz"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("Shopify's whole schema is not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Data struct {
			Schema Schema `json:"__schema"`
		}
	}
	if err := json.NewDecoder(text).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return answer.Data.Schema
}

// repository is the folder above the test that holds go.mod.
func repository(t *testing.T) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		if folder == filepath.Dir(folder) {
			t.Fatal("no go.mod is above the test")
		}
		folder = filepath.Dir(folder)
	}
}
