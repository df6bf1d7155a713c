package decode

import (
	"bytes"
	"cmp"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// plain is a cursor over JSON that is known to be valid, without what it finds odd
// between values.
func plain(text []byte) Cursor {
	if controls, _ := lookedOver(text); controls {
		var compact bytes.Buffer
		if json.Compact(&compact, text) == nil {
			text = compact.Bytes()
		}
	}
	return Cursor{text: string(text)}
}

// lacking reports whether JSON that can be decoded into a type lacks something that is not
// spared, or has it twice.
func lacking(text []byte, into reflect.Type, spared spared) bool {
	w := wholeness{cursor: plain(text), spared: spared}
	w.value(shapeOf(into))
	return w.lacks || !w.cursor.ended()
}

// wholeness goes through a document and notes whether it lacks anything.
type wholeness struct {
	cursor Cursor
	spared spared
	lacks  bool
}

func (w *wholeness) value(s *shape) {
	switch b := w.cursor.peek(); {
	case b == '[':
		w.cursor.Array(func() {
			w.lacks = w.lacks || w.cursor.peek() == 'n'
			w.value(s)
		})
	case b == '{' && s != nil:
		w.object(s)
	default:
		w.cursor.Skip()
	}
}

func (w *wholeness) object(s *shape) {
	var seen uint64
	w.cursor.Object(func(name string) {
		f := s.fields[strings.ToLower(name)]
		if f == nil {
			w.cursor.Skip()
			return
		}
		w.lacks = w.lacks || seen&f.bit != 0 || s.musts&f.bit != 0 && w.cursor.peek() == 'n'
		seen |= f.bit
		w.value(f.shape)
	})
	w.lacks = w.lacks || s.musts&^s.spared(w.spared)&^seen != 0
}

// shape is what a struct must hold. Lists have the shape of their elements; what
// holds no struct has none.
type shape struct {
	of     string                 // the type of record that it is, by the tag of; "" where nothing of it is spared
	fields map[string]*shapeField // by their names in small letters
	musts  uint64                 // their bits
}

type shapeField struct {
	name  string // as the shop writes it
	index []int
	bit   uint64
	shape *shape
}

// spared are the fields of which the record may lack any, as bits.
func (s *shape) spared(all spared) (bits uint64) {
	if len(all) == 0 {
		return 0
	}
	for _, field := range s.fields {
		if all[s.of+"."+field.name] {
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
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return nil
	}
	s := &shape{fields: map[string]*shapeField{}}
	for _, field := range reflect.VisibleFields(t) {
		s.of = cmp.Or(s.of, field.Tag.Get("of"))
		if !field.IsExported() || field.Anonymous {
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			name = asShopify(field.Name)
		}
		f := &shapeField{name: name, index: field.Index, bit: 1 << len(s.fields), shape: shapeOf(field.Type)}
		if field.Tag.Get("must") == "be" {
			s.musts |= f.bit
		}
		s.fields[strings.ToLower(name)] = f
	}
	return s
}

// asShopify writes the name of a field as Shopify does: descriptionHtml, sku, seo, id.
func asShopify(name string) string {
	if name == strings.ToUpper(name) {
		return strings.ToLower(name)
	}
	name = strings.NewReplacer("HTML", "Html", "MIME", "mime").Replace(name)
	return strings.ToLower(name[:1]) + name[1:]
}
