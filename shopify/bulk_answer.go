package shopify

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/eshopos/eshopctl/shopify/bulk"
)

// bulkOperation is a bulk operation as Shopify tells it.
type bulkOperation struct {
	ID, Status, ErrorCode, URL, Query string

	CreatedAt                    moment
	ObjectCount, RootObjectCount figure
}

// figure is a number that Shopify writes as a text.
type figure int

func (f *figure) UnmarshalJSON(text []byte) error {
	digits := unquoted(text)
	if digits == "" {
		return nil
	}
	n, err := strconv.ParseInt(digits, 10, 0)
	*f = figure(n)
	return err
}

// moment is a time that Shopify tells, the zero time where it tells none.
type moment struct{ time.Time }

func (m *moment) UnmarshalJSON(text []byte) (err error) {
	if told := unquoted(text); told != "" {
		m.Time, err = time.Parse(time.RFC3339, told)
	}
	return err
}

// unquoted is the text of a JSON text, a number as it is written, and "" for null.
func unquoted(value []byte) string {
	var text string
	if json.Unmarshal(value, &text) != nil {
		return string(value)
	}
	return text
}

// operation is the operation as package bulk has it.
func (o *bulkOperation) operation() *bulk.Operation {
	if o == nil {
		return nil
	}
	return &bulk.Operation{
		ID: o.ID, Status: o.Status, ErrorCode: o.ErrorCode, URL: o.URL, CreatedAt: o.CreatedAt.Time,
		Objects: int(o.ObjectCount), Roots: int(o.RootObjectCount),
	}
}

// parentID names in a line what a part belongs to. It is "" where the line has the field
// but no text in it.
type parentID struct {
	id    string
	there bool // the line is that of a part
}

func (p *parentID) UnmarshalJSON(text []byte) error {
	p.id, p.there = "", true
	_ = json.Unmarshal(text, &p.id) // what is no text is no id
	return nil
}

// featured is the first media item of a product. Whether it fits is looked at where the
// item is.
type featured struct{ ID string }

func (f *featured) UnmarshalJSON(text []byte) error {
	var first struct{ ID json.RawMessage }
	*f = featured{}
	if json.Unmarshal(text, &first) == nil {
		_ = json.Unmarshal(first.ID, &f.ID)
	}
	return nil
}

func readParent(c *cursor, to *parentID) {
	if to.there = true; c.peek() == '"' {
		to.id = c.quoted()
	} else if c.odd = !c.null() || c.odd; c.odd {
		to.id = ""
	}
}
