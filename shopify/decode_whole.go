package shopify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// strictly decodes JSON into a struct and fails where encoding/json is silent: when
// a name comes twice, and when a field is missing or null that has the tag
// must:"be", or belongs to a type of another package and is no pointer.
func strictly(text []byte, into any) error {
	if err := json.Unmarshal(text, into); err != nil {
		return err
	}
	return lacking(text, reflect.TypeOf(into).Elem())
}

var errDeep = errors.New("it is nested too deep")

// lacking says what is wrong with JSON that can be decoded into a type.
func lacking(text []byte, into reflect.Type) error {
	if controls, _ := lookedOver(text); controls {
		var compact bytes.Buffer
		if err := json.Compact(&compact, text); err != nil {
			return err
		}
		text = compact.Bytes()
	}
	w := wholeness{cursor: cursor{text: string(text)}}
	w.value("", shapeOf(into))
	if w.wrong == nil && !w.cursor.ended() {
		return errDeep
	}
	return w.wrong
}

// wholeness goes through a document and notes the first thing that is wrong.
type wholeness struct {
	cursor cursor
	wrong  error
}

func (w *wholeness) value(name string, s *shape) {
	switch b := w.cursor.peek(); {
	case b == '[':
		w.cursor.array(func() {
			if w.cursor.peek() == 'n' {
				w.note("%s holds null", name)
			}
			w.value(name, s)
		})
	case b == '{' && s != nil:
		w.object(s)
	default:
		w.cursor.skip()
	}
}

func (w *wholeness) object(s *shape) {
	var seen uint64
	w.cursor.object(func(name string) {
		f := s.fields[strings.ToLower(name)]
		if f == nil {
			w.cursor.skip()
			return
		}
		if seen&f.bit != 0 {
			w.note("%s comes twice", name)
		}
		if s.musts&f.bit != 0 && w.cursor.peek() == 'n' {
			w.note("%s is null", name)
		}
		seen |= f.bit
		w.value(name, f.shape)
	})
	if lack := s.musts &^ seen; lack != 0 && !w.cursor.odd {
		w.note("%s is missing", s.name(lack))
	}
}

func (w *wholeness) note(format string, name string) {
	if w.wrong == nil {
		w.wrong = fmt.Errorf(format, name)
	}
}

// shape is what a struct must hold. Lists have the shape of their elements; what
// holds no struct has none.
type shape struct {
	fields map[string]*shapeField // by their names in small letters
	musts  uint64                 // their bits
}

type shapeField struct {
	bit   uint64
	shape *shape
}

func (s *shape) name(lack uint64) string {
	for name, f := range s.fields {
		if lack&f.bit != 0 && lack&(f.bit-1) == 0 {
			return name
		}
	}
	return "something"
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
	foreign := t.Name() != "" && t.PkgPath() != reflect.TypeFor[shape]().PkgPath()
	for _, field := range reflect.VisibleFields(t) {
		if !field.IsExported() || field.Anonymous {
			continue
		}
		f := &shapeField{bit: 1 << len(s.fields), shape: shapeOf(field.Type)}
		if field.Tag.Get("must") == "be" || foreign && field.Type.Kind() != reflect.Pointer {
			s.musts |= f.bit
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			name = field.Name
		}
		s.fields[strings.ToLower(name)] = f
	}
	return s
}
