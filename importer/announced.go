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
	parents map[uint64]partCount
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

func newRoll() *roll { return &roll{seed: maphash.MakeSeed(), parents: map[uint64]partCount{}} }

func (r *roll) hash(parts *Table, parent string) uint64 {
	var hash maphash.Hash
	hash.SetSeed(r.seed)
	_, _ = hash.WriteString(parts.Name)
	_ = hash.WriteByte(0)
	_, _ = hash.WriteString(parent)
	return hash.Sum64()
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
	hash := r.hash(parts, id)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.parents[hash] = count
}

// part counts a part and reports whether its parent was entered.
func (r *roll) part(parts *Table, parent string) bool {
	hash := r.hash(parts, parent)
	r.mu.Lock()
	defer r.mu.Unlock()
	count, known := r.parents[hash]
	if known {
		count.found++
		r.parents[hash] = count
	}
	return known
}

// known reports whether a record that may have parts was entered.
func (r *roll) known(parts *Table, id string) bool {
	hash := r.hash(parts, id)
	r.mu.Lock()
	defer r.mu.Unlock()
	_, known := r.parents[hash]
	return known
}

// settled reports whether all parents have what they announced.
func (r *roll) settled() bool {
	for _, count := range r.parents {
		if !count.fits() {
			return false
		}
	}
	return true
}

// fits reports whether one parent has what it announced.
func (r *roll) fits(parts *Table, parent string) bool { return r.parents[r.hash(parts, parent)].fits() }

func (c partCount) fits() bool {
	return c.kind == notAnnounced || c.found == c.announced || c.kind == atLeast && c.found > c.announced
}
