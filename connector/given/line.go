package given

import (
	"bytes"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns the one line of a file that holds a secret, without an editor's line end
// and the blanks around it. The error says what is wrong without any of the text.
func Line(text []byte) (string, error) {
	switch {
	case isUTF16(text):
		return "", errors.New("it is UTF-16 text; save it as plain text, in UTF-8")
	case bytes.HasPrefix(text, []byte("\ufeff")):
		return "", errors.New("it begins with a byte order mark; save it as UTF-8 without one")
	}
	line := strings.Trim(strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r"), " ")
	if line == "" {
		return "", errors.New("it is empty")
	}
	return line, flawOf(line)
}

// flawOf says why a line cannot be a secret.
func flawOf(line string) error {
	switch {
	case strings.ContainsAny(line, "\r\n"):
		return errors.New("it holds a second line; the secret goes alone on the first")
	case strings.ContainsRune(line, 0):
		return errors.New("it holds a NUL character")
	case !utf8.ValidString(line):
		return errors.New("it is no text: some of its bytes are not UTF-8")
	case strings.ContainsFunc(line, isUnseen):
		return errors.New("it holds a control character")
	case isQuoted(line):
		return errors.New("there are quotes around the secret; write it without")
	case isAssignment(line):
		return errors.New("it holds NAME=VALUE; only the value belongs there")
	}
	return nil
}

// isUnseen reports whether a character is invisible, and so no part of a secret.
func isUnseen(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }

// isUTF16 reports whether a text is UTF-16, also without a byte order mark: then each
// plain letter has a NUL beside it.
func isUTF16(text []byte) bool {
	if bytes.HasPrefix(text, []byte{0xff, 0xfe}) || bytes.HasPrefix(text, []byte{0xfe, 0xff}) {
		return true
	}
	if len(text) < 4 || len(text)%2 != 0 {
		return false
	}
	even, odd := 0, 0
	for i, b := range text {
		if b == 0 && i%2 == 0 {
			even++
		} else if b == 0 {
			odd++
		}
	}
	half := len(text) / 2
	return even == half && odd == 0 || odd == half && even == 0
}

// isQuoted reports whether a text stands in quotes, straight or curly.
func isQuoted(line string) bool {
	first, size := utf8.DecodeRuneInString(line)
	last, lastSize := utf8.DecodeLastRuneInString(line)
	if size+lastSize > len(line) {
		return strings.ContainsRune("\"'`", first)
	}
	for _, pair := range []string{`""`, `''`, "``", "“”", "„“", "‘’", "«»", "””"} {
		if opening, n := utf8.DecodeRuneInString(pair); opening == first && pair[n:] == string(last) {
			return true
		}
	}
	return false
}

// isAssignment reports whether a line of a file of variables was taken for the value.
func isAssignment(line string) bool {
	name, _, found := strings.Cut(strings.TrimPrefix(line, "export "), "=")
	return found && strings.HasPrefix(name, "ESHOPCTL_")
}
