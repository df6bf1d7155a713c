package decode

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
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
