package decode

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
