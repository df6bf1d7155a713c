package results

import (
	"encoding/json"

	"github.com/eshopos/eshopctl/shopify/decode"
)

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

func readParent(c *decode.Cursor, to *parentID) {
	to.there = true
	c.Text(&to.id)
}
