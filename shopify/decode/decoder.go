package decode

import (
	"reflect"
)

// Decoder reads lines into a node that is used again for the next line: by the
// cursor, and what that finds odd by encoding/json.
type Decoder[T any] struct {
	cursor Cursor
	Read   func(*Cursor, *T)
	Clear  func(*T)               // empties a node for the next line, but for the memory of its lists
	Spares func() map[string]bool // may be nil
	last   T
}

// ReadNode decodes a line. It gives the same node whichever way it goes.
func (d *Decoder[T]) ReadNode(line []byte) (*T, error) {
	d.Clear(&d.last)
	if d.cursor.beginLine(line) {
		if d.Read(&d.cursor, &d.last); d.cursor.atEnd() {
			return &d.last, nil
		}
	}
	d.cursor.lacks, d.last = false, *new(T)
	return &d.last, Unmarshal(Textual(line), &d.last, d.sparedFields())
}

// CheckWhole notes in the node what its line should hold and does not. The cursor only
// suspected that.
func (d *Decoder[T]) CheckWhole() error {
	if !d.cursor.lacks {
		return nil
	}
	if text := []byte(d.cursor.text); lacksAny(text, reflect.TypeFor[T](), d.sparedFields()) {
		return fitValue(text, &d.last, d.sparedFields())
	}
	return nil
}

// ReadRecord decodes a line, whole.
func (d *Decoder[T]) ReadRecord(line []byte) (*T, error) {
	node, err := d.ReadNode(line)
	if err == nil {
		err = d.CheckWhole()
	}
	return node, err
}

func (d *Decoder[T]) sparedFields() spared {
	if d.Spares == nil {
		return nil
	}
	return d.Spares()
}
