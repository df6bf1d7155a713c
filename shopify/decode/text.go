package decode

import (
	"bytes"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON can hold what is no text: half of a surrogate pair as an escape, and bytes
// that are not UTF-8. Shops send both, in one text out of thousands.

// nothing stands in JSON for what is no character. It becomes U+0000, which no text
// of a shop may keep either: the importer replaces it, and tells.
const nothing = `\u0000`

// Textual gives JSON in which all texts are text: in each of them a half of a pair,
// and each byte that is not UTF-8, is U+0000. What is no JSON remains none. Text
// without such things, as almost all is, is given back as it is.
func Textual(text []byte) []byte {
	if utf8.Valid(text) && !halfPairs(text) {
		return text
	}
	made := make([]byte, 0, len(text)+len(nothing))
	for len(text) > 0 {
		size, good := firstCharacter(text)
		if good {
			made = append(made, text[:size]...)
		} else {
			made = append(made, nothing...)
		}
		text = text[size:]
	}
	return made
}

// halfPairs reports whether there may be half of a pair in escapes.
func halfPairs(text []byte) bool {
	return bytes.Contains(text, []byte(`\ud`)) || bytes.Contains(text, []byte(`\uD`))
}

// firstCharacter tells how long the first character is, or the first thing that is none.
func firstCharacter(text []byte) (size int, good bool) {
	if text[0] != '\\' {
		r, size := utf8.DecodeRune(text)
		return size, r != utf8.RuneError || size > 1
	}
	r := escapedRune(text)
	switch {
	case r < 0:
		return min(2, len(text)), true // a short escape, or none: that is for others to say
	case !utf16.IsSurrogate(r):
		return len(nothing), true
	case utf16.DecodeRune(r, escapedRune(text[len(nothing):])) == utf8.RuneError:
		return len(nothing), false
	}
	return 2 * len(nothing), true
}

// escapedRune is the number in an escape such as \u00e9, -1 if text begins with none.
func escapedRune(text []byte) rune {
	var number [2]byte
	if len(text) < len(nothing) || text[0] != '\\' || text[1] != 'u' {
		return -1
	}
	if _, err := hex.Decode(number[:], text[2:len(nothing)]); err != nil {
		return -1
	}
	return rune(number[0])<<8 | rune(number[1])
}

// Storable is a text of a shop as the importer would store it, for texts that do not pass
// the importer.
func Storable(text string) string { return strings.ReplaceAll(text, "\x00", "\uFFFD") }

// StorableOf is Storable for a text that may be absent.
func StorableOf(text *string) *string {
	if text == nil {
		return nil
	}
	return new(Storable(*text))
}

// quotedLength is how many characters of a foreign sentence are shown.
const quotedLength = 200

// Quoted makes a sentence of somebody else fit to be shown: one line of
// printable characters, no longer than quotedLength.
func Quoted(text string) string {
	printable := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, Storable(text))
	runes := []rune(strings.Join(strings.Fields(printable), " "))
	if len(runes) > quotedLength {
		runes = append(runes[:quotedLength-1], '…')
	}
	return strings.TrimRight(string(runes), ".")
}
