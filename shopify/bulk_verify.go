package shopify

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"math"
	"strings"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// verification holds the lines of a result, as they come, against each other and
// against what the shop said about it.
type verification struct {
	list      flatList
	operation *bulkOperation
	progress  func(roots int)
	heads     decoder[lineHead]

	all, roots int // lines
	unnamed    int // of the roots, those that have no id of their kind
	seen       *identities
	seed       maphash.Seed
	said       []byte // of the line at hand, used again and again
}

const (
	betweenFigures = 2000 // lines come between two reports of progress
	sparseLines    = 1000 // empty lines are of no account
)

func newVerification(l flatList, o *bulkOperation, seen *identities, progress func(roots int)) *verification {
	if l.order != nil {
		*l.order = mediaOrder{}
	}
	return &verification{list: l, operation: o, progress: progress, heads: newHeads(), seen: seen, seed: maphash.MakeSeed()}
}

// line takes the next line.
func (v *verification) line(l line) error {
	if l.number > 2*int(v.operation.ObjectCount)+sparseLines { // nobody waits for the end of endless files
		return badFile(v.list.document, "goes on after line %d, but the shop counted %d", l.number, v.operation.ObjectCount)
	}
	if l.empty() {
		return nil
	}
	head, err := v.heads.node(l.text)
	if err == nil {
		err = v.heads.whole()
	}
	switch {
	case err != nil && !l.whole:
		return badLine(v.list.document, l.number, "is cut off")
	case err != nil:
		return badLine(v.list.document, l.number, "cannot be read: %s", quoted(err.Error()))
	}
	which := v.list.markOf(head)
	if err := v.count(which, l); err != nil {
		return err
	}
	if v.list.order != nil {
		v.list.order.take(which, head)
	}
	if v.all%betweenFigures == 0 {
		v.progress(v.roots)
	}
	return failpoint.Reach("download/line")
}

// count counts a line. What has no id is never the same.
func (v *verification) count(which mark, l line) error {
	if v.all++; which.parent == 0 {
		v.roots++
	}
	if which == (mark{}) {
		v.unnamed++
	}
	if which.id == 0 {
		return nil
	}
	v.said = binary.BigEndian.AppendUint64(v.said[:0], maphash.Bytes(v.seed, l.text))
	v.said = binary.BigEndian.AppendUint64(v.said, uint64(l.number))
	return v.seen.add(which, v.said)
}

// end holds the whole against what the shop counted.
func (v *verification) end() error {
	v.progress(v.roots)
	doubled, err := v.doubled()
	said := v.operation
	switch {
	case err != nil:
		return err
	case doubled > 0:
		return badLine(v.list.document, doubled, "is doubled")
	case v.all < int(said.ObjectCount):
		return badFile(v.list.document, "ends after line %d, but the shop counted %d", v.all, said.ObjectCount)
	case v.all > int(said.ObjectCount):
		return badFile(v.list.document, "has %d lines, but the shop counted %d", v.all, said.ObjectCount)
	case v.roots != int(said.RootObjectCount):
		return badFile(v.list.document, "has %d lines without a parent, but the shop counted %d", v.roots, said.RootObjectCount)
	case v.unnamed > 1 && v.unnamed == v.roots:
		return badFile(v.list.document, "holds no record of its kind among %d", v.roots)
	}
	return failpoint.Reach("download/whole")
}

// doubled is the number of a line that stands there a second time, 0 for none. A
// record that comes twice with different content changed while the shop was read.
func (v *verification) doubled() (number int, err error) {
	err = v.seen.repeated(func(first, again []byte) {
		if number == 0 && binary.BigEndian.Uint64(first) == binary.BigEndian.Uint64(again) {
			number = int(binary.BigEndian.Uint64(again[8:]))
		}
	})
	return number, err
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
	return decoder[lineHead]{read: (*cursor).head, clear: func(h *lineHead) { *h = lineHead{} }}
}

func (c *cursor) head(h *lineHead) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "id":
			c.must(&seen, 0)
			c.string(&h.ID)
		case "__parentId":
			c.must(&seen, 1)
			c.parent(&h.ParentID)
		case "location":
			c.must(&seen, 2)
			c.field("id", &h.Location.ID)
		case "featuredMedia":
			c.field("id", &h.FeaturedMedia.ID)
		case "mediaCount":
			c.count(&h.MediaCount)
		default:
			c.skip()
		}
	})
}

// markOf tells which record a line is. Levels are told apart by their locations.
func (l flatList) markOf(h *lineHead) mark {
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
func top(ids, id string) mark {
	if !fits(ids, id) {
		return mark{}
	}
	return mark{id: number(id)}
}

// below is the mark of a part of a record. One that lacks an id is only told apart from
// what stands for itself.
func below(ids, parent, id string) mark {
	if !fits(ids, parent) || !isID(id) {
		return mark{parent: noParent}
	}
	return mark{number(parent), number(id)}
}

const noParent = math.MaxUint64

// fits reports whether an id begins like that.
func fits(ids, id string) bool {
	rest, found := strings.CutPrefix(id, ids)
	return found && isID(rest)
}

// isID reports whether a text could be an id, or the end of one.
func isID(text string) bool {
	for i := range len(text) {
		if text[i] <= ' ' || text[i] > '~' {
			return false
		}
	}
	return text != ""
}

// badLine is a fault of a result file, with the number of the line.
func badLine(d document, number int, format string, args ...any) error {
	fault := incoherent("line %d of the bulk result %s %s", number, d.name(), fmt.Sprintf(format, args...))
	fault.Err = errBadFile
	return fault
}

// badFile is a fault of a result file as a whole.
func badFile(d document, format string, args ...any) error {
	fault := incoherent("the bulk result %s %s", d.name(), fmt.Sprintf(format, args...))
	fault.Err = errBadFile
	return fault
}

// errBadFile marks results that are not what they should be. A second transfer
// may bring them whole, or a second operation.
var errBadFile = errors.New("a result that is not whole")
