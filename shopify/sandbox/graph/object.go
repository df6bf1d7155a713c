package graph

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
)

// WantID takes apart an id argument that must name an object of the given kind.
func WantID(text, kind string) (int64, error) {
	id, ok := gid.ParseID(text)
	if !ok || id.Kind != kind {
		return 0, InvalidID(text)
	}
	return id.Number, nil
}

// Object is a value of a GraphQL object type.
type Object interface {
	// TypeName is the name of the object's type.
	TypeName() string
}

// answering is an object that answers its own fields: with a scalar, a list of scalars, an object, a list of
// objects or nil.
type answering interface {
	Object
	FieldValue(name string) (any, error)
}

// Payload is an object made for one answer, such as what a mutation gives back or an error in it.
type Payload struct {
	typeName string
	values   map[string]any
}

// NewPayload makes an object of the type with these fields.
func NewPayload(typeName string, values map[string]any) Payload { return Payload{typeName, values} }
func (p Payload) TypeName() string                              { return p.typeName }

func (p Payload) FieldValue(name string) (any, error) {
	value, known := p.values[name]
	if !known {
		return nil, NotAnswered(p.typeName, name)
	}
	return value, nil
}

// ObjectsOf makes a list of objects of a list of one concrete type.
func ObjectsOf[T Object](rows []T) []Object {
	list := make([]Object, len(rows))
	for i, row := range rows {
		list[i] = row
	}
	return list
}

// OrNull is the object that a pointer points to, or a null.
func OrNull[T any, P interface {
	*T
	Object
}](pointer P) any {
	if pointer == nil {
		return nil
	}
	return pointer
}
