package sandbox

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// failure is one entry of a GraphQL answer's errors.
type failure struct {
	Message    string         `json:"message"`
	Locations  []lineColumn   `json:"locations,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
	Path       []any          `json:"path,omitempty"`
}

func (f failure) denies() bool { return f.Extensions["code"] == "ACCESS_DENIED" }

// lineColumn is a place in the document, counted from 1.
type lineColumn struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// fault is a failure of one field before its place in document and answer is known.
type fault struct {
	message    string
	extensions map[string]any
}

func (f *fault) Error() string { return f.message }

func newFault(code, format string, args ...any) *fault {
	return &fault{fmt.Sprintf(format, args...), map[string]any{"code": code}}
}

func (f *fault) with(key string, value any) *fault {
	f.extensions[key] = value
	return f
}

const scopesDocumentation = "https://shopify.dev/api/usage/access-scopes"

func accessDenied(field string, scopes []string) *fault {
	access := requiredAccess(scopes)
	return newFault("ACCESS_DENIED", "Access denied for %s field. Required access: %s", field, access).
		with("documentation", scopesDocumentation).with("requiredAccess", access)
}

// notPermitted is the refusal of an app that has the scopes: a staff permission or an approval
// is lacking, which Shopify does not name.
func notPermitted(field string) *fault {
	return newFault("ACCESS_DENIED", "Access denied for %s field.", field).with("documentation", scopesDocumentation)
}

func invalidID(id string) *fault {
	return newFault("RESOURCE_NOT_FOUND", "Invalid id: %s", id)
}

// unanswerable marks a hole in the sandbox: the schema has the field, the model has no data for it.
func unanswerable(typeName, field string) *fault {
	return newFault("INTERNAL_SERVER_ERROR", "the sandbox cannot answer %s.%s", typeName, field)
}

// failureAt places a fault in the document and the answer.
func failureAt(f *fault, at *ast.Position, path []any) failure {
	return failure{Message: f.message, Locations: locate(at), Extensions: f.extensions, Path: path}
}

func locate(at *ast.Position) []lineColumn {
	if at == nil {
		return nil
	}
	return []lineColumn{{at.Line, at.Column}}
}

// operationLabel is the first step of a validation error's path, such as "query EshopProducts".
func operationLabel(op *ast.OperationDefinition) string {
	return strings.TrimSpace(string(op.Operation) + " " + op.Name)
}
