package staging

import (
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/eshopos/eshopctl/importer"
)

// announcedValue is how many parts a record says it has: a number, with "+" behind it
// when it is a lower bound, absent when the shop does not say.
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

// roll counts parts against what their parents announced, in some twenty bytes
// for each parent, so that nothing need be sorted by parent. Parts may come before
// their parents.
type roll struct {
	seed    maphash.Seed
	tallies map[*importer.Table]*headcount        // by the table of the parts
	kinds   map[*importer.Table][]*importer.Table // of counted parts, by the table of their parents
}

// headcount counts the parts of one table, by a hash of their parent.
type headcount struct {
	mu     sync.Mutex
	counts map[uint64]partCount
	most   int  // parents that there can be, and missing ones that matter
	over   bool // there were parts of more than that
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
	// tooManyOff is when no more of them are looked for.
	tooManyOff = 2*maxRereads + 1
)

// newRoll makes a roll for as many parents as most says that their table has.
func newRoll(most func(*importer.Table) int) *roll {
	r := &roll{seed: maphash.MakeSeed(), tallies: map[*importer.Table]*headcount{}, kinds: map[*importer.Table][]*importer.Table{}}
	for _, parts := range countedTables() {
		parents := parts.Parents[0].Table
		r.kinds[parents] = append(r.kinds[parents], parts)
		r.tallies[parts] = &headcount{counts: map[uint64]partCount{}, most: most(parents) + tooManyOff}
	}
	return r
}

// enterParent enters a record that may have parts.
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

// countPart counts a part.
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

// countOf is what is known of one parent and its parts.
func (r *roll) countOf(parts *importer.Table, parent string) partCount {
	of, hash := r.tallies[parts], r.hashOf(parent)
	of.mu.Lock()
	defer of.mu.Unlock()
	return of.counts[hash]
}

func (r *roll) hashOf(id string) uint64 { return maphash.String(r.seed, id) }

// hasStrays reports whether parts came whose parent did not.
func (t *headcount) hasStrays() bool {
	for _, count := range t.counts {
		if !count.isEntered() {
			return true
		}
	}
	return t.over
}

// isSettled reports whether all parents have what they announced.
func (t *headcount) isSettled() bool {
	for _, count := range t.counts {
		if !count.fitsAnnounced() {
			return false
		}
	}
	return true
}

func (c partCount) isEntered() bool { return c.kind != notEntered }

// fitsAnnounced reports whether a parent has what it announced.
func (c partCount) fitsAnnounced() bool {
	return c.kind == notAnnounced || c.found == c.announced || c.kind == atLeast && c.found > c.announced
}

// lacksParts reports whether parts were lost. More than announced are no loss.
func (c partCount) lacksParts() bool { return c.kind != notAnnounced && c.found < c.announced }

// countedTables lists the tables of parts that are counted.
func countedTables() []*importer.Table {
	return slices.DeleteFunc(importer.Tables(), func(t *importer.Table) bool { return t.Counted == 0 })
}
