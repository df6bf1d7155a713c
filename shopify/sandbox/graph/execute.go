package graph

import (
	"errors"
	"math"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// source has the objects that queries ask for. It is locked while a query runs.
type source interface {
	// Root is the object that an operation begins with.
	Root(operation ast.Operation) Object
	// Answer answers one field of an object that does not answer for itself.
	Answer(x *Execution, of Object, name string, args Arguments) (any, error)
	// Instead returns what is sent in place of a field, or with no name in place of the object.
	Instead(of Object, name string) (said Raw, odd bool)
}

// Execution runs one planned query.
type Execution struct {
	Source   source
	Plan     *Plan
	Scopes   []string // expanded
	refused  []string // fields, whatever the scopes
	Failures []Failure
	searches []SearchReport
	path     *pathStep

	Lifting bool // bulk operations take connections out of the objects they stand in
	Lifted  []liftedConnection
}

type liftedConnection struct {
	Page  *Connection
	Field *PlannedField
}

// pathStep is one step of the path to the field that is being answered.
type pathStep struct {
	parent *pathStep
	key    any
}

func (s *pathStep) pathKeys() []any {
	if s == nil {
		return nil
	}
	return append(s.parent.pathKeys(), s.key)
}

// NewExecution makes a planned query ready to run for an app with these scopes. The refused fields are denied
// whatever the scopes.
func NewExecution(source source, plan *Plan, scopes, refused []string) *Execution {
	return &Execution{Source: source, Plan: plan, Scopes: scopes, refused: refused}
}

// ForPlan returns an execution of another plan with the same rights.
func (x *Execution) ForPlan(plan *Plan) *Execution {
	return NewExecution(x.Source, plan, x.Scopes, x.refused)
}

// SelectRoot answers the fields of the operation's root.
func (x *Execution) SelectRoot() (data *Record, cost float64, ok bool) {
	return x.SelectFields(x.Source.Root(x.Plan.Operation.Operation), x.Plan.Fields)
}

// runOperation answers the whole operation; data is nil when a null went up to the root.
func (x *Execution) runOperation() (data *Record, actualCost float64) {
	data, cost, ok := x.SelectRoot()
	if x.Plan.Operation.Operation == ast.Mutation {
		cost = x.Plan.requestedCost()
	}
	if !ok {
		return nil, cost
	}
	return data, math.Ceil(cost)
}

// SelectFields answers the fields of one object. ok is false when a field is null that must not be.
func (x *Execution) SelectFields(obj Object, fields []*PlannedField) (r *Record, cost float64, ok bool) {
	r = &Record{make([]string, 0, len(fields)), make([]any, 0, len(fields))}
	for _, f := range fields {
		x.path = &pathStep{x.path, f.Key}
		value, price, ok := x.answerField(obj, f)
		x.path = x.path.parent
		cost += price
		if !ok {
			return nil, cost, false
		}
		if _, lifted := value.(liftedConnection); !lifted {
			r.Put(f.Key, value)
		}
	}
	return r, cost, true
}

// answerField gives the value of one field of an object.
func (x *Execution) answerField(obj Object, f *PlannedField) (value any, cost float64, ok bool) {
	if f.Name == "__typename" {
		return f.parent.Name, 0, true
	}
	if said, odd := x.Source.Instead(obj, f.Name); odd {
		return said, 0, true
	}
	value, err := x.resolveField(obj, f)
	if err != nil {
		x.addFailure(err, f)
		return nil, 0, !f.Returns.NonNull
	}
	return x.completeValue(value, f, f.Returns)
}

func (x *Execution) resolveField(obj Object, f *PlannedField) (any, error) {
	for _, wanted := range f.scopes {
		if !x.hasScope(wanted) {
			return nil, accessDenied(f.Name, wanted)
		}
	}
	if slices.Contains(x.refused, f.Name) {
		return nil, notPermitted(f.Name)
	}
	if obj, itself := obj.(answering); itself {
		return obj.FieldValue(f.Name)
	}
	return x.Source.Answer(x, obj, f.Name, f.Args)
}

// hasScope says whether the app has one of the wanted scopes.
func (x *Execution) hasScope(wanted []string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(s string) bool { return slices.Contains(x.Scopes, s) })
}

func (x *Execution) addFailure(err error, f *PlannedField) {
	var bad *Fault
	if !errors.As(err, &bad) {
		bad = NewFault("INTERNAL_SERVER_ERROR", "%v", err)
	}
	x.Failures = append(x.Failures, failureAt(bad, f.Position, x.path.pathKeys()))
}

// completeValue shapes a raw value as the field's type demands.
func (x *Execution) completeValue(resolved any, f *PlannedField, want *ast.Type) (value any, cost float64, ok bool) {
	switch v := resolved.(type) {
	case nil:
		return x.completeNull(f, want)
	case *string:
		if v == nil {
			return x.completeNull(f, want)
		}
		return *v, 0, true
	case *Connection:
		if x.Lifting {
			lifted := liftedConnection{v, f}
			x.Lifted = append(x.Lifted, lifted)
			return lifted, 0, true
		}
		return x.completeConnection(v, f)
	case Object:
		return x.completeObject(v, f, want)
	case []Object:
		return x.completeList(v, f, want)
	}
	return resolved, 0, true
}

// completeNull answers null where the type allows it. Elsewhere the sandbox lacks a value, which is an error.
func (x *Execution) completeNull(f *PlannedField, want *ast.Type) (any, float64, bool) {
	if want.NonNull {
		x.addFailure(NotAnswered(f.parent.Name, f.Name), f)
	}
	return nil, 0, !want.NonNull
}

func (x *Execution) completeObject(obj Object, f *PlannedField, want *ast.Type) (any, float64, bool) {
	if said, odd := x.Source.Instead(obj, ""); odd {
		return said, f.ownCost(), true
	}
	concrete := f.Named.Name
	if f.Named.IsAbstractType() {
		concrete = obj.TypeName()
	}
	r, cost, ok := x.SelectFields(obj, f.Children[concrete])
	cost += f.ownCost()
	if !ok {
		return nil, cost, !want.NonNull
	}
	return r, cost, true
}

// completeList answers a plain list of objects. Its cost is that of its dearest item; in a connection it is
// the mean of what was selected of the items.
func (x *Execution) completeList(items []Object, f *PlannedField, want *ast.Type) (any, float64, bool) {
	values := make([]any, len(items))
	dearest, sum := f.ownCost(), 0.0
	for i, item := range items {
		x.path = &pathStep{x.path, i}
		value, cost, ok := x.completeItem(item, f, want.Elem)
		x.path = x.path.parent
		if !ok {
			return nil, dearest, !want.NonNull
		}
		values[i], dearest, sum = value, math.Max(dearest, cost), sum+cost
	}
	if IsConnection(f.parent) && len(items) > 0 {
		return values, math.Max(0, sum/float64(len(items))-objectCost), true
	}
	return values, dearest, true
}

func (x *Execution) completeItem(item Object, f *PlannedField, want *ast.Type) (any, float64, bool) {
	if item == nil {
		return x.completeNull(f, want)
	}
	return x.completeObject(item, f, want)
}

// completeConnection answers a page. Its actual cost is sized by the nodes that came back; how Shopify prices
// pages of unequal nodes is not known, their mean is used here.
func (x *Execution) completeConnection(c *Connection, f *PlannedField) (any, float64, bool) {
	r, nodeCost, ok := x.SelectFields(c, f.Children[f.Named.Name])
	if !ok {
		return nil, connectionCost, !f.Returns.NonNull
	}
	return r, connectionCost + pageWeight(len(c.Items))*(objectCost+nodeCost), true
}

// ReportSearch adds what a search made of a query to the answer.
func (x *Execution) ReportSearch(search SearchReport) {
	search.Path = x.path.pathKeys()
	x.searches = append(x.searches, search)
}

// SearchReport is an entry of extensions.search: what the search made of a query and what it ignored.
type SearchReport struct {
	Path     []any           `json:"path"`
	Query    string          `json:"query"`
	Parsed   string          `json:"parsed"`
	Warnings []SearchWarning `json:"warnings"`
}

// SearchWarning says what of a search was ignored.
type SearchWarning struct {
	Field   string `json:"field"`
	Message string `json:"message"`
	Code    string `json:"code"`
}
