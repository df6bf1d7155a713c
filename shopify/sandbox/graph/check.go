package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
)

// ParseDocument parses and validates a document. The mistakes that clients make most are reported first, in
// Shopify's words and with its keys; whatever else is wrong is left to the specification's own rules.
func ParseDocument(schema *ast.Schema, text string) (*ast.QueryDocument, []Failure) {
	document, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		return nil, []Failure{parseFailure(err)}
	}
	check := &checker{schema: schema, document: document}
	check.checkDocument()
	if len(check.failures) > 0 {
		return nil, check.failures
	}
	for _, problem := range validator.ValidateWithRules(schema, document, rules.NewDefaultRules()) {
		check.failures = append(check.failures, ruleFailure(problem))
	}
	return document, check.failures
}

func parseFailure(err error) Failure {
	f := Failure{Message: err.Error(), Extensions: map[string]any{"code": "PARSE_ERROR"}}
	if syntax, ok := err.(*gqlerror.Error); ok {
		f.Message, f.Locations = syntax.Message, ruleLocations(syntax)
	}
	return f
}

// ruleFailure words what a rule of the specification found. The codes are graphql-ruby's where facts name
// them; for the rest the rule's own name stands in.
func ruleFailure(problem *gqlerror.Error) Failure {
	codes := map[string]string{
		"NoUnusedVariables":            "variableNotUsed",
		"NoUndefinedVariables":         "variableNotDefined",
		"KnownTypeNames":               "undefinedType",
		"KnownDirectives":              "undefinedDirective",
		"KnownFragmentNames":           "useAndDefineFragment",
		"NoUnusedFragments":            "useAndDefineFragment",
		"PossibleFragmentSpreads":      "cannotSpreadFragment",
		"OverlappingFieldsCanBeMerged": "fieldConflict",
		"VariablesInAllowedPosition":   "variableMismatch",
	}
	code, known := codes[problem.Rule]
	if !known {
		code = strings.ToLower(problem.Rule[:1]) + problem.Rule[1:]
	}
	return Failure{Message: problem.Message, Locations: ruleLocations(problem), Extensions: map[string]any{"code": code}}
}

func ruleLocations(problem *gqlerror.Error) []Place {
	var at []Place
	for _, l := range problem.Locations {
		at = append(at, Place{l.Line, l.Column})
	}
	return at
}

// checker looks for unknown fields and for unknown, missing and ill-typed arguments.
type checker struct {
	schema   *ast.Schema
	document *ast.QueryDocument
	failures []Failure
}

func (c *checker) checkDocument() {
	for _, op := range c.document.Operations {
		root := c.schema.Query
		if op.Operation == ast.Mutation {
			root = c.schema.Mutation
		}
		c.checkSelections(op.SelectionSet, root, []any{operationLabel(op)})
	}
	for _, fragment := range c.document.Fragments {
		if def := c.schema.Types[fragment.TypeCondition]; def != nil {
			c.checkSelections(fragment.SelectionSet, def, []any{"fragment " + fragment.Name})
		}
	}
}

func (c *checker) checkSelections(set ast.SelectionSet, parent *ast.Definition, path []any) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			c.checkField(s, parent, append(slices.Clone(path), s.Alias))
		case *ast.InlineFragment:
			def := parent
			if s.TypeCondition != "" {
				def = c.schema.Types[s.TypeCondition]
			}
			if def != nil {
				c.checkSelections(s.SelectionSet, def, append(slices.Clone(path), "... on "+def.Name))
			}
		}
	}
}

func (c *checker) checkField(f *ast.Field, parent *ast.Definition, path []any) {
	if strings.HasPrefix(f.Name, "__") {
		return
	}
	def := parent.Fields.ForName(f.Name)
	if def == nil {
		c.addFailure(f.Position, path, "Field '%s' doesn't exist on type '%s'", f.Name, parent.Name).
			With("code", "undefinedField").With("typeName", parent.Name).With("fieldName", f.Name)
		return
	}
	c.checkArguments(f, def, path)
	c.checkLeaf(f, c.schema.Types[def.Type.Name()], path)
	if named := c.schema.Types[def.Type.Name()]; named.IsCompositeType() {
		c.checkSelections(f.SelectionSet, named, path)
	}
}

func (c *checker) checkLeaf(f *ast.Field, returns *ast.Definition, path []any) {
	nodeName := "field '" + f.Name + "'"
	switch {
	case returns.IsCompositeType() && len(f.SelectionSet) == 0:
		c.addFailure(f.Position, path, "Field must have selections (%s returns %s but has no selections. Did you mean '%s { ... }'?)",
			nodeName, returns.Name, f.Name).
			With("code", "selectionMismatch").With("nodeName", nodeName).With("typeName", returns.Name)
	case returns.IsLeafType() && len(f.SelectionSet) > 0:
		c.addFailure(f.Position, path, "Selections can't be made on scalars (%s returns %s but has selections)", nodeName, returns.Name).
			With("code", "selectionMismatch").With("nodeName", nodeName).With("typeName", returns.Name)
	}
}

func (c *checker) checkArguments(f *ast.Field, def *ast.FieldDefinition, path []any) {
	for _, arg := range f.Arguments {
		argDef := def.Arguments.ForName(arg.Name)
		if argDef == nil {
			c.addFailure(arg.Position, append(path, arg.Name), "Field '%s' doesn't accept argument '%s'", f.Name, arg.Name).
				With("code", "argumentNotAccepted").With("name", f.Name).With("typeName", "Field").With("argumentName", arg.Name)
			continue
		}
		c.checkLiteral(f, arg, argDef, append(path, arg.Name))
	}
	var missing []string
	for _, argDef := range def.Arguments {
		if argDef.Type.NonNull && argDef.DefaultValue == nil && f.Arguments.ForName(argDef.Name) == nil {
			missing = append(missing, argDef.Name)
		}
	}
	if len(missing) > 0 {
		names := strings.Join(missing, ", ")
		c.addFailure(f.Position, path, "Field '%s' is missing required arguments: %s", f.Name, names).
			With("code", "missingRequiredArguments").With("className", "Field").With("name", f.Name).With("arguments", names)
	}
}

func (c *checker) checkLiteral(f *ast.Field, arg *ast.Argument, def *ast.ArgumentDefinition, path []any) {
	if literalFits(c.schema, arg.Value, def.Type) {
		return
	}
	if def.Type.Name() == "ID" && arg.Value.Kind == ast.StringValue {
		// The captured answer for a bad id literal lacks argumentName.
		c.addFailure(arg.Position, path, "Invalid global id '%s'", arg.Value.Raw).
			With("code", "argumentLiteralsIncompatible").With("typeName", "CoercionError")
		return
	}
	c.addFailure(arg.Position, path, "Argument '%s' on Field '%s' has an invalid value (%s). Expected type '%s'.",
		arg.Name, f.Name, arg.Value, def.Type).
		With("code", "argumentLiteralsIncompatible").With("typeName", "Field").With("argumentName", arg.Name)
}

// addFailure notes a failure and returns a fault that shares its extensions, to be filled by with.
func (c *checker) addFailure(at *ast.Position, path []any, format string, args ...any) *Fault {
	f := &Fault{fmt.Sprintf(format, args...), map[string]any{}}
	c.failures = append(c.failures, failureAt(f, at, slices.Clone(path)))
	return f
}

// literalFits says whether a literal has the wanted type; variables are judged elsewhere.
func literalFits(schema *ast.Schema, value *ast.Value, want *ast.Type) bool {
	switch {
	case value.Kind == ast.Variable:
		return true
	case value.Kind == ast.NullValue:
		return !want.NonNull
	case want.Elem != nil && value.Kind == ast.ListValue:
		return !slices.ContainsFunc(value.Children, func(item *ast.ChildValue) bool { return !literalFits(schema, item.Value, want.Elem) })
	case want.Elem != nil:
		return literalFits(schema, value, want.Elem)
	}
	def := schema.Types[want.NamedType]
	switch {
	case def.Kind == ast.Enum:
		return value.Kind == ast.EnumValue && def.EnumValues.ForName(value.Raw) != nil
	case def.Kind == ast.InputObject:
		return value.Kind == ast.ObjectValue
	case def.Name == "Int":
		return value.Kind == ast.IntValue
	case def.Name == "Float":
		return value.Kind == ast.IntValue || value.Kind == ast.FloatValue
	case def.Name == "Boolean":
		return value.Kind == ast.BooleanValue
	case def.Name == "ID":
		return value.Kind == ast.StringValue && gid.IsGlobal(value.Raw)
	}
	return value.Kind == ast.StringValue || value.Kind == ast.BlockValue
}
