package sandbox

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

// sizing weighs a page of n objects.
func sizing(n int) float64 {
	if n <= 0 {
		return 0
	}
	return math.Max(math.Min(float64(n), 2), math.Floor(2*math.Log(float64(n))))
}

// requestedCost is what an operation is charged before it runs.
func (p *queryPlan) requestedCost() float64 {
	if p.operation.Operation == ast.Mutation {
		return mutationCost * float64(len(p.fields))
	}
	return sumCost(p.fields)
}

func sumCost(fields []*plannedField) float64 {
	total := 0.0
	for _, f := range fields {
		total += f.requestedCost()
	}
	return total
}

func (f *plannedField) requestedCost() float64 {
	switch {
	case f.named == nil || !f.named.IsCompositeType():
		return 0
	case isConnection(f.named):
		return connectionCost + sizing(f.pageSize())*(objectCost+f.nodeCost())
	}
	return f.ownCost() + f.dearestChildren()
}

// ownCost is the cost of an object without its fields.
func (f *plannedField) ownCost() float64 {
	switch {
	case f.named.Name == "PageInfo" || strings.HasSuffix(f.named.Name, "Edge"):
		return 0
	case f.parent.Name == "QueryRoot" && f.named.Name == "Count":
		return rootCountCost
	}
	return objectCost
}

// nodeCost is what the selections of one node of a connection cost. Whether asking for both nodes and edges
// is charged twice is not known; here it is.
func (f *plannedField) nodeCost() float64 {
	cost := 0.0
	if nodes := f.child("nodes"); nodes != nil {
		cost = nodes.dearestChildren()
	}
	if edges := f.child("edges"); edges != nil {
		if node := edges.child("node"); node != nil {
			cost += node.dearestChildren()
		}
	}
	return cost
}

// dearestChildren prices an interface by its most expensive branch.
func (f *plannedField) dearestChildren() float64 {
	dearest := 0.0
	for _, fields := range f.children {
		dearest = math.Max(dearest, sumCost(fields))
	}
	return dearest
}

func (f *plannedField) pageSize() int {
	first, _ := f.args.number("first")
	last, _ := f.args.number("last")
	return max(first, last)
}

// checkInputs refuses pages without a size, pages that are too large and lists that are too long.
func (p *queryPlan) checkInputs() []failure {
	var failures []failure
	p.eachField(p.fields, []any{operationLabel(p.operation)}, func(f *plannedField, path []any) {
		if bad := p.inputFault(f); bad != nil {
			failures = append(failures, failureAt(bad, f.position, path))
		}
	})
	return failures
}

func (p *queryPlan) eachField(fields []*plannedField, path []any, visit func(*plannedField, []any)) {
	for _, f := range fields {
		at := append(slices.Clone(path), f.key)
		visit(f, at)
		for _, children := range f.children {
			p.eachField(children, at, visit)
		}
	}
}

// inputFault checks the arguments of a field. The code and words of the answer to a page that is too large
// were not seen in any capture; BAD_REQUEST is a guess.
func (p *queryPlan) inputFault(f *plannedField) *fault {
	if length := f.args.longestList(); length > maxArrayInput {
		return newFault("MAX_INPUT_SIZE_EXCEEDED", "The input array size of %d is greater than the maximum allowed of %d.", length, maxArrayInput)
	}
	if f.named == nil || !isConnection(f.named) {
		return nil
	}
	first, hasFirst := f.args.number("first")
	last, hasLast := f.args.number("last")
	limit := p.pageLimit(f)
	switch {
	case !hasFirst && !hasLast:
		return newFault("BAD_REQUEST", "you must provide one of first or last")
	case hasFirst && hasLast:
		return newFault("BAD_REQUEST", "providing both first and last is not supported")
	case first < 0 || last < 0:
		return newFault("BAD_REQUEST", "first and last cannot be negative")
	case first > limit || last > limit:
		return newFault("BAD_REQUEST", "the page size of %d for %s exceeds the maximum of %d", max(first, last), f.name, limit)
	}
	return nil
}

const (
	maxPage        = 250
	maxVariantPage = 2048
)

// pageLimit is 250, except for the variants of a product that is the only root field of its query.
func (p *queryPlan) pageLimit(f *plannedField) int {
	alone := len(p.fields) == 1 && p.fields[0].name == "product"
	if alone && f.name == "variants" && slices.Contains(p.fields[0].children["Product"], f) {
		return maxVariantPage
	}
	return maxPage
}
