package importer

import (
	"hash/maphash"
	"strings"
	"sync"
)

// announced is how many parts a record says it has: a number, with "+" behind it
// when it is a lower bound, absent when the shop does not say.
func announced(a *Announced) Value {
	if a == nil {
		return None
	}
	count := Whole(int64(a.Count))
	if !a.Exact {
		count.text += "+"
	}
	return count
}

// roll counts parts against what their parents announced, in some twenty bytes
// for each parent, so that nothing need be sorted by parent. Parents come before
// their parts.
type roll struct {
	seed maphash.Seed

	mu      sync.Mutex
	parents map[*Table]map[uint64]partCount // by the table of the parts
}

type partCount struct {
	found, announced int32
	kind             announcement
}

type announcement uint8

const (
	notAnnounced announcement = iota
	exactly
	atLeast
)

func newRoll() *roll {
	r := &roll{seed: maphash.MakeSeed(), parents: map[*Table]map[uint64]partCount{}}
	for _, parts := range []*Table{Variants, Media, Memberships} {
		r.parents[parts] = map[uint64]partCount{}
	}
	return r
}

// parent enters a record that may have parts.
func (r *roll) parent(parts *Table, id string, announced Value) {
	count := partCount{}
	if announced.present {
		bound, lower := strings.CutSuffix(announced.text, "+")
		count.announced, count.kind = int32(String(bound).Int()), exactly
		if lower {
			count.kind = atLeast
		}
	}
	hash := maphash.String(r.seed, id)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.parents[parts][hash] = count
}

// part counts a part and reports whether its parent was entered.
func (r *roll) part(parts *Table, parent string) bool {
	hash := maphash.String(r.seed, parent)
	r.mu.Lock()
	defer r.mu.Unlock()
	count, known := r.parents[parts][hash]
	if known {
		count.found++
		r.parents[parts][hash] = count
	}
	return known
}

// known reports whether a record that may have parts was entered.
func (r *roll) known(parts *Table, id string) bool {
	hash := maphash.String(r.seed, id)
	r.mu.Lock()
	defer r.mu.Unlock()
	_, known := r.parents[parts][hash]
	return known
}

// settled reports whether all parents have what they announced.
func (r *roll) settled() bool {
	for _, counts := range r.parents {
		for _, count := range counts {
			if !count.fits() {
				return false
			}
		}
	}
	return true
}

// fits reports whether one parent has what it announced.
func (r *roll) fits(parts *Table, parent string) bool {
	return r.parents[parts][maphash.String(r.seed, parent)].fits()
}

func (c partCount) fits() bool {
	return c.kind == notAnnounced || c.found == c.announced || c.kind == atLeast && c.found > c.announced
}
