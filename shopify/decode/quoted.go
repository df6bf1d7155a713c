package decode

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// readQuoted reads a string.
func (c *cursor) readQuoted() string {
	if c.next() != '"' {
		c.odd = true
		return ""
	}
	rest := c.text[c.at:]
	for i := range min(len(rest), shortString) { // most strings end here
		if rest[i] == '"' {
			c.at += i + 1
			return rest[:i]
		}
		if rest[i] == '\\' {
			return c.readEscaped(rest, strings.IndexByte(rest, '"'))
		}
	}
	quote := strings.IndexByte(rest, '"')
	if quote < 0 || strings.IndexByte(rest[:quote], '\\') >= 0 {
		return c.readEscaped(rest, quote)
	}
	c.at += quote + 1
	return rest[:quote]
}

// readEscaped reads a string with escapes. rest is the text behind the first quote, quote the
// place of the next one in it.
func (c *cursor) readEscaped(rest string, quote int) string {
	from := c.page.Len()
	for quote >= 0 && !c.odd {
		slash := strings.IndexByte(rest[:quote], '\\')
		if slash < 0 {
			c.page.WriteString(rest[:quote])
			c.at = len(c.text) - len(rest) + quote + 1
			return c.page.String()[from:]
		}
		c.page.WriteString(rest[:slash])
		behind := slash + c.writeEscape(rest[slash:])
		rest = rest[behind:]
		if quote -= behind; quote < 0 { // the quote was part of an escape
			quote = strings.IndexByte(rest, '"')
		}
	}
	c.odd = true
	return ""
}

// writeEscape writes what an escape stands for and returns its length. The caller has seen a
// quote somewhere behind the backslash.
func (c *cursor) writeEscape(text string) (length int) {
	switch b := text[1]; b {
	case '/', '"', '\\':
		c.page.WriteByte(b)
	case 'n':
		c.page.WriteByte('\n')
	case 't':
		c.page.WriteByte('\t')
	case 'r':
		c.page.WriteByte('\r')
	case 'b':
		c.page.WriteByte('\b')
	case 'f':
		c.page.WriteByte('\f')
	case 'u':
		return c.writeUnicode(text)
	default:
		c.odd = true
	}
	return 2
}

// writeUnicode writes the character of an escape such as \u00e9, or of two escapes that are a
// surrogate pair. Half a pair is odd.
func (c *cursor) writeUnicode(text string) (length int) {
	r := hexEscape(text)
	length = len(`\u0000`)
	if utf16.IsSurrogate(r) {
		r = utf16.DecodeRune(r, hexEscape(text[length:]))
		length *= 2
		c.odd = c.odd || r == utf8.RuneError
	}
	if r < 0 {
		c.odd = true
		return 2
	}
	c.page.WriteRune(r)
	return min(length, len(text))
}

// hexEscape returns the number in an escape such as \u00e9, -1 if it is not one.
func hexEscape(text string) (r rune) {
	if len(text) < len(`\u0000`) || text[:2] != `\u` {
		return -1
	}
	for _, b := range []byte(text[2:6]) {
		digit := hexDigits[b]
		if digit == 0 {
			return -1
		}
		r = r<<4 | rune(digit-1)
	}
	return r
}

// hexDigits holds the value of each hexadecimal digit plus one, 0 for other bytes.
var hexDigits = func() (digits [256]byte) {
	for value, b := range []byte("0123456789abcdef") {
		digits[b], digits[strings.ToUpper(string(b))[0]] = byte(value+1), byte(value+1)
	}
	return digits
}()
