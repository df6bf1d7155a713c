package graph

import (
	"math"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// maxQueryCost is what a single query may cost on every plan.
const maxQueryCost = 1000

// The price list. Shopify documents it in part; the sizing of connections is the rule that reproduces most
// captured answers: connection = 2 + f(n) * (1 + children).
const (
	objectCost     = 1
	mutationCost   = 10
	rootCountCost  = 10
	connectionCost = 2
)

// pageWeight weighs a page of n objects.
func pageWeight(n int) float64 {
	if n <= 0 {
		return 0
	}
	return math.Max(math.Min(float64(n), 2), math.Floor(2*math.Log(float64(n))))
}

// requestedCost is what an operation is charged before it runs.
func (p *Plan) requestedCost() float64 {
	if p.Operation.Operation == ast.Mutation {
		return mutationCost * float64(len(p.Fields))
	}
	return sumCost(p.Fields)
}

func sumCost(fields []*PlannedField) float64 {
	total := 0.0
	for _, f := range fields {
		total += f.requestedCost()
	}
	return total
}

func (f *PlannedField) requestedCost() float64 {
	switch {
	case f.Named == nil || !f.Named.IsCompositeType():
		return 0
	case IsConnection(f.Named):
		return connectionCost + pageWeight(f.pageSize())*(objectCost+f.nodeCost())
	}
	return f.ownCost() + f.dearestChildren()
}

// ownCost is the cost of an object without its fields.
func (f *PlannedField) ownCost() float64 {
	switch {
	case f.Named.Name == "PageInfo" || strings.HasSuffix(f.Named.Name, "Edge"):
		return 0
	case f.parent.Name == "QueryRoot" && f.Named.Name == "Count":
		return rootCountCost
	}
	return objectCost
}

// nodeCost is what the selections of one node of a connection cost. Whether asking for both nodes and edges
// is charged twice is not known; here it is.
func (f *PlannedField) nodeCost() float64 {
	cost := 0.0
	if nodes := f.ChildNamed("nodes"); nodes != nil {
		cost = nodes.dearestChildren()
	}
	if edges := f.ChildNamed("edges"); edges != nil {
		if node := edges.ChildNamed("node"); node != nil {
			cost += node.dearestChildren()
		}
	}
	return cost
}

// dearestChildren prices an interface by its most expensive branch.
func (f *PlannedField) dearestChildren() float64 {
	dearest := 0.0
	for _, fields := range f.Children {
		dearest = math.Max(dearest, sumCost(fields))
	}
	return dearest
}

func (f *PlannedField) pageSize() int {
	first, _ := f.Args.Number("first")
	last, _ := f.Args.Number("last")
	return max(first, last)
}

// checkInputs refuses pages without a size, pages that are too large and lists that are too long.
func (p *Plan) checkInputs() []Failure {
	var failures []Failure
	p.eachField(p.Fields, []any{operationLabel(p.Operation)}, func(f *PlannedField, path []any) {
		if bad := p.inputFault(f); bad != nil {
			failures = append(failures, failureAt(bad, f.Position, path))
		}
	})
	return failures
}

func (p *Plan) eachField(fields []*PlannedField, path []any, visit func(*PlannedField, []any)) {
	for _, f := range fields {
		at := append(slices.Clone(path), f.Key)
		visit(f, at)
		for _, children := range f.Children {
			p.eachField(children, at, visit)
		}
	}
}

// inputFault checks the arguments of a field. The code and words of the answer to a page that is too large
// were not seen in any capture; BAD_REQUEST is a guess.
func (p *Plan) inputFault(f *PlannedField) *Fault {
	if length := f.Args.longestList(); length > maxArrayInput {
		return NewFault("MAX_INPUT_SIZE_EXCEEDED", "The input array size of %d is greater than the maximum allowed of %d.", length, maxArrayInput)
	}
	if f.Named == nil || !IsConnection(f.Named) {
		return nil
	}
	first, hasFirst := f.Args.Number("first")
	last, hasLast := f.Args.Number("last")
	limit := p.pageLimit(f)
	switch {
	case !hasFirst && !hasLast:
		return NewFault("BAD_REQUEST", "you must provide one of first or last")
	case hasFirst && hasLast:
		return NewFault("BAD_REQUEST", "providing both first and last is not supported")
	case first < 0 || last < 0:
		return NewFault("BAD_REQUEST", "first and last cannot be negative")
	case first > limit || last > limit:
		return NewFault("BAD_REQUEST", "the page size of %d for %s exceeds the maximum of %d", max(first, last), f.Name, limit)
	}
	return nil
}

const (
	maxPage        = 250
	MaxVariantPage = 2048
)

// pageLimit is 250, except for the variants of a product that is the only root field of its query.
func (p *Plan) pageLimit(f *PlannedField) int {
	alone := len(p.Fields) == 1 && p.Fields[0].Name == "product"
	if alone && f.Name == "variants" && slices.Contains(p.Fields[0].Children["Product"], f) {
		return MaxVariantPage
	}
	return maxPage
}
