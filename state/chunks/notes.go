package chunks

import (
	"fmt"
	"hash/crc32"

	"github.com/eshopos/eshopctl/importer"
)

// Note is what is stored beside a chunk of a snapshot.
type Note struct {
	importer.Chunk
	Base string // digest of the chunk to which this one is a list of edits, "" for most
}

// longestDigest is far longer than any digest.
const longestDigest = 8 << 10

// CheckAfter returns an error if the note cannot be true of a chunk that follows one with
// that last key.
func (n Note) CheckAfter(after string) error {
	if n.Records <= 0 || n.Records > mostMemory || n.InStock < 0 || n.InStock > n.Records || n.Last < after {
		return fmt.Errorf("%w: what is noted about it cannot be", ErrDamaged)
	}
	if len(n.Digest) > longestDigest || len(n.Base) > longestDigest {
		return fmt.Errorf("%w: it is no digest that is noted of it", ErrDamaged)
	}
	return nil
}

// Sum is a checksum over the notes of the chunks of a table, so that no chunk can vanish,
// move or change its last key unseen.
type Sum struct {
	n   int
	crc uint32
}

// AddNote adds the note of the next chunk.
func (s *Sum) AddNote(n Note) {
	s.n++
	s.crc = crc32.Update(s.crc, castagnoli, fmt.Appendf(nil, "%q %q %q %d %d %t\n", n.Digest, n.Base, n.Last, n.Records, n.InStock,
		n.Sound))
}

func (s *Sum) String() string { return fmt.Sprintf("%d %08x", s.n, s.crc) }
