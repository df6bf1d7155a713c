package shopify

import (
	"encoding/binary"
	"reflect"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// cursor decodes lines of known shapes, without looking anything up and without
// a piece of memory for each line or text. It takes JSON as it is usually
// written; a line that it finds odd may be JSON all the same: encoding/json has
// the last word, see decoder.
type cursor struct {
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

// decoder reads lines into a node that is used again for the next line: by the
// cursor, and what that finds odd by encoding/json.
type decoder[T any] struct {
	cursor cursor
	read   func(*cursor, *T)
	clear  func(*T)               // empties a node for the next line, but for the memory of its lists
	spares func() map[string]bool // may be nil
	last   T
}

// node decodes a line. It gives the same node whichever way it goes.
func (d *decoder[T]) node(line []byte) (*T, error) {
	d.clear(&d.last)
	if d.cursor.begin(line) {
		if d.read(&d.cursor, &d.last); d.cursor.ended() {
			return &d.last, nil
		}
	}
	d.cursor.lacks, d.last = false, *new(T)
	return &d.last, decoded(textual(line), &d.last, d.spared())
}

// whole has the node say what its line should hold and does not. The cursor only
// suspects that.
func (d *decoder[T]) whole() error {
	if !d.cursor.lacks {
		return nil
	}
	if text := []byte(d.cursor.text); lacking(text, reflect.TypeFor[T](), d.spared()) {
		return fit(text, &d.last, d.spared())
	}
	return nil
}

// record decodes a line, whole.
func (d *decoder[T]) record(line []byte) (*T, error) {
	node, err := d.node(line)
	if err == nil {
		err = d.whole()
	}
	return node, err
}

func (d *decoder[T]) spared() spared {
	if d.spares == nil {
		return nil
	}
	return d.spares()
}

// begin takes a line and reports whether it is text. Its copy is all that is left
// of it in the next one's time, and on its page is room for its texts without their
// escapes.
func (c *cursor) begin(line []byte) (text bool) {
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
func (c *cursor) ended() bool { return c.next() == 0 && !c.odd }

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
func (c *cursor) peek() byte {
	for ; c.at < len(c.text); c.at++ {
		if b := c.text[c.at]; b != ' ' {
			return b
		}
	}
	return 0
}

// next steps over the byte that peek sees.
func (c *cursor) next() byte {
	b := c.peek()
	c.at++
	return b
}

// word steps over a word, if that is next.
func (c *cursor) word(word string) bool {
	if !strings.HasPrefix(c.text[min(c.at, len(c.text)):], word) {
		return false
	}
	c.at += len(word)
	return true
}

// null steps over a null. Like in encoding/json it changes nothing.
func (c *cursor) null() bool { return c.peek() == 'n' && c.word("null") }

// open steps over a bracket and reports whether anything follows within.
func (c *cursor) open(bracket, closing byte) bool {
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
func (c *cursor) more(closing byte) bool {
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

// object calls field with each name; field must read the value. A null is an
// object without fields.
func (c *cursor) object(field func(name string)) {
	if c.null() {
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

// fields are those of an object that must be there and not null, a bit for each.
type fields uint32

// must notes that field number n comes next.
func (c *cursor) must(seen *fields, n int) {
	c.lacks = c.lacks || *seen&(1<<n) != 0 || c.peek() == 'n'
	*seen |= 1 << n
}

// all looks whether n fields were noted.
func (c *cursor) all(seen fields, n int) { c.lacks = c.lacks || seen != 1<<n-1 }

// array calls item before each element, which it must read.
func (c *cursor) array(item func()) {
	if c.null() {
		return
	}
	for more := c.open('[', ']'); more; more = c.more(']') {
		c.lacks = c.lacks || c.peek() == 'n'
		item()
	}
}

// field reads one text of an object.
func (c *cursor) field(wanted string, to *string) {
	if c.null() {
		return
	}
	var seen fields
	c.object(func(name string) {
		if name == wanted {
			c.must(&seen, 0)
			c.string(to)
		} else {
			c.skip()
		}
	})
	c.all(seen, 1)
}

// skip steps over any value.
func (c *cursor) skip() {
	switch c.peek() {
	case '{':
		c.object(func(string) { c.skip() })
	case '[':
		c.array(c.skip)
	case '"':
		c.quoted()
	case 't', 'f':
		c.flag(new(bool))
	case 'n':
		c.odd = !c.null() || c.odd
	default:
		c.digits()
	}
}

func (c *cursor) flag(to *bool) {
	switch {
	case c.null():
	case c.word("true"):
		*to = true
	case c.word("false"):
		*to = false
	default:
		c.odd = true
	}
}

func (c *cursor) string(to *string) {
	if !c.null() {
		*to = c.quoted()
	}
}

// optional reads a text that a null says is absent.
func (c *cursor) optional(to **string) {
	if c.null() {
		*to = nil
		return
	}
	c.there = append(c.there, c.quoted())
	*to = &c.there[len(c.there)-1]
}

// quoted reads a text.
func (c *cursor) quoted() string {
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
func (c *cursor) unescaped(rest string, quote int) string {
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
func (c *cursor) escape(text string) (length int) {
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
func (c *cursor) unicode(text string) (length int) {
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
