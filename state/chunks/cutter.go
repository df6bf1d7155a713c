package chunks

import (
	"crypto/sha256"
	"hash/crc32"

	"github.com/eshopos/eshopctl/importer"
)

// RawChunk is a chunk of a snapshot before it is packed.
type RawChunk struct {
	Bytes   []byte // the head and the records
	Records int
	InStock int    // tracked levels above zero among them
	Sound   bool   // all records are sound
	Last    []byte // key of the last record
}

// Digest returns a digest of the whole chunk: table, columns and records.
func (r RawChunk) Digest() string {
	sum := sha256.Sum256(r.Bytes)
	return string(sum[:])
}

// Cutter collects the records of a table, which come in key order, into chunks.
type Cutter struct {
	table *importer.Table
	head  []byte // of each chunk
	next  RawChunk
}

// NewCutter returns a cutter for a table.
func NewCutter(t *importer.Table) *Cutter { return &Cutter{table: t, head: columnHead(t)} }

// AddRecord adds a record and reports whether the chunk ends after it.
func (c *Cutter) AddRecord(r importer.Record) (ends bool) {
	c.appendRecord(r)
	return c.isFull() || EndsChunk(c.next.Last)
}

func (c *Cutter) appendRecord(r importer.Record) {
	if c.next.Records == 0 {
		c.next.Bytes, c.next.Sound = append(c.next.Bytes[:0], c.head...), true
	}
	c.next.Bytes = importer.AppendRecord(c.next.Bytes, r)
	c.next.Records++
	c.next.InStock += c.table.InStock(r)
	c.next.Sound = c.next.Sound && c.table.IsSound(r)
	c.next.Last = c.table.AppendKey(c.next.Last[:0], r)
}

func (c *Cutter) isFull() bool { return len(c.next.Bytes) >= mostBytes }

// EndsChunk decides by a record's key alone whether a chunk ends after it, so that a record
// that comes or goes changes one chunk and not all that follow.
func EndsChunk(key []byte) bool {
	return crc32.Checksum(key, castagnoli)%meanRecords == 0
}

// IsEmpty reports whether there are no records to cut.
func (c *Cutter) IsEmpty() bool { return c.next.Records == 0 }

// CutChunk returns the chunk and begins another one in the memory of spare, which may be
// nil.
func (c *Cutter) CutChunk(spare []byte) RawChunk {
	cut := c.next
	c.next = RawChunk{Bytes: spare[:0]}
	return cut
}
