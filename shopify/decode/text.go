package decode

import (
	"bytes"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON can hold strings that are not text: half a surrogate pair as an escape, and bytes that
// are not UTF-8. Shops send both, in one string out of thousands.

// nothing replaces what is not a character. It stands for U+0000, which the importer replaces
// in turn, with a remark.
const nothing = `\u0000`

// Textual returns JSON whose strings are text: each half of a surrogate pair and each byte
// that is not UTF-8 becomes U+0000. It returns its argument, as almost always, where there
// are none. What is not JSON does not become JSON.
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

// halfPairs reports whether there may be half a surrogate pair among the escapes.
func halfPairs(text []byte) bool {
	return bytes.Contains(text, []byte(`\ud`)) || bytes.Contains(text, []byte(`\uD`))
}

// firstCharacter returns the length of the first character, or of the first thing that is not
// one, and which of both it is.
func firstCharacter(text []byte) (size int, good bool) {
	if text[0] != '\\' {
		r, size := utf8.DecodeRune(text)
		return size, r != utf8.RuneError || size > 1
	}
	r := escapedRune(text)
	switch {
	case r < 0:
		return min(2, len(text)), true // a short escape, or an invalid one: the decoder will say
	case !utf16.IsSurrogate(r):
		return len(nothing), true
	case utf16.DecodeRune(r, escapedRune(text[len(nothing):])) == utf8.RuneError:
		return len(nothing), false
	}
	return 2 * len(nothing), true
}

// escapedRune returns the number in an escape such as \u00e9, -1 if the text does not begin
// with one.
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

// Storable returns a text as the importer would store it. It is for texts that do not go
// through the importer.
func Storable(text string) string { return strings.ReplaceAll(text, "\x00", "\uFFFD") }

// StorableOf is Storable for a text that may be nil.
func StorableOf(text *string) *string {
	if text == nil {
		return nil
	}
	return new(Storable(*text))
}

// quotedLength is how many characters of a foreign text are shown.
const quotedLength = 200

// Quoted returns a foreign text fit for a message: one line of printable characters, no
// longer than quotedLength, without a full stop at its end.
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
