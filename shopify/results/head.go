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
	FeaturedMedia featuredMedia
	MediaCount    records.Count
}

func newHeads() decode.Decoder[lineHead] {
	return decode.Decoder[lineHead]{Read: readHead, Clear: func(h *lineHead) { *h = lineHead{} }}
}

func readHead(c *decode.Cursor, h *lineHead) {
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "id":
			c.NeedField(&seen, 0)
			c.ReadString(&h.ID)
		case "__parentId":
			c.NeedField(&seen, 1)
			readParent(c, &h.ParentID)
		case "location":
			c.NeedField(&seen, 2)
			c.ReadField("id", &h.Location.ID)
		case "featuredMedia":
			c.ReadField("id", &h.FeaturedMedia.ID)
		case "mediaCount":
			readCount(c, &h.MediaCount)
		default:
			c.SkipValue()
		}
	})
}

// featuredMedia is the first media item of a product. Whether it fits is looked at where the
// item is.
type featuredMedia struct{ ID string }

func (f *featuredMedia) UnmarshalJSON(text []byte) error {
	var first struct{ ID json.RawMessage }
	*f = featuredMedia{}
	if json.Unmarshal(text, &first) == nil {
		_ = json.Unmarshal(first.ID, &f.ID)
	}
	return nil
}

func readCount(c *decode.Cursor, to *records.Count) {
	if c.TakeNull() {
		return
	}
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "count":
			c.NeedField(&seen, 0)
			c.ReadInt(&to.Count)
		case "precision":
			c.NeedField(&seen, 1)
			c.ReadString(&to.Precision)
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 2)
}
