package main

import (
	"fmt"
	"slices"
	"strings"
)

// cutter writes the subset and collects the types that the written text refers to.
type cutter struct {
	types   map[string]*definition
	pending []string
	seen    map[string]bool
}

// cut returns the subset of the full schema as SDL.
func cut(full *schema) (string, error) {
	c := &cutter{types: map[string]*definition{}, seen: map[string]bool{}}
	for _, def := range full.Types {
		c.types[def.Name] = def
	}
	for name := range keep {
		if c.types[name] == nil {
			return "", fmt.Errorf("the full schema has no type %s", name)
		}
		c.need(name)
	}
	blocks := map[string]string{}
	for len(c.pending) > 0 {
		name := c.pending[0]
		c.pending = c.pending[1:]
		blocks[name] = c.block(c.types[name])
	}
	return assemble(blocks), nil
}

func assemble(blocks map[string]string) string {
	var names []string
	for name, text := range blocks {
		if text != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var sdl strings.Builder
	sdl.WriteString("# Cut from Shopify's GraphQL Admin API 2026-10 by cutschema. Do not edit.\n\n")
	sdl.WriteString("schema {\n  query: QueryRoot\n  mutation: Mutation\n}\n")
	for _, name := range names {
		sdl.WriteString("\n" + blocks[name])
	}
	return sdl.String()
}

func (c *cutter) need(name string) {
	if !c.seen[name] {
		c.seen[name] = true
		c.pending = append(c.pending, name)
	}
}

func (c *cutter) block(def *definition) string {
	switch def.Kind {
	case "SCALAR":
		if slices.Contains([]string{"ID", "String", "Int", "Float", "Boolean"}, def.Name) {
			return ""
		}
		return "scalar " + def.Name + "\n"
	case "ENUM":
		var values []string
		for _, v := range def.EnumValues {
			values = append(values, v.Name)
		}
		return "enum " + def.Name + " {\n  " + strings.Join(values, "\n  ") + "\n}\n"
	case "INPUT_OBJECT":
		return "input " + def.Name + " {\n" + c.inputs(def.InputFields, "  ", "\n") + "\n}\n"
	case "INTERFACE":
		return "interface " + c.composite(def)
	}
	return "type " + c.composite(def)
}

// composite writes name, interfaces and fields of an object or interface type.
func (c *cutter) composite(def *definition) string {
	var sdl strings.Builder
	sdl.WriteString(def.Name)
	if interfaces := keptNames(def.Interfaces); len(interfaces) > 0 {
		sdl.WriteString(" implements " + strings.Join(interfaces, " & "))
	}
	sdl.WriteString(" {\n")
	for _, f := range def.Fields {
		if c.wanted(def.Name, f) {
			sdl.WriteString("  " + c.field(f) + "\n")
		}
	}
	sdl.WriteString("}\n")
	return sdl.String()
}

func (c *cutter) wanted(typeName string, f field) bool {
	if only := keep[typeName]; only != nil {
		return slices.Contains(only, f.Name)
	}
	if _, kept := keep[f.Type.named().Name]; f.Type.named().composite() && !kept {
		return false
	}
	return !f.IsDeprecated && !omit[f.Name]
}

func (c *cutter) field(f field) string {
	c.need(f.Type.named().Name)
	args := ""
	if len(f.Args) > 0 {
		args = "(" + c.inputs(f.Args, "", ", ") + ")"
	}
	return f.Name + args + ": " + f.Type.String()
}

func (c *cutter) inputs(inputs []input, indent, separator string) string {
	var written []string
	for _, in := range inputs {
		c.need(in.Type.named().Name)
		text := indent + in.Name + ": " + in.Type.String()
		if in.DefaultValue != nil {
			text += " = " + *in.DefaultValue
		}
		written = append(written, text)
	}
	return strings.Join(written, separator)
}

func keptNames(refs []typeRef) []string {
	var names []string
	for _, ref := range refs {
		if _, kept := keep[ref.Name]; kept {
			names = append(names, ref.Name)
		}
	}
	return names
}
