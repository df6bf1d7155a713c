package decode

import (
	"encoding/json"
	"strings"
)

// ReadInt64 reads a whole number of any usual size.
func (c *Cursor) ReadInt64(to *int64) {
	if c.TakeNull() {
		return
	}
	negative := c.takeOne("-")
	from, n := c.at, int64(0)
	c.takeRun()
	digits := c.text[from:c.at] // what follows shows whether that is all
	for i := range digits {
		n = n*10 + int64(digits[i]-'0')
	}
	if len(digits) > 18 || len(digits) > 1 && digits[0] == '0' {
		c.odd = true
	}
	if negative {
		n = -n
	}
	*to = n
}

// ReadInt reads a whole number.
func (c *Cursor) ReadInt(to *int) {
	n := int64(*to)
	c.ReadInt64(&n)
	*to = int(n)
}

// ReadNumber reads a number as it is written.
func (c *Cursor) ReadNumber(to *json.Number) {
	if !c.TakeNull() {
		*to = json.Number(c.takeDigits())
	}
}

// takeDigits steps over a number and gives its text.
func (c *Cursor) takeDigits() string {
	c.peek()
	from := c.at
	c.takeOne("-")
	if !c.takeOne("0") {
		c.takeRun()
	}
	if c.takeOne(".") {
		c.takeRun()
	}
	if c.takeOne("eE") {
		c.takeOne("+-")
		c.takeRun()
	}
	return c.text[from:c.at]
}

// takeOne steps over one of the bytes, if that is next.
func (c *Cursor) takeOne(of string) bool {
	if c.at >= len(c.text) || strings.IndexByte(of, c.text[c.at]) < 0 {
		return false
	}
	c.at++
	return true
}

// takeRun steps over digits, of which there must be one.
func (c *Cursor) takeRun() {
	from := c.at
	for c.at < len(c.text) && c.text[c.at] >= '0' && c.text[c.at] <= '9' {
		c.at++
	}
	c.odd = c.odd || c.at == from
}
