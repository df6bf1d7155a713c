package staging

import (
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/eshopos/eshopctl/importer"
)

// announcedValue encodes how many parts a record announces: a number, followed by "+" if it
// is a lower bound, absent if the shop does not say.
func announcedValue(a *importer.AnnouncedCount) importer.Value {
	if a == nil {
		return importer.None
	}
	count := strconv.Itoa(a.Count)
	if !a.Exact {
		count += "+"
	}
	return importer.String(count)
}

const (
	notEntered announcement = iota // the parent has not come yet
	notAnnounced
	exactly
	atLeast
)

// roll counts parts against what their parents announced. It takes some twenty bytes for
// each parent, so that nothing need be sorted by parent. Parts may come before their
// parents.
type roll struct {
	seed    maphash.Seed
	tallies map[*importer.Table]*headcount        // by the table of the parts
	kinds   map[*importer.Table][]*importer.Table // of counted parts, by the table of their parents
}

// headcount counts the parts of one table, by a hash of their parent.
type headcount struct {
	mu     sync.Mutex
	counts map[uint64]partCount
	most   int  // how many parents are counted at most
	over   bool // there were parts of more parents
}

type partCount struct {
	found, announced int32
	kind             announcement
}

type announcement uint8

const (
	// maxRereads bounds how many parents are read again one by one; a shop in which
	// more do not add up was not read properly.
	maxRereads = 1000
	// tooManyOff is how many mismatches are listed at most.
	tooManyOff = 2*maxRereads + 1
)

// newRoll returns a roll. most says how many records a table has at most.
func newRoll(most func(*importer.Table) int) *roll {
	r := &roll{seed: maphash.MakeSeed(), tallies: map[*importer.Table]*headcount{}, kinds: map[*importer.Table][]*importer.Table{}}
	for _, parts := range countedTables() {
		parents := parts.Parents[0].Table
		r.kinds[parents] = append(r.kinds[parents], parts)
		r.tallies[parts] = &headcount{counts: map[uint64]partCount{}, most: most(parents) + tooManyOff}
	}
	return r
}

// enterParent enters a record that may have parts, with what it announces.
func (r *roll) enterParent(parts *importer.Table, id string, announced importer.Value) {
	of, hash := r.tallies[parts], r.hashOf(id)
	of.mu.Lock()
	defer of.mu.Unlock()
	count := of.counts[hash]
	count.kind = notAnnounced
	if announced.Present() {
		bound, lower := strings.CutSuffix(announced.Text(), "+")
		count.announced, count.kind = int32(importer.String(bound).Int()), exactly
		if lower {
			count.kind = atLeast
		}
	}
	of.counts[hash] = count
}

// countPart counts a part for its parent.
func (r *roll) countPart(parts *importer.Table, parent string) {
	of, hash := r.tallies[parts], r.hashOf(parent)
	of.mu.Lock()
	defer of.mu.Unlock()
	count, known := of.counts[hash]
	if !known && len(of.counts) >= of.most {
		of.over = true
		return
	}
	count.found++
	of.counts[hash] = count
}

// countOf returns what is known of one parent and its parts.
func (r *roll) countOf(parts *importer.Table, parent string) partCount {
	of, hash := r.tallies[parts], r.hashOf(parent)
	of.mu.Lock()
	defer of.mu.Unlock()
	return of.counts[hash]
}

func (r *roll) hashOf(id string) uint64 { return maphash.String(r.seed, id) }

// hasStrays reports whether there are parts whose parent did not come.
func (t *headcount) hasStrays() bool {
	for _, count := range t.counts {
		if !count.isEntered() {
			return true
		}
	}
	return t.over
}

// isSettled reports whether every parent has the parts that it announced.
func (t *headcount) isSettled() bool {
	for _, count := range t.counts {
		if !count.fitsAnnounced() {
			return false
		}
	}
	return true
}

func (c partCount) isEntered() bool { return c.kind != notEntered }

// fitsAnnounced reports whether a parent has the parts that it announced.
func (c partCount) fitsAnnounced() bool {
	return c.kind == notAnnounced || c.found == c.announced || c.kind == atLeast && c.found > c.announced
}

// lacksParts reports whether parts are missing. More parts than announced are no loss.
func (c partCount) lacksParts() bool { return c.kind != notAnnounced && c.found < c.announced }

// countedTables returns the tables of parts that are counted.
func countedTables() []*importer.Table {
	return slices.DeleteFunc(importer.Tables(), func(t *importer.Table) bool { return t.Counted == 0 })
}
