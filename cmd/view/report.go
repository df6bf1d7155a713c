package view

import (
	"io"
	"iter"

	"github.com/eshopos/eshopctl/cmd/view/plain"
)

// Text is something for people to read.
type Text interface {
	forPeople(View) error
}

// Report is the result of a command, for people and for programs.
type Report interface {
	Text
	forPrograms() document
}

// Tell writes text for people, whatever the form.
func (v View) Tell(t Text) error { return t.forPeople(v) }

// Show writes a report in the form of the view. The error is a PartError when a part of it
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

// PartError is an error after a part of a document was written. No second document with the
// error may follow it.
type PartError struct{ error }

func (e PartError) Unwrap() error { return e.error }

// document is a report for programs: a value, or a list that is written as it comes.
type document struct {
	whole func() (any, error)   // nil for a list
	name  string                // of the list
	lines iter.Seq2[any, error] // nil for a single value
}

// oneDocument is the document of a single value.
func oneDocument(value any) document {
	return document{whole: func() (any, error) { return value, nil }}
}

// listDocument is the document of a list: {name: [...]}, or a line for each element.
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
