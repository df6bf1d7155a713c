package view

import (
	"unicode/utf8"

	"github.com/eshopos/eshopctl/importer"
)

const (
	valueColumns = 70 // of one value in a list of changes
	sharedShown  = 20 // characters shown before the first difference
	longestValue = 1 << 20
)

// shownField are the two values of a field, or that it is personal.
func shownField(t *importer.Table, field importer.FieldChange) (old, fresh string) {
	if t.Columns[field.Column].Personal {
		return "(personal)", "(personal)"
	}
	return contrast(shownValue(field.Old), shownValue(field.New))
}

// shownValue is a value on one line. The absent and the empty are told apart.
func shownValue(v importer.Value) string {
	switch {
	case !v.Present():
		return "(none)"
	case v.Text() == "":
		return `""`
	default:
		return Line(cut(v.Text(), longestValue))
	}
}

// contrast shortens two values so that what differs can be seen: where they
// begin alike for long, that beginning goes.
func contrast(old, fresh string) (string, string) {
	if wide(old) <= valueColumns && wide(fresh) <= valueColumns {
		return old, fresh
	}
	if start := alike(old, fresh); start > valueColumns/2 {
		for range sharedShown {
			_, size := utf8.DecodeLastRuneInString(old[:start])
			start -= size
		}
		old, fresh = "…"+old[start:], "…"+fresh[start:]
	}
	return Cut(old, valueColumns), Cut(fresh, valueColumns)
}

// alike is how many bytes two texts have in common before they differ; it does
// not end within a character.
func alike(a, b string) int {
	for i, r := range a {
		size := utf8.RuneLen(r)
		if i+size > len(b) || a[i:i+size] != b[i:i+size] {
			return i
		}
	}
	return len(a)
}
