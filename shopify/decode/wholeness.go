package decode

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// plainCursor is a cursor over JSON that is known to be valid, without what it finds odd
// between values.
func plainCursor(text []byte) Cursor {
	if controls, _ := lookedOver(text); controls {
		var compact bytes.Buffer
		if json.Compact(&compact, text) == nil {
			text = compact.Bytes()
		}
	}
	return Cursor{text: string(text)}
}

// lacksAny reports whether JSON that can be decoded into a type lacks something that is not
// spared, or has it twice.
func lacksAny(text []byte, into reflect.Type, spared spared) bool {
	w := wholeness{cursor: plainCursor(text), spared: spared}
	w.checkValue(shapeOf(into))
	return w.lacks || !w.cursor.atEnd()
}

// wholeness goes through a document and notes whether it lacks anything.
type wholeness struct {
	cursor Cursor
	spared spared
	lacks  bool
}

func (w *wholeness) checkValue(s *shape) {
	switch b := w.cursor.peek(); {
	case b == '[':
		w.cursor.ReadArray(func() {
			w.lacks = w.lacks || w.cursor.peek() == 'n'
			w.checkValue(s)
		})
	case b == '{' && s != nil:
		w.checkObject(s)
	default:
		w.cursor.SkipValue()
	}
}

func (w *wholeness) checkObject(s *shape) {
	var seen uint64
	w.cursor.ReadObject(func(name string) {
		f := s.fields[strings.ToLower(name)]
		if f == nil {
			w.cursor.SkipValue()
			return
		}
		w.lacks = w.lacks || seen&f.bit != 0 || s.musts&f.bit != 0 && w.cursor.peek() == 'n'
		seen |= f.bit
		w.checkValue(f.shape)
	})
	w.lacks = w.lacks || s.musts&^s.sparedBits(w.spared)&^seen != 0
}
