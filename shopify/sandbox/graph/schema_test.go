package graph

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/eshopos/eshopctl/testdata/introspection"
)

// TestSchemaIsASubset compares every type, field, argument and value with the full Admin schema.
func TestSchemaIsASubset(t *testing.T) {
	full := readFullSchema(t)
	schema, err := loadSchema()
	if err != nil {
		t.Fatal(err)
	}
	for name, def := range schema.Types {
		if def.BuiltIn || strings.HasPrefix(name, "__") {
			continue
		}
		theirs, ok := full[name]
		if !ok || theirs.Kind != string(def.Kind) {
			t.Errorf("%s %s is not in the full schema", def.Kind, name)
			continue
		}
		compareMembers(t, def, theirs)
	}
}

func readFullSchema(t *testing.T) map[string]introspection.Type {
	t.Helper()
	types := map[string]introspection.Type{}
	for _, def := range introspection.Read(t, "2026-10").Types {
		types[def.Name] = def
	}
	return types
}

// signature is a member with its type, arguments and defaults in one comparable line.
func signature(name, typ, defaultValue string) string {
	if defaultValue != "" {
		return name + ": " + typ + " = " + defaultValue
	}
	return name + ": " + typ
}

func compareMembers(t *testing.T, ours *ast.Definition, theirs introspection.Type) {
	t.Helper()
	known := map[string]bool{}
	for _, f := range theirs.Fields {
		known[signature(f.Name, f.Type.String(), "")] = true
		for _, a := range f.Args {
			known[f.Name+"/"+inputSignature(a)] = true
		}
	}
	for _, in := range theirs.InputFields {
		known[inputSignature(in)] = true
	}
	for _, v := range theirs.EnumValues {
		known["="+v.Name] = true
	}
	for _, i := range theirs.Interfaces {
		known["&"+i.Name] = true
	}
	for _, line := range members(ours) {
		if !known[line] {
			t.Errorf("%s: %s is not in the full schema", ours.Name, line)
		}
	}
}

func inputSignature(in introspection.Field) string {
	value := ""
	if in.DefaultValue != nil {
		value = *in.DefaultValue
	}
	return signature(in.Name, in.Type.String(), value)
}

func members(def *ast.Definition) []string {
	var lines []string
	for _, f := range def.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		value := ""
		if f.DefaultValue != nil {
			value = f.DefaultValue.String()
		}
		lines = append(lines, signature(f.Name, f.Type.String(), value))
		for _, a := range f.Arguments {
			value := ""
			if a.DefaultValue != nil {
				value = a.DefaultValue.String()
			}
			lines = append(lines, f.Name+"/"+signature(a.Name, a.Type.String(), value))
		}
	}
	for _, v := range def.EnumValues {
		lines = append(lines, "="+v.Name)
	}
	for _, i := range def.Interfaces {
		lines = append(lines, "&"+i)
	}
	return lines
}
