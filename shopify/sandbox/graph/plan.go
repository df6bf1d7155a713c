package graph

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/eshopos/eshopctl/shopify/sandbox/scopes"
)

// Plan is an operation made ready to run: fragments merged, directives and arguments resolved.
type Plan struct {
	Schema    *ast.Schema
	document  *ast.QueryDocument
	Operation *ast.OperationDefinition
	variables map[string]any
	root      *ast.Definition
	Fields    []*PlannedField
}

// PlannedField is one key of the answer.
type PlannedField struct {
	Key      string
	Name     string
	Args     Arguments
	parent   *ast.Definition
	Returns  *ast.Type
	Named    *ast.Definition
	scopes   [2][]string // of the field and of the type it returns
	Position *ast.Position
	Children map[string][]*PlannedField // by concrete type of the value
	merged   []ast.SelectionSet
}

// PlanQuery makes an operation ready to run.
func PlanQuery(schema *ast.Schema, document *ast.QueryDocument, op *ast.OperationDefinition, variables map[string]any) *Plan {
	p := &Plan{Schema: schema, document: document, Operation: op, variables: variables, root: schema.Query}
	if op.Operation == ast.Mutation {
		p.root = schema.Mutation
	}
	p.Fields = p.planSelections(p.root, []ast.SelectionSet{op.SelectionSet})
	return p
}

// planSelections resolves the selections of one concrete type.
func (p *Plan) planSelections(parent *ast.Definition, sets []ast.SelectionSet) []*PlannedField {
	var fields []*PlannedField
	for _, set := range sets {
		fields = p.collectFields(parent, set, fields)
	}
	for _, f := range fields {
		f.Children = p.planChildren(f)
	}
	return fields
}

func (p *Plan) collectFields(parent *ast.Definition, set ast.SelectionSet, fields []*PlannedField) []*PlannedField {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if p.isIncluded(s.Directives) {
				fields = p.addField(parent, s, fields)
			}
		case *ast.InlineFragment:
			if p.isIncluded(s.Directives) && p.fragmentApplies(s.TypeCondition, parent) {
				fields = p.collectFields(parent, s.SelectionSet, fields)
			}
		case *ast.FragmentSpread:
			if fragment := p.document.Fragments.ForName(s.Name); p.isIncluded(s.Directives) && p.fragmentApplies(fragment.TypeCondition, parent) {
				fields = p.collectFields(parent, fragment.SelectionSet, fields)
			}
		}
	}
	return fields
}

func (p *Plan) addField(parent *ast.Definition, f *ast.Field, fields []*PlannedField) []*PlannedField {
	for _, known := range fields {
		if known.Key == f.Alias {
			known.merged = append(known.merged, f.SelectionSet)
			return fields
		}
	}
	returns := f.Definition.Type
	return append(fields, &PlannedField{
		Key: f.Alias, Name: f.Name, Args: f.ArgumentMap(p.variables), parent: parent, Returns: returns,
		Named: p.Schema.Types[returns.Name()], scopes: p.fieldScopes(parent, f.Name, returns),
		Position: f.Position, merged: []ast.SelectionSet{f.SelectionSet},
	})
}

func (p *Plan) fieldScopes(parent *ast.Definition, name string, returns *ast.Type) [2][]string {
	named := p.Schema.Types[returns.Name()]
	if IsConnection(named) {
		named = connectionNode(p.Schema, named)
	}
	return [2][]string{scopes.RequiredFor(parent.Name + "." + name), scopes.RequiredFor(named.Name)}
}

func (p *Plan) planChildren(f *PlannedField) map[string][]*PlannedField {
	if f.Named == nil || !f.Named.IsCompositeType() {
		return nil
	}
	children := map[string][]*PlannedField{}
	for _, concrete := range p.Schema.GetPossibleTypes(f.Named) {
		children[concrete.Name] = p.planSelections(concrete, f.merged)
	}
	return children
}

// fragmentApplies reports whether a fragment on the named type selects from values of the concrete type.
func (p *Plan) fragmentApplies(condition string, concrete *ast.Definition) bool {
	if condition == "" || condition == concrete.Name {
		return true
	}
	for _, possible := range p.Schema.GetPossibleTypes(p.Schema.Types[condition]) {
		if possible.Name == concrete.Name {
			return true
		}
	}
	return false
}

func (p *Plan) isIncluded(directives ast.DirectiveList) bool {
	if skip := directives.ForName("skip"); skip != nil && Arguments(skip.ArgumentMap(p.variables)).Flag("if") {
		return false
	}
	include := directives.ForName("include")
	return include == nil || Arguments(include.ArgumentMap(p.variables)).Flag("if")
}

// ChildNamed returns the field with a name of a connection, edge or payload, whatever its alias; nil for none.
func (f *PlannedField) ChildNamed(name string) *PlannedField {
	for _, c := range f.Children[f.Named.Name] {
		if c.Name == name {
			return c
		}
	}
	return nil
}
