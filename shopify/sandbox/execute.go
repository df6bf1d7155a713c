package sandbox

import (
	"errors"
	"math"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// object is a value of a GraphQL object type.
type object interface {
	// kind is the name of the object's type.
	kind() string
	// field answers one field with a scalar, a list of scalars, an object, a list of objects or nil.
	field(x *execution, name string, args arguments) (any, error)
}

// execution runs one planned query against one shop. The shop is locked while it runs.
type execution struct {
	shop     *Shop
	plan     *queryPlan
	scopes   []string // expanded
	refused  []string // fields, whatever the scopes
	app      App
	failures []failure
	searches []searchReport
	path     *step

	lifting bool // bulk operations take connections out of the objects they stand in
	lifted  []liftedConnection
}

type liftedConnection struct {
	page  *connection
	field *plannedField
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

// run answers the whole operation; data is nil when a null went up to the root.
func (x *execution) run(root object) (data *record, actualCost float64) {
	data, cost, ok := x.selections(root, x.plan.fields)
	if x.plan.operation.Operation == ast.Mutation {
		cost = x.plan.requestedCost()
	}
	if !ok {
		return nil, cost
	}
	return data, math.Ceil(cost)
}

// selections answers the fields of one object. It is not ok when a field that must not be null is.
func (x *execution) selections(obj object, fields []*plannedField) (r *record, cost float64, ok bool) {
	r = &record{make([]string, 0, len(fields)), make([]any, 0, len(fields))}
	for _, f := range fields {
		x.path = &step{x.path, f.key}
		value, price, ok := x.answer(obj, f)
		x.path = x.path.parent
		cost += price
		if !ok {
			return nil, cost, false
		}
		if _, lifted := value.(liftedConnection); !lifted {
			r.put(f.key, value)
		}
	}
	return r, cost, true
}

// answer gives the value of one field of an object.
func (x *execution) answer(obj object, f *plannedField) (value any, cost float64, ok bool) {
	if f.name == "__typename" {
		return f.parent.Name, 0, true
	}
	if said, odd := x.shop.odd.instead(obj, f.name); odd {
		return said, 0, true
	}
	value, err := x.resolve(obj, f)
	if err != nil {
		x.fail(err, f)
		return nil, 0, !f.returns.NonNull
	}
	return x.complete(value, f, f.returns)
}

func (x *execution) resolve(obj object, f *plannedField) (any, error) {
	for _, wanted := range f.scopes {
		if !x.granted(wanted) {
			return nil, accessDenied(f.name, wanted)
		}
	}
	if slices.Contains(x.refused, f.name) {
		return nil, notPermitted(f.name)
	}
	value, err := obj.field(x, f.name, f.args)
	return x.shop.odd.counted(obj, f.name, value), err
}

// granted says whether the app has one of the wanted scopes.
func (x *execution) granted(wanted []string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(s string) bool { return slices.Contains(x.scopes, s) })
}

func (x *execution) fail(err error, f *plannedField) {
	var bad *fault
	if !errors.As(err, &bad) {
		bad = newFault("INTERNAL_SERVER_ERROR", "%v", err)
	}
	x.failures = append(x.failures, failureAt(bad, f.position, x.path.list()))
}

// complete shapes a raw value as the field's type demands.
func (x *execution) complete(resolved any, f *plannedField, want *ast.Type) (value any, cost float64, ok bool) {
	switch v := resolved.(type) {
	case nil:
		return x.null(f, want)
	case *string:
		if v == nil {
			return x.null(f, want)
		}
		return *v, 0, true
	case *connection:
		if x.lifting {
			lifted := liftedConnection{v, f}
			x.lifted = append(x.lifted, lifted)
			return lifted, 0, true
		}
		return x.completeConnection(v, f)
	case object:
		return x.completeObject(v, f, want)
	case []object:
		return x.completeList(v, f, want)
	}
	return resolved, 0, true
}

// null is an answer only where the type allows it; elsewhere it is a hole in the model, and said so.
func (x *execution) null(f *plannedField, want *ast.Type) (any, float64, bool) {
	if want.NonNull {
		x.fail(unanswerable(f.parent.Name, f.name), f)
	}
	return nil, 0, !want.NonNull
}

func (x *execution) completeObject(obj object, f *plannedField, want *ast.Type) (any, float64, bool) {
	if said, odd := x.shop.odd.instead(obj, ""); odd {
		return said, f.ownCost(), true
	}
	concrete := f.named.Name
	if f.named.IsAbstractType() {
		concrete = obj.kind()
	}
	r, cost, ok := x.selections(obj, f.children[concrete])
	cost += f.ownCost()
	if !ok {
		return nil, cost, !want.NonNull
	}
	return r, cost, true
}

// completeList answers a plain list of objects. Its cost is that of its dearest item; in a connection it is
// the mean of what was selected of the items.
func (x *execution) completeList(items []object, f *plannedField, want *ast.Type) (any, float64, bool) {
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
	if isConnection(f.parent) && len(items) > 0 {
		return values, math.Max(0, sum/float64(len(items))-objectCost), true
	}
	return values, dearest, true
}

func (x *execution) completeItem(item object, f *plannedField, want *ast.Type) (any, float64, bool) {
	if item == nil {
		return x.null(f, want)
	}
	return x.completeObject(item, f, want)
}

// completeConnection answers a page. Its actual cost is sized by the nodes that came back; how Shopify prices
// pages of unequal nodes is not known, their mean is used here.
func (x *execution) completeConnection(c *connection, f *plannedField) (any, float64, bool) {
	r, nodeCost, ok := x.selections(c, f.children[f.named.Name])
	if !ok {
		return nil, connectionCost, !f.returns.NonNull
	}
	return r, connectionCost + sizing(len(c.items))*(objectCost+nodeCost), true
}
