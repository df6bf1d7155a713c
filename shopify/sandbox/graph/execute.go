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
	// Instead is what is sent in place of a field, or with no name in place of the object.
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
	path     *step

	Lifting bool // bulk operations take connections out of the objects they stand in
	Lifted  []liftedConnection
}

type liftedConnection struct {
	Page  *connection
	Field *PlannedField
}

// step is one step of the path to the field that is being answered.
type step struct {
	parent *step
	key    any
}

func (s *step) list() []any {
	if s == nil {
		return nil
	}
	return append(s.parent.list(), s.key)
}

// NewExecution makes a planned query ready to run for an app with these scopes, to which the source refuses some
// fields whatever the scopes.
func NewExecution(source source, plan *Plan, scopes, refused []string) *Execution {
	return &Execution{Source: source, Plan: plan, Scopes: scopes, refused: refused}
}

// Anew is an execution of another plan with the same rights.
func (x *Execution) Anew(plan *Plan) *Execution {
	return NewExecution(x.Source, plan, x.Scopes, x.refused)
}

// Root answers the fields of the operation's root.
func (x *Execution) Root() (data *record, cost float64, ok bool) {
	return x.Selections(x.Source.Root(x.Plan.Operation.Operation), x.Plan.Fields)
}

// run answers the whole operation; data is nil when a null went up to the root.
func (x *Execution) run() (data *record, actualCost float64) {
	data, cost, ok := x.Root()
	if x.Plan.Operation.Operation == ast.Mutation {
		cost = x.Plan.requestedCost()
	}
	if !ok {
		return nil, cost
	}
	return data, math.Ceil(cost)
}

// Selections answers the fields of one object. It is not ok when a field that must not be null is.
func (x *Execution) Selections(obj Object, fields []*PlannedField) (r *record, cost float64, ok bool) {
	r = &record{make([]string, 0, len(fields)), make([]any, 0, len(fields))}
	for _, f := range fields {
		x.path = &step{x.path, f.Key}
		value, price, ok := x.answer(obj, f)
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

// answer gives the value of one field of an object.
func (x *Execution) answer(obj Object, f *PlannedField) (value any, cost float64, ok bool) {
	if f.Name == "__typename" {
		return f.parent.Name, 0, true
	}
	if said, odd := x.Source.Instead(obj, f.Name); odd {
		return said, 0, true
	}
	value, err := x.resolve(obj, f)
	if err != nil {
		x.fail(err, f)
		return nil, 0, !f.Returns.NonNull
	}
	return x.complete(value, f, f.Returns)
}

func (x *Execution) resolve(obj Object, f *PlannedField) (any, error) {
	for _, wanted := range f.scopes {
		if !x.granted(wanted) {
			return nil, accessDenied(f.Name, wanted)
		}
	}
	if slices.Contains(x.refused, f.Name) {
		return nil, notPermitted(f.Name)
	}
	if obj, itself := obj.(answering); itself {
		return obj.Field(f.Name)
	}
	return x.Source.Answer(x, obj, f.Name, f.Args)
}

// granted says whether the app has one of the wanted scopes.
func (x *Execution) granted(wanted []string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(s string) bool { return slices.Contains(x.Scopes, s) })
}

func (x *Execution) fail(err error, f *PlannedField) {
	var bad *fault
	if !errors.As(err, &bad) {
		bad = NewFault("INTERNAL_SERVER_ERROR", "%v", err)
	}
	x.Failures = append(x.Failures, failureAt(bad, f.Position, x.path.list()))
}

// complete shapes a raw value as the field's type demands.
func (x *Execution) complete(resolved any, f *PlannedField, want *ast.Type) (value any, cost float64, ok bool) {
	switch v := resolved.(type) {
	case nil:
		return x.null(f, want)
	case *string:
		if v == nil {
			return x.null(f, want)
		}
		return *v, 0, true
	case *connection:
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

// null is an answer only where the type allows it; elsewhere it is a hole in the model, and said so.
func (x *Execution) null(f *PlannedField, want *ast.Type) (any, float64, bool) {
	if want.NonNull {
		x.fail(Unanswerable(f.parent.Name, f.Name), f)
	}
	return nil, 0, !want.NonNull
}

func (x *Execution) completeObject(obj Object, f *PlannedField, want *ast.Type) (any, float64, bool) {
	if said, odd := x.Source.Instead(obj, ""); odd {
		return said, f.ownCost(), true
	}
	concrete := f.Named.Name
	if f.Named.IsAbstractType() {
		concrete = obj.Kind()
	}
	r, cost, ok := x.Selections(obj, f.Children[concrete])
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
		x.path = &step{x.path, i}
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
		return x.null(f, want)
	}
	return x.completeObject(item, f, want)
}

// completeConnection answers a page. Its actual cost is sized by the nodes that came back; how Shopify prices
// pages of unequal nodes is not known, their mean is used here.
func (x *Execution) completeConnection(c *connection, f *PlannedField) (any, float64, bool) {
	r, nodeCost, ok := x.Selections(c, f.Children[f.Named.Name])
	if !ok {
		return nil, connectionCost, !f.Returns.NonNull
	}
	return r, connectionCost + sizing(len(c.Items))*(objectCost+nodeCost), true
}

// Report adds what a search made of a query to the answer.
func (x *Execution) Report(search SearchReport) {
	search.Path = x.path.list()
	x.searches = append(x.searches, search)
}

// SearchReport is an entry of extensions.search: what the search made of a query and what it ignored.
type SearchReport struct {
	Path     []any           `json:"path"`
	Query    string          `json:"query"`
	Parsed   string          `json:"parsed"`
	Warnings []SearchWarning `json:"warnings"`
}

type SearchWarning struct {
	Field   string `json:"field"`
	Message string `json:"message"`
	Code    string `json:"code"`
}
