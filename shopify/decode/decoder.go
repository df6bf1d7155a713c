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

// Node decodes a line. It gives the same node whichever way it goes.
func (d *Decoder[T]) Node(line []byte) (*T, error) {
	d.Clear(&d.last)
	if d.cursor.begin(line) {
		if d.Read(&d.cursor, &d.last); d.cursor.ended() {
			return &d.last, nil
		}
	}
	d.cursor.lacks, d.last = false, *new(T)
	return &d.last, Unmarshal(Textual(line), &d.last, d.spared())
}

// Whole has the node say what its line should hold and does not. The cursor only
// suspects that.
func (d *Decoder[T]) Whole() error {
	if !d.cursor.lacks {
		return nil
	}
	if text := []byte(d.cursor.text); lacking(text, reflect.TypeFor[T](), d.spared()) {
		return fit(text, &d.last, d.spared())
	}
	return nil
}

// Record decodes a line, whole.
func (d *Decoder[T]) Record(line []byte) (*T, error) {
	node, err := d.Node(line)
	if err == nil {
		err = d.Whole()
	}
	return node, err
}

func (d *Decoder[T]) spared() spared {
	if d.Spares == nil {
		return nil
	}
	return d.Spares()
}
