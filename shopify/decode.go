package shopify

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/go-faster/jx"
)

// cursor decodes lines of known shapes some seven times faster than
// encoding/json, because nothing is found out by reflection and many texts share
// one piece of memory. The first error sticks. What the cursor does not like may
// still be JSON: encoding/json has the last word, see decoder.
type cursor struct {
	jx   jx.Decoder
	err  error
	text []byte          // one text, its escapes resolved
	page strings.Builder // texts that were read; full pages are left to whoever holds a text
}

const textPage = 64 << 10

var errOdd = errors.New("unusual JSON")

// decoder reads lines into nodes: by the cursor, and those that it does not like
// by encoding/json.
type decoder[T any] struct {
	cursor cursor
	read   func(*cursor, *T)
	// clear empties a node for the next line, where nobody keeps what it points
	// to; nil means that each line gets a node of its own.
	clear func(*T)
	last  *T
}

// node decodes a line. It gives the same node whichever way it goes.
func (d *decoder[T]) node(line []byte) (*T, error) {
	if node := d.empty(); d.cursor.line(line, func(c *cursor) { d.read(c, node) }) {
		return node, nil
	}
	node := d.empty()
	return node, json.Unmarshal(line, node)
}

func (d *decoder[T]) empty() *T {
	if d.last == nil || d.clear == nil {
		d.last = new(T)
	} else {
		d.clear(d.last)
	}
	return d.last
}

// line lets read read a whole line and reports whether it could.
func (c *cursor) line(line []byte, read func(*cursor)) bool {
	c.err = nil
	c.jx.ResetBytes(line)
	read(c)
	return c.err == nil && c.jx.Skip() == io.EOF
}

// object calls field with each name; field must read the value. A null is an
// object without fields.
func (c *cursor) object(field func(name []byte)) {
	if c.null() {
		return
	}
	c.note(c.jx.ObjBytes(func(_ *jx.Decoder, name []byte) error {
		field(name)
		return c.err
	}))
}

// array calls item before each element, which it must read.
func (c *cursor) array(item func()) {
	if c.null() {
		return
	}
	c.note(c.jx.Arr(func(*jx.Decoder) error {
		item()
		return c.err
	}))
}

func (c *cursor) note(err error) {
	if c.err == nil {
		c.err = err
	}
}

// null steps over a null. Like in encoding/json it changes nothing.
func (c *cursor) null() bool {
	if c.jx.Next() != jx.Null {
		return false
	}
	c.note(c.jx.Null())
	return true
}

func (c *cursor) skip() { c.note(c.jx.Skip()) }

func (c *cursor) flag(to *bool) {
	if c.null() {
		return
	}
	flag, err := c.jx.Bool()
	c.note(err)
	*to = flag
}

func (c *cursor) whole(to *int64) {
	if c.null() {
		return
	}
	n, err := c.jx.Int64()
	c.note(err)
	*to = n
}

func (c *cursor) integer(to *int) {
	n := int64(*to)
	c.whole(&n)
	*to = int(n)
}

// field reads one text of an object.
func (c *cursor) field(wanted string, to *string) {
	c.object(func(name []byte) {
		if string(name) == wanted {
			c.string(to)
		} else {
			c.skip()
		}
	})
}

func (c *cursor) number(to *json.Number) {
	if c.null() {
		return
	}
	number, err := c.jx.Num()
	if number.Str() {
		err = errOdd
	}
	c.note(err)
	*to = json.Number(number)
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
	*to = new(c.quoted())
}

// quoted reads a text. Where bytes were replaced or should be, encoding/json
// decides by what.
func (c *cursor) quoted() string {
	var err error
	c.text, err = c.jx.StrAppend(c.text[:0])
	c.note(err)
	if !utf8.Valid(c.text) || bytes.Contains(c.text, replacement) {
		c.note(errOdd)
	}
	return c.keep(c.text)
}

var replacement = []byte("\uFFFD")

// keep gives the text a place among others.
func (c *cursor) keep(text []byte) string {
	if c.page.Cap()-c.page.Len() < len(text) {
		c.page.Reset()
		c.page.Grow(max(textPage, len(text)))
	}
	from := c.page.Len()
	c.page.Write(text)
	return c.page.String()[from:]
}
