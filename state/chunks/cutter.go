package chunks

import (
	"crypto/sha256"
	"hash/crc32"

	"github.com/eshopos/eshopctl/importer"
)

// Raw is a chunk of a snapshot before it is packed, with what is noted of it beside it.
type Raw struct {
	Bytes   []byte // the head and the records
	Records int
	InStock int    // of these, tracked levels above zero
	Sound   bool   // all of them are
	Last    []byte // key of the last record
}

// Digest stands for all that the chunk holds: table, columns and records.
func (r Raw) Digest() string {
	sum := sha256.Sum256(r.Bytes)
	return string(sum[:])
}

// Cutter gathers the records of a table, in the order of their keys, and says where a
// chunk ends.
type Cutter struct {
	table *importer.Table
	head  []byte // of each chunk
	next  Raw
}

// NewCutter begins with the first chunk of a table.
func NewCutter(t *importer.Table) *Cutter { return &Cutter{table: t, head: columnHead(t)} }

// Add adds a record and reports whether the chunk ends behind it.
func (c *Cutter) Add(r importer.Record) (ends bool) {
	c.append(r)
	return c.full() || Ends(c.next.Last)
}

func (c *Cutter) append(r importer.Record) {
	if c.next.Records == 0 {
		c.next.Bytes, c.next.Sound = append(c.next.Bytes[:0], c.head...), true
	}
	c.next.Bytes = importer.AppendRecord(c.next.Bytes, r)
	c.next.Records++
	c.next.InStock += c.table.InStock(r)
	c.next.Sound = c.next.Sound && c.table.IsSound(r)
	c.next.Last = c.table.AppendKey(c.next.Last[:0], r)
}

func (c *Cutter) full() bool { return len(c.next.Bytes) >= mostBytes }

// Ends decides by a record's key alone whether a chunk ends behind it, unless it is too
// large before, so that a record which comes or goes changes one chunk and not all that
// follow.
func Ends(key []byte) bool {
	return crc32.Checksum(key, castagnoli)%meanRecords == 0
}

// Empty reports whether there is nothing to cut.
func (c *Cutter) Empty() bool { return c.next.Records == 0 }

// Cut gives what was gathered, and goes on in the memory of another chunk that nobody
// needs any more, nil for none.
func (c *Cutter) Cut(spare []byte) Raw {
	cut := c.next
	c.next = Raw{Bytes: spare[:0]}
	return cut
}
