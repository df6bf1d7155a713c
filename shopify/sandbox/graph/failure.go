package graph

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/eshopos/eshopctl/shopify/sandbox/scopes"
)

// Failure is one entry of a GraphQL answer's errors.
type Failure struct {
	Message    string         `json:"message"`
	Locations  []Place        `json:"locations,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
	Path       []any          `json:"path,omitempty"`
}

// DeniesAccess reports whether the app lacks the right to what it asked for.
func (f Failure) DeniesAccess() bool { return f.Extensions["code"] == "ACCESS_DENIED" }

// AsFault returns the failure without its place.
func (f Failure) AsFault() *Fault { return &Fault{f.Message, f.Extensions} }

// Place is where something stands in the document, counted from 1.
type Place struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Fault is a failure of one field before its place in document and answer is known.
type Fault struct {
	message    string
	extensions map[string]any
}

func (f *Fault) Error() string { return f.message }

// NewFault makes a fault with a code, such as BAD_REQUEST, and a message.
func NewFault(code, format string, args ...any) *Fault {
	return &Fault{fmt.Sprintf(format, args...), map[string]any{"code": code}}
}

// With adds an extension.
func (f *Fault) With(key string, value any) *Fault {
	f.extensions[key] = value
	return f
}

// ScopesDocumentation is where refusals for lack of a scope point to.
const ScopesDocumentation = "https://shopify.dev/api/usage/access-scopes"

func accessDenied(field string, wanted []string) *Fault {
	access := scopes.AccessWords(wanted)
	return NewFault("ACCESS_DENIED", "Access denied for %s field. Required access: %s", field, access).
		With("documentation", ScopesDocumentation).With("requiredAccess", access)
}

// notPermitted refuses a field to an app that has the scopes but lacks a staff permission or an approval, which
// Shopify does not name.
func notPermitted(field string) *Fault {
	return NewFault("ACCESS_DENIED", "Access denied for %s field.", field).With("documentation", ScopesDocumentation)
}

// InvalidID is the fault of an id that names nothing of the wanted kind.
func InvalidID(id string) *Fault {
	return NewFault("RESOURCE_NOT_FOUND", "Invalid id: %s", id)
}

// NotAnswered is the fault of a field that the schema has and the sandbox cannot answer.
func NotAnswered(typeName, field string) *Fault {
	return NewFault("INTERNAL_SERVER_ERROR", "the sandbox cannot answer %s.%s", typeName, field)
}

// failureAt places a fault in the document and the answer.
func failureAt(f *Fault, at *ast.Position, path []any) Failure {
	return Failure{Message: f.message, Locations: placesOf(at), Extensions: f.extensions, Path: path}
}

func placesOf(at *ast.Position) []Place {
	if at == nil {
		return nil
	}
	return []Place{{at.Line, at.Column}}
}

// operationLabel is the first step of a validation error's path, such as "query EshopProducts".
func operationLabel(op *ast.OperationDefinition) string {
	return strings.TrimSpace(string(op.Operation) + " " + op.Name)
}
