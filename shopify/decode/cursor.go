package decode

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// Cursor decodes lines of known shapes, without looking anything up and without
// a piece of memory for each line or text. It takes JSON as it is usually
// written; a line that it finds odd may be JSON all the same: encoding/json has
// the last word, see Decoder.
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

// beginLine takes a line and reports whether it is text. Its copy is all that is left
// of it in the next one's time, and on its page is room for its texts without their
// escapes.
func (c *Cursor) beginLine(line []byte) (text bool) {
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

// atEnd reports whether the whole line was read and nothing was odd.
func (c *Cursor) atEnd() bool { return c.next() == 0 && !c.odd }

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

// takeWord steps over a word, if that is next.
func (c *Cursor) takeWord(word string) bool {
	if !strings.HasPrefix(c.text[min(c.at, len(c.text)):], word) {
		return false
	}
	c.at += len(word)
	return true
}

// TakeNull steps over a null. Like in encoding/json it changes nothing.
func (c *Cursor) TakeNull() bool { return c.peek() == 'n' && c.takeWord("null") }

// openBracket steps over a bracket and reports whether anything follows within.
func (c *Cursor) openBracket(bracket, closing byte) bool {
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

// moreElements steps over what stands behind an element and reports whether another one
// follows.
func (c *Cursor) moreElements(closing byte) bool {
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
