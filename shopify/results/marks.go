package results

import (
	"bytes"
	"math"

	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// marks begins to look at the lines of a result, and tells which record each is.
func (l flatList) marks() func(text []byte) (bulk.Mark, error) {
	heads := newHeads()
	if l.order != nil {
		*l.order = mediaOrder{}
	}
	return func(text []byte) (bulk.Mark, error) {
		head, err := heads.Record(text)
		if err != nil {
			return bulk.Mark{}, err
		}
		which := l.markOf(head)
		if l.order != nil {
			l.order.take(which, head)
		}
		return which, nil
	}
}

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

// markOf tells which record a line is. Levels are told apart by their locations.
func (l flatList) markOf(h *lineHead) bulk.Mark {
	switch {
	case !h.ParentID.there:
		return top(l.ids, h.ID)
	case l.document == queries.BulkInventory:
		return below(l.ids, h.ParentID.id, h.Location.ID)
	}
	return below(l.ids, h.ParentID.id, h.ID)
}

// top is the mark of a record that stands for itself. One without an id of its kind has
// none.
func top(ids, id string) bulk.Mark {
	if !gid.Is(ids, id) {
		return bulk.Mark{}
	}
	return bulk.Mark{ID: gid.Number(id)}
}

// below is the mark of a part of a record. One that lacks an id is only told apart from
// what stands for itself.
func below(ids, parent, id string) bulk.Mark {
	if !gid.Is(ids, parent) || !gid.Valid(id) {
		return bulk.Mark{Parent: noParent}
	}
	return bulk.Mark{Parent: gid.Number(parent), ID: gid.Number(id)}
}

const noParent = math.MaxUint64

// mayBePart reports whether a line may be that of a part. Which it is shows when it is
// decoded: a text may hold the word.
func mayBePart(text []byte) bool { return bytes.Contains(text, parentField) }

var parentField = []byte(`__parentId"`)
