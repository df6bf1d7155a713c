package connector

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ClipText cuts a text from outside after so many bytes.
func ClipText(text string, limit int) string {
	if len(text) > limit {
		return text[:limit] + "..."
	}
	return text
}

// PrintableText is a text from outside as it may be stored and shown: what cannot be
// printed is a question mark.
func PrintableText(text string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, text)
}
