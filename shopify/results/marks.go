package results

import (
	"math"

	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/gid"
)

// marker tells which record each line of a result is.
type marker struct {
	ids     string      // what the ids of records that stand for themselves begin with
	ofStock bool        // parts are levels, which are told apart by their locations
	order   *mediaOrder // learns in which order the lines stand; nil where that is of no account
	heads   decode.Decoder[lineHead]
}

// markLine tells which record the next line is.
func (m *marker) markLine(text []byte) (bulk.Mark, error) {
	head, err := m.heads.ReadRecord(text)
	if err != nil {
		return bulk.Mark{}, err
	}
	which := m.markOf(head)
	if m.order != nil {
		m.order.takeLine(which, head)
	}
	return which, nil
}

func (m *marker) markOf(h *lineHead) bulk.Mark {
	switch {
	case !h.ParentID.there:
		return topMark(m.ids, h.ID)
	case m.ofStock:
		return partMark(m.ids, h.ParentID.id, h.Location.ID)
	}
	return partMark(m.ids, h.ParentID.id, h.ID)
}

// topMark is the mark of a record that stands for itself. One without an id of its kind has
// none.
func topMark(ids, id string) bulk.Mark {
	if !gid.HasKind(ids, id) {
		return bulk.Mark{}
	}
	return bulk.Mark{ID: gid.NumberOf(id)}
}

// partMark is the mark of a part of a record. One that lacks an id is only told apart from
// what stands for itself.
func partMark(ids, parent, id string) bulk.Mark {
	if !gid.HasKind(ids, parent) || !gid.IsValid(id) {
		return bulk.Mark{Parent: noParent}
	}
	return bulk.Mark{Parent: gid.NumberOf(parent), ID: gid.NumberOf(id)}
}

const noParent = math.MaxUint64
