package decode

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Cursor decodes lines of known shapes, without looking anything up and without
// a piece of memory for each line or text. It takes JSON as it is usually
// written; a line that it finds odd may be JSON all the same: encoding/json has
// the last word, see decoder.
type Cursor struct {
	text  string // the line
	at    int
	depth int
	odd   bool
	lacks bool // something that must be there is not, or null, or there twice

	page  strings.Builder // lines, and texts without their escapes; a full page is left to whoever holds a text
	there []string        // texts of this line that might have been null
}

const (
	textPage  = 128 << 10
	shortText = 16
	deepest   = 100 // levels; no document has that many
)

// begin takes a line and reports whether it is text. Its copy is all that is left
// of it in the next one's time, and on its page is room for its texts without their
// escapes.
func (c *Cursor) begin(line []byte) (text bool) {
	if c.page.Cap()-c.page.Len() < 2*len(line) {
		c.page.Reset()
		c.page.Grow(max(textPage, 2*len(line)))
	}
	from := c.page.Len()
	c.page.Write(line)
	controls, foreign := lookedOver(line)
	c.text, c.at, c.depth, c.there, c.odd, c.lacks = c.page.String()[from:], 0, 0, c.there[:0], controls, false
	return !foreign || utf8.Valid(line)
}

// ended reports whether the whole line was read and nothing was odd.
func (c *Cursor) ended() bool { return c.next() == 0 && !c.odd }

// lookedOver reports whether a byte is less than a blank: such bytes may stand
// between values, never in a text; and whether a byte is beyond ASCII.
func lookedOver(line []byte) (controls, foreign bool) {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	low, all := uint64(0), uint64(0)
	for ; len(line) >= 8; line = line[8:] {
		eight := binary.LittleEndian.Uint64(line)
		low, all = low|(eight-' '*ones)&^eight, all|eight
	}
	for _, b := range line {
		controls, all = controls || b < ' ', all|uint64(b)
	}
	return controls || low&tops != 0, all&tops != 0
}

// peek is the next byte that is no blank, 0 at the end.
func (c *Cursor) peek() byte {
	for ; c.at < len(c.text); c.at++ {
		if b := c.text[c.at]; b != ' ' {
			return b
		}
	}
	return 0
}

// next steps over the byte that peek sees.
func (c *Cursor) next() byte {
	b := c.peek()
	c.at++
	return b
}

// word steps over a word, if that is next.
func (c *Cursor) word(word string) bool {
	if !strings.HasPrefix(c.text[min(c.at, len(c.text)):], word) {
		return false
	}
	c.at += len(word)
	return true
}

// Null steps over a null. Like in encoding/json it changes nothing.
func (c *Cursor) Null() bool { return c.peek() == 'n' && c.word("null") }

// open steps over a bracket and reports whether anything follows within.
func (c *Cursor) open(bracket, closing byte) bool {
	if c.next() != bracket || c.depth == deepest {
		c.odd = true
		return false
	}
	if c.peek() == closing {
		c.at++
		return false
	}
	c.depth++
	return true
}

// more steps over what stands behind an element and reports whether another one
// follows.
func (c *Cursor) more(closing byte) bool {
	switch b := c.next(); {
	case c.odd:
	case b == ',':
		return true
	case b == closing:
		c.depth--
	default:
		c.odd = true
	}
	return false
}

// Object calls field with each name; field must read the value. A null is an
// object without fields.
func (c *Cursor) Object(field func(name string)) {
	if c.Null() {
		return
	}
	for more := c.open('{', '}'); more; more = c.more('}') {
		name := c.quoted()
		if c.next() != ':' {
			c.odd = true
			return
		}
		field(name)
	}
}

// Fields are those of an object that must be there and not null, a bit for each.
type Fields uint32

// Must notes that field number n comes next.
func (c *Cursor) Must(seen *Fields, n int) {
	c.lacks = c.lacks || *seen&(1<<n) != 0 || c.peek() == 'n'
	*seen |= 1 << n
}

// All looks whether n fields were noted.
func (c *Cursor) All(seen Fields, n int) { c.lacks = c.lacks || seen != 1<<n-1 }

// Array calls item before each element, which it must read.
func (c *Cursor) Array(item func()) {
	if c.Null() {
		return
	}
	for more := c.open('[', ']'); more; more = c.more(']') {
		c.lacks = c.lacks || c.peek() == 'n'
		item()
	}
}

// Field reads one text of an object.
func (c *Cursor) Field(wanted string, to *string) {
	if c.Null() {
		return
	}
	var seen Fields
	c.Object(func(name string) {
		if name == wanted {
			c.Must(&seen, 0)
			c.Text(to)
		} else {
			c.Skip()
		}
	})
	c.All(seen, 1)
}

// Skip steps over any value.
func (c *Cursor) Skip() {
	switch c.peek() {
	case '{':
		c.Object(func(string) { c.Skip() })
	case '[':
		c.Array(c.Skip)
	case '"':
		c.quoted()
	case 't', 'f':
		c.Flag(new(bool))
	case 'n':
		c.odd = !c.Null() || c.odd
	default:
		c.digits()
	}
}

func (c *Cursor) Flag(to *bool) {
	switch {
	case c.Null():
	case c.word("true"):
		*to = true
	case c.word("false"):
		*to = false
	default:
		c.odd = true
	}
}

func (c *Cursor) Text(to *string) {
	if !c.Null() {
		*to = c.quoted()
	}
}

// Optional reads a text that a null says is absent.
func (c *Cursor) Optional(to **string) {
	if c.Null() {
		*to = nil
		return
	}
	c.there = append(c.there, c.quoted())
	*to = &c.there[len(c.there)-1]
}

// quoted reads a text.
func (c *Cursor) quoted() string {
	if c.next() != '"' {
		c.odd = true
		return ""
	}
	rest := c.text[c.at:]
	for i := range min(len(rest), shortText) { // most texts end here
		if rest[i] == '"' {
			c.at += i + 1
			return rest[:i]
		}
		if rest[i] == '\\' {
			return c.unescaped(rest, strings.IndexByte(rest, '"'))
		}
	}
	quote := strings.IndexByte(rest, '"')
	if quote < 0 || strings.IndexByte(rest[:quote], '\\') >= 0 {
		return c.unescaped(rest, quote)
	}
	c.at += quote + 1
	return rest[:quote]
}

// unescaped reads a text from behind its first quote; quote is where the next
// one stands.
func (c *Cursor) unescaped(rest string, quote int) string {
	from := c.page.Len()
	for quote >= 0 && !c.odd {
		slash := strings.IndexByte(rest[:quote], '\\')
		if slash < 0 {
			c.page.WriteString(rest[:quote])
			c.at = len(c.text) - len(rest) + quote + 1
			return c.page.String()[from:]
		}
		c.page.WriteString(rest[:slash])
		behind := slash + c.escape(rest[slash:])
		rest = rest[behind:]
		if quote -= behind; quote < 0 { // the quote was part of an escape
			quote = strings.IndexByte(rest, '"')
		}
	}
	c.odd = true
	return ""
}

// escape writes what an escape stands for and tells its length. A quote follows
// somewhere.
func (c *Cursor) escape(text string) (length int) {
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
		return c.unicode(text)
	default:
		c.odd = true
	}
	return 2
}

// unicode writes the character of an escape such as \u00e9, or of two that make a
// pair. Half a pair is odd.
func (c *Cursor) unicode(text string) (length int) {
	r := hexadecimal(text)
	length = len(`\u0000`)
	if utf16.IsSurrogate(r) {
		r = utf16.DecodeRune(r, hexadecimal(text[length:]))
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

// hexadecimal is the number in an escape such as \u00e9, -1 if it is none.
func hexadecimal(text string) (r rune) {
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

// hexDigits has each digit's value and one.
var hexDigits = func() (digits [256]byte) {
	for value, b := range []byte("0123456789abcdef") {
		digits[b], digits[strings.ToUpper(string(b))[0]] = byte(value+1), byte(value+1)
	}
	return digits
}()
