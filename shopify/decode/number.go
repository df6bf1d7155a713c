package decode

import (
	"encoding/json"
	"strings"
)

// Whole reads a whole number of any usual size.
func (c *Cursor) Whole(to *int64) {
	if c.Null() {
		return
	}
	negative := c.one("-")
	from, n := c.at, int64(0)
	c.run()
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

func (c *Cursor) Integer(to *int) {
	n := int64(*to)
	c.Whole(&n)
	*to = int(n)
}

func (c *Cursor) Number(to *json.Number) {
	if !c.Null() {
		*to = json.Number(c.digits())
	}
}

// digits steps over a number and gives its text.
func (c *Cursor) digits() string {
	c.peek()
	from := c.at
	c.one("-")
	if !c.one("0") {
		c.run()
	}
	if c.one(".") {
		c.run()
	}
	if c.one("eE") {
		c.one("+-")
		c.run()
	}
	return c.text[from:c.at]
}

// one steps over one of the bytes, if that is next.
func (c *Cursor) one(of string) bool {
	if c.at >= len(c.text) || strings.IndexByte(of, c.text[c.at]) < 0 {
		return false
	}
	c.at++
	return true
}

// run steps over digits, of which there must be one.
func (c *Cursor) run() {
	from := c.at
	for c.at < len(c.text) && c.text[c.at] >= '0' && c.text[c.at] <= '9' {
		c.at++
	}
	c.odd = c.odd || c.at == from
}
