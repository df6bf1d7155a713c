package decode

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// cursor reads a JSON text from its beginning to its end, each byte once. It takes JSON as it
// is usually written. A text that it finds odd may be valid all the same: that is for
// encoding/json to say.
type cursor struct {
	text   string
	at     int
	depth  int
	odd    bool
	misfit bool     // the text does not fit the type that it is decoded into
	spared FieldSet // fields that the text may lack

	// page holds texts, and strings of theirs without the escapes. When it is full a new one
	// is begun; the old one lives on as long as somebody holds a string of it.
	page     strings.Builder
	pageSize int      // at least
	texts    []string // what pointers to strings point to
}

const (
	linesPage   = 128 << 10 // bytes of a page for many lines
	shortString = 16
	deepest     = 100 // levels; no document has that many
)

// beginText begins a text and reports whether it is valid UTF-8. Strings of the text before
// stay valid, but not what pointed to them.
func (c *cursor) beginText(text []byte) bool {
	text = bytes.Trim(text, " \t\r\n")
	if c.page.Cap()-c.page.Len() < 2*len(text) {
		c.page.Reset()
		c.page.Grow(max(c.pageSize, 2*len(text)))
	}
	from := c.page.Len()
	c.page.Write(text)
	controls, foreign := scanBytes(text)
	c.text, c.at, c.depth, c.texts, c.odd, c.misfit = c.page.String()[from:], 0, 0, c.texts[:0], controls, false
	return !foreign || utf8.Valid(text)
}

// atEnd reports whether the whole text was read and nothing in it was odd.
func (c *cursor) atEnd() bool { return c.next() == 0 && !c.odd }

// scanBytes reports whether a text holds a control character, which JSON allows between
// values but not in strings, and whether it holds a byte that is not ASCII.
func scanBytes(text []byte) (controls, foreign bool) {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	low, all := uint64(0), uint64(0)
	for ; len(text) >= 8; text = text[8:] {
		eight := binary.LittleEndian.Uint64(text)
		low, all = low|(eight-' '*ones)&^eight, all|eight
	}
	for _, b := range text {
		controls, all = controls || b < ' ', all|uint64(b)
	}
	return controls || low&tops != 0, all&tops != 0
}

// peek returns the next byte that is not a blank, 0 at the end.
func (c *cursor) peek() byte {
	for ; c.at < len(c.text); c.at++ {
		if b := c.text[c.at]; b != ' ' {
			return b
		}
	}
	return 0
}

// next steps over the byte that peek returns.
func (c *cursor) next() byte {
	b := c.peek()
	c.at++
	return b
}

// takeWord steps over a word, if that is next.
func (c *cursor) takeWord(word string) bool {
	if !strings.HasPrefix(c.text[min(c.at, len(c.text)):], word) {
		return false
	}
	c.at += len(word)
	return true
}

// takeNull steps over a null, if that is next.
func (c *cursor) takeNull() bool { return c.peek() == 'n' && c.takeWord("null") }

// openBracket steps over a bracket and reports whether it holds anything.
func (c *cursor) openBracket(bracket, closing byte) bool {
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

// moreElements steps over the comma or the bracket behind an element and reports whether
// another element follows.
func (c *cursor) moreElements(closing byte) bool {
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
