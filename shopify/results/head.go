package results

import (
	"encoding/json"

	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/records"
)

// lineHead is what tells which record a line is, and what a product says of its media.
type lineHead struct {
	records.Fitness
	ID            string
	ParentID      parentID `json:"__parentId"`
	Location      records.Reference
	FeaturedMedia featured
	MediaCount    records.Count
}

func newHeads() decode.Decoder[lineHead] {
	return decode.Decoder[lineHead]{Read: readHead, Clear: func(h *lineHead) { *h = lineHead{} }}
}

func readHead(c *decode.Cursor, h *lineHead) {
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "id":
			c.Must(&seen, 0)
			c.Text(&h.ID)
		case "__parentId":
			c.Must(&seen, 1)
			readParent(c, &h.ParentID)
		case "location":
			c.Must(&seen, 2)
			c.Field("id", &h.Location.ID)
		case "featuredMedia":
			c.Field("id", &h.FeaturedMedia.ID)
		case "mediaCount":
			readCount(c, &h.MediaCount)
		default:
			c.Skip()
		}
	})
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

func readCount(c *decode.Cursor, to *records.Count) {
	if c.Null() {
		return
	}
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "count":
			c.Must(&seen, 0)
			c.Integer(&to.Count)
		case "precision":
			c.Must(&seen, 1)
			c.Text(&to.Precision)
		default:
			c.Skip()
		}
	})
	c.All(seen, 2)
}
