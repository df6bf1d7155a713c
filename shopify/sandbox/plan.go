package sandbox

import (
	"github.com/vektah/gqlparser/v2/ast"
)

// queryPlan is an operation made ready to run: fragments merged, directives and arguments resolved.
type queryPlan struct {
	schema    *ast.Schema
	document  *ast.QueryDocument
	operation *ast.OperationDefinition
	variables map[string]any
	root      *ast.Definition
	fields    []*plannedField
}

// plannedField is one key of the answer.
type plannedField struct {
	key      string
	name     string
	args     arguments
	parent   *ast.Definition
	returns  *ast.Type
	named    *ast.Definition
	scopes   [2][]string // of the field and of the type it returns
	position *ast.Position
	children map[string][]*plannedField // by concrete type of the value
	merged   []ast.SelectionSet
}

// planQuery makes an operation ready to run.
func planQuery(schema *ast.Schema, document *ast.QueryDocument, op *ast.OperationDefinition, variables map[string]any) *queryPlan {
	p := &queryPlan{schema: schema, document: document, operation: op, variables: variables, root: schema.Query}
	if op.Operation == ast.Mutation {
		p.root = schema.Mutation
	}
	p.fields = p.plan(p.root, []ast.SelectionSet{op.SelectionSet})
	return p
}

// plan resolves the selections of one concrete type.
func (p *queryPlan) plan(parent *ast.Definition, sets []ast.SelectionSet) []*plannedField {
	var fields []*plannedField
	for _, set := range sets {
		fields = p.collect(parent, set, fields)
	}
	for _, f := range fields {
		f.children = p.planChildren(f)
	}
	return fields
}

func (p *queryPlan) collect(parent *ast.Definition, set ast.SelectionSet, fields []*plannedField) []*plannedField {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if p.included(s.Directives) {
				fields = p.addField(parent, s, fields)
			}
		case *ast.InlineFragment:
			if p.included(s.Directives) && p.applies(s.TypeCondition, parent) {
				fields = p.collect(parent, s.SelectionSet, fields)
			}
		case *ast.FragmentSpread:
			if fragment := p.document.Fragments.ForName(s.Name); p.included(s.Directives) && p.applies(fragment.TypeCondition, parent) {
				fields = p.collect(parent, fragment.SelectionSet, fields)
			}
		}
	}
	return fields
}

func (p *queryPlan) addField(parent *ast.Definition, f *ast.Field, fields []*plannedField) []*plannedField {
	for _, known := range fields {
		if known.key == f.Alias {
			known.merged = append(known.merged, f.SelectionSet)
			return fields
		}
	}
	returns := f.Definition.Type
	return append(fields, &plannedField{
		key: f.Alias, name: f.Name, args: f.ArgumentMap(p.variables), parent: parent, returns: returns,
		named: p.schema.Types[returns.Name()], scopes: p.fieldScopes(parent, f.Name, returns),
		position: f.Position, merged: []ast.SelectionSet{f.SelectionSet},
	})
}

func (p *queryPlan) fieldScopes(parent *ast.Definition, name string, returns *ast.Type) [2][]string {
	named := p.schema.Types[returns.Name()]
	if isConnection(named) {
		named = connectionNode(p.schema, named)
	}
	return [2][]string{requiredScopes(parent.Name + "." + name), requiredScopes(named.Name)}
}

func (p *queryPlan) planChildren(f *plannedField) map[string][]*plannedField {
	if f.named == nil || !f.named.IsCompositeType() {
		return nil
	}
	children := map[string][]*plannedField{}
	for _, concrete := range p.schema.GetPossibleTypes(f.named) {
		children[concrete.Name] = p.plan(concrete, f.merged)
	}
	return children
}

// applies says whether a fragment on the named type speaks of values of the concrete type.
func (p *queryPlan) applies(condition string, concrete *ast.Definition) bool {
	if condition == "" || condition == concrete.Name {
		return true
	}
	for _, possible := range p.schema.GetPossibleTypes(p.schema.Types[condition]) {
		if possible.Name == concrete.Name {
			return true
		}
	}
	return false
}

func (p *queryPlan) included(directives ast.DirectiveList) bool {
	if skip := directives.ForName("skip"); skip != nil && arguments(skip.ArgumentMap(p.variables)).flag("if") {
		return false
	}
	include := directives.ForName("include")
	return include == nil || arguments(include.ArgumentMap(p.variables)).flag("if")
}

// child is the field of a connection, edge or payload with the given name, under whatever alias.
func (f *plannedField) child(name string) *plannedField {
	for _, c := range f.children[f.named.Name] {
		if c.name == name {
			return c
		}
	}
	return nil
}
