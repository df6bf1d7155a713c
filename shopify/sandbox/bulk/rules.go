package bulk

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

const (
	maxDocument    = 65535
	maxConnections = 5
	maxDepth       = 2 // below the root connection
)

// planDocument checks a document by the rules of bulk operations and makes it ready to run. The rules are those
// of Shopify's validator; the words are not.
func planDocument(schema *ast.Schema, text string) (*graph.Plan, string) {
	if len(text) > maxDocument {
		return nil, fmt.Sprintf("Query is too long (%d bytes of at most %d)", len(text), maxDocument)
	}
	document, failures := graph.ParseDocument(schema, text)
	if len(failures) > 0 {
		return nil, "Invalid bulk query: " + failures[0].Message
	}
	if len(document.Operations) != 1 || document.Operations[0].Operation != ast.Query {
		return nil, "Bulk operations take exactly one query"
	}
	variables, failures := graph.CoerceVariables(schema, document.Operations[0], nil)
	if len(failures) > 0 {
		return nil, "Bulk queries cannot take variables"
	}
	plan := graph.PlanQuery(schema, document, document.Operations[0], variables)
	if len(plan.Fields) != 1 || plan.Fields[0].Name == "node" || plan.Fields[0].Name == "nodes" {
		return nil, "Bulk queries need exactly one top-level field, other than node and nodes"
	}
	rules := &ruleCheck{connections: map[*ast.Position]bool{}}
	rules.checkField(plan.Fields[0], 0, false)
	switch {
	case rules.problem != "":
		return nil, rules.problem
	case len(rules.connections) == 0:
		return nil, "Bulk queries must contain at least one connection"
	case len(rules.connections) > maxConnections:
		return nil, fmt.Sprintf("Bulk queries cannot contain more than %d connections", maxConnections)
	}
	return plan, ""
}

// ruleCheck walks over a plan and notes the first broken rule.
type ruleCheck struct {
	connections map[*ast.Position]bool
	problem     string
}

func (r *ruleCheck) addProblem(format string, args ...any) {
	if r.problem == "" {
		r.problem = fmt.Sprintf(format, args...)
	}
}

// checkField checks a field that stands below the given number of connections, perhaps inside a plain list.
func (r *ruleCheck) checkField(f *graph.PlannedField, depth int, inList bool) {
	if f.Named == nil || !f.Named.IsCompositeType() {
		return
	}
	if graph.IsConnection(f.Named) {
		r.checkConnection(f, depth, inList)
		return
	}
	for _, children := range f.Children {
		for _, child := range children {
			r.checkField(child, depth, inList || f.Returns.Elem != nil)
		}
	}
}

func (r *ruleCheck) checkConnection(f *graph.PlannedField, depth int, inList bool) {
	r.connections[f.Position] = true
	for _, name := range []string{"first", "last", "after", "before"} {
		delete(f.Args, name) // a bulk operation reads all there is
	}
	switch {
	case inList:
		r.addProblem("Connection %s cannot be inside a list field", f.Key)
	case depth > maxDepth:
		r.addProblem("Connections cannot be nested deeper than %d levels: %s", maxDepth, f.Key)
	case f.ChildNamed("nodes") != nil:
		r.addProblem("Connection %s must be read by edges and node, not nodes", f.Key)
	}
	node := nodeOf(f)
	if node == nil {
		r.addProblem("Connection %s must select edges and node", f.Key)
		return
	}
	for _, fields := range node.Children {
		r.checkNode(f, fields, depth)
	}
}

// checkNode checks what is selected of the nodes of one type: with connections inside they must show their id.
func (r *ruleCheck) checkNode(f *graph.PlannedField, fields []*graph.PlannedField, depth int) {
	before, hasID := len(r.connections), false
	for _, child := range fields {
		hasID = hasID || child.Name == "id" && child.Key == "id"
		r.checkField(child, depth+1, false)
	}
	if len(r.connections) > before && !hasID {
		r.addProblem("The nodes of %s must select id, as they have connections", f.Key)
	}
}

// nodeOf is the selection edges { node } of a connection.
func nodeOf(f *graph.PlannedField) *graph.PlannedField {
	if edges := f.ChildNamed("edges"); edges != nil {
		return edges.ChildNamed("node")
	}
	return nil
}
