package decode

import (
	"cmp"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// spared are fields that records may lack, since they were not asked for: TYPE.FIELD, the
// type being what the tag of says of a record.
type spared map[string]bool

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

// sparedBits are the fields of which the record may lack any, as bits.
func (s *shape) sparedBits(all spared) (bits uint64) {
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
