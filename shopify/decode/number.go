package decode

import "strings"

// readInt reads a whole number of up to 18 digits. Longer ones are odd.
func (c *cursor) readInt() int64 {
	negative := c.takeOne("-")
	from, n := c.at, int64(0)
	c.takeRun()
	digits := c.text[from:c.at] // a fraction or an exponent behind them makes the text odd
	for i := range digits {
		n = n*10 + int64(digits[i]-'0')
	}
	if len(digits) > 18 || len(digits) > 1 && digits[0] == '0' {
		c.odd = true
	}
	if negative {
		return -n
	}
	return n
}

// takeNumber steps over a number and returns its text.
func (c *cursor) takeNumber() string {
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

// takeOne steps over the next byte if it is one of these.
func (c *cursor) takeOne(of string) bool {
	if c.at >= len(c.text) || strings.IndexByte(of, c.text[c.at]) < 0 {
		return false
	}
	c.at++
	return true
}

// takeRun steps over digits. It is odd if there are none.
func (c *cursor) takeRun() {
	from := c.at
	for c.at < len(c.text) && c.text[c.at] >= '0' && c.text[c.at] <= '9' {
		c.at++
	}
	c.odd = c.odd || c.at == from
}
