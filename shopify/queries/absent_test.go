package queries

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/eshopos/eshopctl/importer"
)

// Without a field, a document is valid in a version that lacks the field.
func TestDocumentsDoWithoutWhatIsDispensable(t *testing.T) {
	for field, columns := range dispensable {
		schema := sandboxSchema(t)
		of, name, _ := strings.Cut(field, ".")
		def := schema.Types[of]
		if def == nil || def.Fields.ForName(name) == nil {
			t.Fatalf("there is no field %s", field)
		}
		lacked := 0
		for _, kind := range append(schema.PossibleTypes[of], def) { // of an interface
			kind.Fields = slices.DeleteFunc(kind.Fields, func(f *ast.FieldDefinition) bool { return f.Name == name })
		}
		for document, text := range everyDocument() {
			_, lacks := gqlparser.LoadQueryWithRules(schema, text, nil)
			if len(lacks) > 0 {
				lacked++
			}
			rest := withoutFields(text, map[string]bool{field: true})
			if len(lacks) == 0 && rest != text {
				t.Errorf("%s had no need to be changed for %s:\n%s", document, field, rest)
			}
			if _, problems := gqlparser.LoadQueryWithRules(schema, rest, nil); rest != "" && len(problems) > 0 {
				t.Errorf("%s without %s: %v\n%s", document, field, problems, rest)
			}
		}
		if lacked == 0 {
			t.Errorf("nobody asks for %s", field)
		}
		for _, column := range columns {
			table, name, _ := strings.Cut(column, ".")
			importer.TableNamed(table).Column(name) // panics where there is none
		}
	}
}

// A field is left out with all below it, and with a selection that it leaves empty.
func TestFieldsAreLeftOutByTheirTypes(t *testing.T) {
	for name, test := range map[string]struct {
		lack []string
		want []string // nil: it cannot be done without
	}{
		"a part of a whole":    {[]string{"Weight.unit"}, []string{"InventoryItem.measurement"}},
		"both of a pair":       {[]string{"SEO.title", "SEO.description"}, []string{"Product.seo", "SEO.description", "SEO.title"}},
		"one of a pair":        {[]string{"SEO.title"}, []string{"SEO.title"}},
		"what is needed":       {[]string{"ProductVariant.price"}, nil},
		"one of them needed":   {[]string{"Product.vendor", "Product.title"}, nil},
		"another thing's name": {[]string{"Collection.vendor"}, nil},
		"no field at all":      {nil, nil},
	} {
		var l AbsentFields
		if can := l.Add(test.lack); can != (test.want != nil) {
			t.Errorf("%s: %v", name, can)
		}
		if noted := slices.Sorted(maps.Keys(l.Fields())); !slices.Equal(noted, test.want) {
			t.Errorf("%s: noted are %v", name, noted)
		}
	}
}
