package shopify

import (
	"bytes"
	"math"

	"github.com/eshopos/eshopctl/shopify/bulk"
)

// marks begins to look at the lines of a result, and tells which record each is.
func (l flatList) marks() func(text []byte) (bulk.Mark, error) {
	heads := newHeads()
	if l.order != nil {
		*l.order = mediaOrder{}
	}
	return func(text []byte) (bulk.Mark, error) {
		head, err := heads.record(text)
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
	fitness
	ID            string
	ParentID      parentID `json:"__parentId"`
	Location      recordNode
	FeaturedMedia featured
	MediaCount    count
}

func newHeads() decoder[lineHead] {
	return decoder[lineHead]{read: readHead, clear: func(h *lineHead) { *h = lineHead{} }}
}

func readHead(c *cursor, h *lineHead) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "id":
			c.must(&seen, 0)
			c.string(&h.ID)
		case "__parentId":
			c.must(&seen, 1)
			readParent(c, &h.ParentID)
		case "location":
			c.must(&seen, 2)
			c.field("id", &h.Location.ID)
		case "featuredMedia":
			c.field("id", &h.FeaturedMedia.ID)
		case "mediaCount":
			readCount(c, &h.MediaCount)
		default:
			c.skip()
		}
	})
}

// markOf tells which record a line is. Levels are told apart by their locations.
func (l flatList) markOf(h *lineHead) bulk.Mark {
	switch {
	case !h.ParentID.there:
		return top(l.ids, h.ID)
	case l.document == bulkInventory:
		return below(l.ids, h.ParentID.id, h.Location.ID)
	}
	return below(l.ids, h.ParentID.id, h.ID)
}

// top is the mark of a record that stands for itself. One without an id of its kind has
// none.
func top(ids, id string) bulk.Mark {
	if !fits(ids, id) {
		return bulk.Mark{}
	}
	return bulk.Mark{ID: number(id)}
}

// below is the mark of a part of a record. One that lacks an id is only told apart from
// what stands for itself.
func below(ids, parent, id string) bulk.Mark {
	if !fits(ids, parent) || !isID(id) {
		return bulk.Mark{Parent: noParent}
	}
	return bulk.Mark{Parent: number(parent), ID: number(id)}
}

const noParent = math.MaxUint64

// mayBePart reports whether a line may be that of a part. Which it is shows when it is
// decoded: a text may hold the word.
func mayBePart(text []byte) bool { return bytes.Contains(text, parentField) }

var parentField = []byte(`__parentId"`)
