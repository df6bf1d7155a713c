package decode

// readName reads the name of a field, with the colon.
func (c *cursor) readName() string {
	name := c.readQuoted()
	if c.next() != ':' {
		c.odd = true
	}
	return name
}

// takeRaw steps over a value and returns its text.
func (c *cursor) takeRaw() string {
	c.peek()
	from := c.at
	c.skipValue()
	return c.text[from:min(c.at, len(c.text))]
}

// skipValue steps over any value.
func (c *cursor) skipValue() {
	switch c.peek() {
	case '{':
		for more := c.openBracket('{', '}'); more; more = c.moreElements('}') {
			if c.readName(); !c.odd {
				c.skipValue()
			}
		}
	case '[':
		for more := c.openBracket('[', ']'); more; more = c.moreElements(']') {
			c.skipValue()
		}
	case '"':
		c.readQuoted()
	case 't', 'f':
		c.odd = !c.takeWord("true") && !c.takeWord("false") || c.odd
	case 'n':
		c.odd = !c.takeNull() || c.odd
	default:
		c.takeNumber()
	}
}
