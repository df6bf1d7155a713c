package view

import (
	"io"
	"iter"

	"github.com/eshopos/eshopctl/cmd/view/plain"
)

// Text is something to be read by people.
type Text interface {
	forPeople(View) error
}

// Report is what a command came to, for people and for programs.
type Report interface {
	Text
	forPrograms() document
}

// Tell writes something for people, whatever form was asked for.
func (v View) Tell(t Text) error { return t.forPeople(v) }

// Show writes a report in the form that was asked for. A PartError says that a part of it
// was written already.
func (v View) Show(r Report) error {
	switch table, is := r.(interface{ csv(io.Writer) error }); {
	case v.Form == JSON:
		return r.forPrograms().write(v.Out)
	case v.Form == JSONL:
		return r.forPrograms().writeLines(v.Out)
	case v.Form == CSV && is:
		return table.csv(v.Out)
	}
	return r.forPeople(v)
}

// PartError is what went wrong after a part of a document was written: a second document
// behind half a one would help nobody.
type PartError struct{ error }

func (e PartError) Unwrap() error { return e.error }

// document is a report for programs. A list is written as it comes.
type document struct {
	whole func() (any, error)   // nil where it is the list of lines
	name  string                // of the list, where it is one
	lines iter.Seq2[any, error] // nil where all is one line
}

// oneDocument is a document that is a single value.
func oneDocument(value any) document {
	return document{whole: func() (any, error) { return value, nil }}
}

// listDocument is a document that is a list below a name.
func listDocument[T any](name string, elements iter.Seq2[T, error], told func(T) any) document {
	return document{name: name, lines: func(yield func(any, error) bool) {
		for element, err := range elements {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(told(element), nil) {
				return
			}
		}
	}}
}

func (d document) write(w io.Writer) error {
	if d.whole == nil {
		return d.writeList(w)
	}
	value, err := d.whole()
	if err != nil {
		return err
	}
	return plain.WriteJSON(w, value)
}

func (d document) writeList(w io.Writer) error {
	begun, err := plain.WriteJSONList(w, d.name, d.lines)
	if err != nil && begun {
		return PartError{err}
	}
	return err
}

func (d document) writeLines(w io.Writer) error {
	if d.lines != nil {
		return plain.WriteJSONLines(w, d.lines)
	}
	value, err := d.whole()
	if err != nil {
		return err
	}
	return plain.WriteJSONLine(w, value)
}
