package plain

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line makes text from a shop harmless on its way to a terminal or log and
// keeps it on one line: control characters are shown in caret form, line breaks
// and tabs as a space, bidirectional and invisible characters as their code
// points, broken UTF-8 as U+FFFD. So is the first of the signs with which runners
// of jobs tell their own commands in a log, such as ::error.
func Line(text string) string { return showHarmless(text, false) }

// Block is Line for text of several lines: line feeds stay.
func Block(text string) string { return showHarmless(text, true) }

func showHarmless(text string, lines bool) string {
	if isPlain(text) {
		return text
	}
	var safe strings.Builder
	begins := true           // a word
	for i, r := range text { // broken bytes come as U+FFFD
		switch {
		case begins && isCommand(text[i:]):
			fmt.Fprintf(&safe, "<U+%04X>", r)
		case lines && r == '\n':
			safe.WriteByte('\n')
		case r == '\n' || r == '\r' || r == '\t':
			safe.WriteByte(' ')
		case r < 0x20 || r == 0x7f:
			safe.WriteByte('^')
			safe.WriteRune((r + 0x40) & 0x7f)
		case isSpoofing(r):
			fmt.Fprintf(&safe, "<U+%04X>", r)
		default:
			safe.WriteRune(r)
		}
		begins = unicode.IsSpace(r)
	}
	return safe.String()
}

// isPlain reports whether text is printable ASCII, as most is, and no command.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] < 0x20 || text[i] > 0x7e || isCommand(text[i:]) {
			return false
		}
	}
	return true
}

// isCommand reports whether a runner of jobs could take a line that begins so for
// a command, blanks before it left aside. A word may become the beginning of a
// line where text is broken for a window.
func isCommand(text string) bool {
	return strings.HasPrefix(text, "::") || strings.HasPrefix(text, "##")
}

// isSpoofing reports whether a character can change how its neighbours are read
// or hide among them: C1 controls, bidirectional controls, zero-width and tag
// characters, line and paragraph separators. The joiners U+200C and U+200D are
// part of many scripts and of emoji, but hide as well as the others.
func isSpoofing(r rune) bool {
	switch {
	case r >= 0x80 && r <= 0x9f, r == 0xad, r == 0x61c, r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e,
		r >= 0x2060 && r <= 0x206f, r == 0xfeff, r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return unicode.Is(unicode.Co, r) || !utf8.ValidRune(r)
}

// ListNames writes names one behind the other, each harmless.
func ListNames[T ~string](names []T) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = Line(string(name))
	}
	return strings.Join(texts, ", ")
}
