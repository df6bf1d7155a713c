package bulk

import (
	"bytes"
	"encoding/binary"

	"github.com/eshopos/eshopctl/importer"
)

// Mark tells records apart: the numbers of a record and of the one that it belongs to,
// 0 for none. What has no number is never the same.
type Mark struct{ Parent, ID uint64 }

// appendKey orders a record before its parts, as most files have them: what comes in
// order costs little to be put in order.
func (m Mark) appendKey(to []byte) []byte {
	if m.Parent == 0 {
		m = Mark{Parent: m.ID}
	}
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(to, m.Parent), m.ID)
}

// Identities finds records that come more than once, however many there are.
type Identities struct {
	sorter importer.Sorter
	key    []byte // used again and again
}

// NewIdentities keeps records in a sorter.
func NewIdentities(sorter importer.Sorter) *Identities { return &Identities{sorter: sorter} }

// Add takes a record, and what eachRepeat is to say of it.
func (s *Identities) Add(m Mark, said []byte) error {
	s.key = m.appendKey(s.key[:0])
	return s.sorter.Put(s.key, said)
}

// eachRepeat calls again for each record that came before, with what was said of the
// first and of it. After it nothing may be added.
func (s *Identities) eachRepeat(again func(first, said []byte)) error {
	var key, first []byte
	for entry, err := range s.sorter.Sorted() {
		if err != nil {
			return err
		}
		if bytes.Equal(entry.Key, key) {
			again(first, entry.Payload)
			continue
		}
		key, first = append(key[:0], entry.Key...), append(first[:0], entry.Payload...)
	}
	return nil
}

// CountRepeats is how often a record came that had come before.
func (s *Identities) CountRepeats() (n int, err error) {
	err = s.eachRepeat(func([]byte, []byte) { n++ })
	return n, err
}

// Close drops what was kept.
func (s *Identities) Close() error { return s.sorter.Close() }
