package results

import (
	"bytes"
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

func readParent(c *decode.Cursor, to *parentID) {
	to.there = true
	c.ReadString(&to.id)
}

// mayBePart reports whether a line may be that of a part. Which it is shows when it is
// decoded: a text may hold the word.
func mayBePart(text []byte) bool { return bytes.Contains(text, parentField) }

var parentField = []byte(`__parentId"`)
