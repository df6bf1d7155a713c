package queries

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/eshopos/eshopctl/testdata/introspection"
)

// sandboxSchema is the part of Shopify's schema that the sandbox serves.
func sandboxSchema(t *testing.T) *ast.Schema {
	text, err := os.ReadFile("../sandbox/graph/schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	return loaded(t, "sandbox", string(text))
}

// fullSchema is Shopify's whole schema of a version, which is not part of the repository.
func fullSchema(t *testing.T, version string) *ast.Schema {
	return loaded(t, "full", schemaText(introspection.Read(t, version)))
}

func loaded(t *testing.T, name, text string) *ast.Schema {
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: name, Input: text})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// schemaText writes a schema in the schema definition language.
func schemaText(full introspection.Schema) string {
	var text strings.Builder
	fmt.Fprintf(&text, "schema { query: %s mutation: %s }\n", full.QueryType.Name, full.MutationType.Name)
	for _, t := range full.Types {
		if !strings.HasPrefix(t.Name, "__") {
			writeType(&text, t)
		}
	}
	return text.String()
}

func writeType(text *strings.Builder, t introspection.Type) {
	switch t.Kind {
	case "SCALAR":
		if !strings.Contains(" Int Float String Boolean ID ", " "+t.Name+" ") {
			fmt.Fprintf(text, "scalar %s\n", t.Name)
		}
	case "OBJECT", "INTERFACE":
		word := map[string]string{"OBJECT": "type", "INTERFACE": "interface"}[t.Kind]
		fmt.Fprintf(text, "%s %s%s {\n%s}\n", word, t.Name, named(" implements ", " & ", t.Interfaces), fieldLines(t.Fields))
	case "UNION":
		fmt.Fprintf(text, "union %s%s\n", t.Name, named(" = ", " | ", t.PossibleTypes))
	case "ENUM":
		fmt.Fprintf(text, "enum %s {", t.Name)
		for _, value := range t.EnumValues {
			fmt.Fprintf(text, " %s", value.Name)
		}
		text.WriteString(" }\n")
	case "INPUT_OBJECT":
		fmt.Fprintf(text, "input %s {\n%s}\n", t.Name, fieldLines(t.InputFields))
	}
}

func named(before, between string, refs []introspection.Ref) string {
	var names []string
	for _, ref := range refs {
		names = append(names, ref.Name)
	}
	if names == nil {
		return ""
	}
	return before + strings.Join(names, between)
}

func fieldLines(fields []introspection.Field) string {
	var text strings.Builder
	for _, f := range fields {
		text.WriteString("  " + f.Name)
		if len(f.Args) > 0 {
			text.WriteString("(\n" + fieldLines(f.Args) + ")")
		}
		text.WriteString(": " + f.Type.String())
		if f.DefaultValue != nil {
			text.WriteString(" = " + *f.DefaultValue)
		}
		if f.IsDeprecated {
			text.WriteString(" @deprecated")
		}
		text.WriteString("\n")
	}
	return text.String()
}

// everyDocument is the text of each document, by its name.
func everyDocument() map[string]string {
	five := BulkPoll.Times(5)
	documents := map[string]string{string(five): five.Text()}
	for _, pattern := range []string{"*.graphql", "bulk/*.graphql"} {
		files, err := fs.Glob(files, pattern)
		if err != nil {
			panic(err)
		}
		for _, file := range files {
			name := strings.TrimSuffix(file, ".graphql")
			documents[name] = Document(name).Text()
		}
	}
	return documents
}
