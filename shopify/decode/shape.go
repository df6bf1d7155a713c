package decode

import (
	"cmp"
	"reflect"
	"strings"
	"sync"
)

// FieldSet is a set of fields of the schema, each as TYPE.FIELD.
type FieldSet map[string]bool

// shape describes a struct: which fields of an object it is decoded from.
type shape struct {
	of     string        // its type in the schema, by the tag of; "" where no field is ever spared
	fields []*shapeField // in the order of the struct
	musts  uint64        // bits of the fields that have to be there
}

type shapeField struct {
	name  string // as the schema writes it
	index []int
	bit   uint64
}

// fieldNamed returns the field with that name in any case of its letters, as encoding/json
// does; nil for none.
func (s *shape) fieldNamed(name string) *shapeField {
	for _, field := range s.fields {
		if strings.EqualFold(field.name, name) {
			return field
		}
	}
	return nil
}

// sparedBits returns the bits of the fields that are in the set.
func (s *shape) sparedBits(spared FieldSet) (bits uint64) {
	if len(spared) == 0 {
		return 0
	}
	for _, field := range s.fields {
		if spared[s.of+"."+field.name] {
			bits |= field.bit
		}
	}
	return bits
}

var shapes sync.Map // of reflect.Type

func shapeOf(t reflect.Type) *shape {
	if known, ok := shapes.Load(t); ok {
		return known.(*shape)
	}
	made := newShape(t)
	shapes.Store(t, made)
	return made
}

func newShape(t reflect.Type) *shape {
	s := &shape{}
	for _, field := range reflect.VisibleFields(t) {
		s.of = cmp.Or(s.of, field.Tag.Get("of"))
		if !field.IsExported() || field.Anonymous {
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		f := &shapeField{name: cmp.Or(name, schemaName(field.Name)), index: field.Index, bit: 1 << len(s.fields)}
		if field.Tag.Get("must") == "be" {
			s.musts |= f.bit
		}
		s.fields = append(s.fields, f)
	}
	return s
}

// schemaName writes the name of a Go field as the schema does: descriptionHtml, originUrl,
// mimeType, sku, id.
func schemaName(name string) string {
	if name == strings.ToUpper(name) {
		return strings.ToLower(name)
	}
	name = strings.NewReplacer("HTML", "Html", "URL", "Url", "MIME", "mime").Replace(name)
	return strings.ToLower(name[:1]) + name[1:]
}
