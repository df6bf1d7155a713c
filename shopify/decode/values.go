package decode

// ReadObject calls field with each name; field must read the value. A null is an
// object without fields.
func (c *Cursor) ReadObject(field func(name string)) {
	if c.TakeNull() {
		return
	}
	for more := c.openBracket('{', '}'); more; more = c.moreElements('}') {
		name := c.readQuoted()
		if c.next() != ':' {
			c.odd = true
			return
		}
		field(name)
	}
}

// Fields are the fields of an object that came, of those that must; a bit for each.
type Fields uint32

// NeedField notes that field number n comes next.
func (c *Cursor) NeedField(seen *Fields, n int) {
	c.lacks = c.lacks || *seen&(1<<n) != 0 || c.peek() == 'n'
	*seen |= 1 << n
}

// NeedAll notes that the object is at its end and must have n fields.
func (c *Cursor) NeedAll(seen Fields, n int) { c.lacks = c.lacks || seen != 1<<n-1 }

// ReadArray calls item before each element, which it must read.
func (c *Cursor) ReadArray(item func()) {
	if c.TakeNull() {
		return
	}
	for more := c.openBracket('[', ']'); more; more = c.moreElements(']') {
		c.lacks = c.lacks || c.peek() == 'n'
		item()
	}
}

// ReadField reads one text of an object.
func (c *Cursor) ReadField(wanted string, to *string) {
	if c.TakeNull() {
		return
	}
	var seen Fields
	c.ReadObject(func(name string) {
		if name == wanted {
			c.NeedField(&seen, 0)
			c.ReadString(to)
		} else {
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 1)
}

// SkipValue steps over any value.
func (c *Cursor) SkipValue() {
	switch c.peek() {
	case '{':
		c.ReadObject(func(string) { c.SkipValue() })
	case '[':
		c.ReadArray(c.SkipValue)
	case '"':
		c.readQuoted()
	case 't', 'f':
		c.ReadBool(new(bool))
	case 'n':
		c.odd = !c.TakeNull() || c.odd
	default:
		c.takeDigits()
	}
}

// ReadBool reads true or false.
func (c *Cursor) ReadBool(to *bool) {
	switch {
	case c.TakeNull():
	case c.takeWord("true"):
		*to = true
	case c.takeWord("false"):
		*to = false
	default:
		c.odd = true
	}
}

// ReadString reads a text.
func (c *Cursor) ReadString(to *string) {
	if !c.TakeNull() {
		*to = c.readQuoted()
	}
}

// ReadOptional reads a text that a null says is absent.
func (c *Cursor) ReadOptional(to **string) {
	if c.TakeNull() {
		*to = nil
		return
	}
	c.there = append(c.there, c.readQuoted())
	*to = &c.there[len(c.there)-1]
}
