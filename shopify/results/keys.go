package results

import (
	"math"

	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// keyReader reads from each line of a result which record it holds.
type keyReader struct {
	ids     string      // the prefix of the ids of roots
	ofStock bool        // parts are levels, which are identified by their location
	order   *mediaOrder // learns in which order the lines stand; nil where nobody asks
	heads   decode.Decoder[lineHead]
}

// readKey returns the key of the record in a line.
func (k *keyReader) readKey(line []byte) (repeats.Key, error) {
	head, err := k.heads.Decode(line)
	if err != nil {
		return repeats.Key{}, err
	}
	key := k.keyOf(head)
	if k.order != nil {
		k.order.takeLine(key, head)
	}
	return key, nil
}

func (k *keyReader) keyOf(h *lineHead) repeats.Key {
	switch {
	case !h.isPart():
		return rootKey(k.ids, h.ID)
	case k.ofStock:
		return partKey(k.ids, h.ParentID.Text, h.Location.ID)
	}
	return partKey(k.ids, h.ParentID.Text, h.ID)
}

// rootKey returns the key of a root: the zero Key when its id is not of the expected kind.
func rootKey(ids, id string) repeats.Key {
	if !gid.HasKind(ids, id) {
		return repeats.Key{}
	}
	return repeats.Key{ID: gid.NumberOf(id)}
}

// partKey returns the key of a part. A part without usable ids gets a key that says no more
// than that it is a part.
func partKey(ids, parent, id string) repeats.Key {
	if !gid.HasKind(ids, parent) || !gid.IsValid(id) {
		return repeats.Key{Parent: noParent}
	}
	return repeats.Key{Parent: gid.NumberOf(parent), ID: gid.NumberOf(id)}
}

const noParent = math.MaxUint64
