package sandbox

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
)

const (
	maxBulkDocument    = 65535
	maxBulkConnections = 5
	maxBulkDepth       = 2 // below the root connection
)

// planBulk checks a document by the rules of bulk operations and makes it ready to run. The rules are those
// of Shopify's validator; the words are not.
func planBulk(schema *ast.Schema, text string) (*queryPlan, string) {
	if len(text) > maxBulkDocument {
		return nil, fmt.Sprintf("Query is too long (%d bytes of at most %d)", len(text), maxBulkDocument)
	}
	document, failures := parseDocument(schema, text)
	if len(failures) > 0 {
		return nil, "Invalid bulk query: " + failures[0].Message
	}
	if len(document.Operations) != 1 || document.Operations[0].Operation != ast.Query {
		return nil, "Bulk operations take exactly one query"
	}
	variables, failures := coerceVariables(schema, document.Operations[0], nil)
	if len(failures) > 0 {
		return nil, "Bulk queries cannot take variables"
	}
	plan := planQuery(schema, document, document.Operations[0], variables)
	if len(plan.fields) != 1 || plan.fields[0].name == "node" || plan.fields[0].name == "nodes" {
		return nil, "Bulk queries need exactly one top-level field, other than node and nodes"
	}
	rules := &bulkRules{connections: map[*ast.Position]bool{}}
	rules.field(plan.fields[0], 0, false)
	switch {
	case rules.problem != "":
		return nil, rules.problem
	case len(rules.connections) == 0:
		return nil, "Bulk queries must contain at least one connection"
	case len(rules.connections) > maxBulkConnections:
		return nil, fmt.Sprintf("Bulk queries cannot contain more than %d connections", maxBulkConnections)
	}
	return plan, ""
}

// bulkRules walks over a plan and notes the first rule that it breaks.
type bulkRules struct {
	connections map[*ast.Position]bool
	problem     string
}

func (r *bulkRules) refuse(format string, args ...any) {
	if r.problem == "" {
		r.problem = fmt.Sprintf(format, args...)
	}
}

// field checks a field that stands below the given number of connections, perhaps inside a plain list.
func (r *bulkRules) field(f *plannedField, depth int, inList bool) {
	if f.named == nil || !f.named.IsCompositeType() {
		return
	}
	if isConnection(f.named) {
		r.connection(f, depth, inList)
		return
	}
	for _, children := range f.children {
		for _, child := range children {
			r.field(child, depth, inList || f.returns.Elem != nil)
		}
	}
}

func (r *bulkRules) connection(f *plannedField, depth int, inList bool) {
	r.connections[f.position] = true
	for _, name := range []string{"first", "last", "after", "before"} {
		delete(f.args, name) // a bulk operation reads all there is
	}
	switch {
	case inList:
		r.refuse("Connection %s cannot be inside a list field", f.key)
	case depth > maxBulkDepth:
		r.refuse("Connections cannot be nested deeper than %d levels: %s", maxBulkDepth, f.key)
	case f.child("nodes") != nil:
		r.refuse("Connection %s must be read by edges and node, not nodes", f.key)
	}
	node := bulkNode(f)
	if node == nil {
		r.refuse("Connection %s must select edges and node", f.key)
		return
	}
	for _, fields := range node.children {
		r.node(f, fields, depth)
	}
}

// node checks what is selected of the nodes of one type: with connections inside they must show their id.
func (r *bulkRules) node(f *plannedField, fields []*plannedField, depth int) {
	before, hasID := len(r.connections), false
	for _, child := range fields {
		hasID = hasID || child.name == "id" && child.key == "id"
		r.field(child, depth+1, false)
	}
	if len(r.connections) > before && !hasID {
		r.refuse("The nodes of %s must select id, as they have connections", f.key)
	}
}

// bulkNode is the selection edges { node } of a connection.
func bulkNode(f *plannedField) *plannedField {
	if edges := f.child("edges"); edges != nil {
		return edges.child("node")
	}
	return nil
}
