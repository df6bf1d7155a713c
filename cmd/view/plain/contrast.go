package plain

import (
	"unicode/utf8"
)

const (
	valueColumns = 70 // of one value in a list of changes
	sharedShown  = 20 // characters shown before the first difference
)

// Contrast shortens two values so that what differs can be seen: where they
// begin alike for long, that beginning goes.
func Contrast(old, fresh string) (string, string) {
	if WidthOf(old) <= valueColumns && WidthOf(fresh) <= valueColumns {
		return old, fresh
	}
	if start := alikeBytes(old, fresh); start > valueColumns/2 {
		for range sharedShown {
			_, size := utf8.DecodeLastRuneInString(old[:start])
			start -= size
		}
		old, fresh = "…"+old[start:], "…"+fresh[start:]
	}
	return Cut(old, valueColumns), Cut(fresh, valueColumns)
}

// alikeBytes is how many bytes two texts have in common before they differ; it does
// not end within a character.
func alikeBytes(a, b string) int {
	for i, r := range a {
		size := utf8.RuneLen(r)
		if i+size > len(b) || a[i:i+size] != b[i:i+size] {
			return i
		}
	}
	return len(a)
}
