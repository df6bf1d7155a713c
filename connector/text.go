package connector

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ClipText cuts a text from outside after limit bytes, and shows that with dots.
func ClipText(text string, limit int) string {
	if len(text) > limit {
		return text[:limit] + "..."
	}
	return text
}

// PrintableText returns a text from outside as it may be stored and shown: a question
// mark stands for each character that cannot be printed.
func PrintableText(text string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, text)
}
