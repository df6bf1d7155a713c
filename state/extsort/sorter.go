package extsort

import (
	"bytes"
	"encoding/binary"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
)

// bufferBytes is how much a sorter keeps in memory before it writes a sorted part.
const bufferBytes = 1 << 20

var _ importer.Sorter = (*Sorter)(nil)

// Sorter is an importer.Sorter for one goroutine at a time. When its buffer is full it
// writes a sorted part to a temporary file; the parts are merged when they are read. A shop
// gives much of its data in order, so a part often continues the one before it.
type Sorter struct {
	buffer  []byte // keys and payloads
	entries []entry
	ordered bool   // the entries are sorted
	spilled *spill // nil while everything is in the buffer
	temp    scratch.Folder
}

// entry locates an entry in the buffer. head has the first bytes of its key after the prefix
// that all keys in the buffer share; they decide most comparisons.
type entry struct {
	head             uint64
	at, key, payload int32
}

// New returns an empty sorter. If it needs a temporary file it makes it in temp;
// scratch.Said recognises errors of the file.
func New(temp scratch.Folder) *Sorter { return &Sorter{ordered: true, temp: temp} }

// PutEntry adds a copy of an entry. Entries with the same key keep their order. Nothing may
// be put after SortedEntries.
func (s *Sorter) PutEntry(key, payload []byte) error {
	if len(s.entries) > 0 && len(s.buffer)+len(key)+len(payload) > bufferBytes {
		if err := s.spillBuffer(); err != nil {
			return err
		}
	}
	e := entry{at: int32(len(s.buffer)), key: int32(len(key)), payload: int32(len(payload))}
	s.buffer = append(append(s.buffer, key...), payload...)
	if n := len(s.entries); s.ordered && n > 0 {
		s.ordered = bytes.Compare(s.keyOf(s.entries[n-1]), s.keyOf(e)) <= 0
	}
	s.entries = append(s.entries, e)
	return nil
}

func (s *Sorter) keyOf(e entry) []byte { return s.buffer[e.at : e.at+e.key] }

func (s *Sorter) payloadOf(e entry) []byte { return s.buffer[e.at+e.key : e.at+e.key+e.payload] }

// sortEntries sorts the buffer. Entries with the same key keep their order.
func (s *Sorter) sortEntries() {
	if s.ordered {
		return
	}
	s.findHeads()
	slices.SortFunc(s.entries, func(a, b entry) int {
		if a.head != b.head {
			if a.head < b.head {
				return -1
			}
			return 1
		}
		if order := bytes.Compare(s.keyOf(a), s.keyOf(b)); order != 0 {
			return order
		}
		return int(a.at - b.at)
	})
	s.ordered = true
}

// findHeads finds the prefix that all keys share and sets the heads.
func (s *Sorter) findHeads() {
	shared := s.keyOf(s.entries[0])
	for _, e := range s.entries {
		key := s.keyOf(e)
		n := min(len(shared), len(key))
		for i := range n {
			if shared[i] != key[i] {
				n = i
				break
			}
		}
		shared = shared[:n]
	}
	for i, e := range s.entries {
		var head [8]byte
		copy(head[:], s.keyOf(e)[len(shared):])
		s.entries[i].head = binary.BigEndian.Uint64(head[:])
	}
}

// spillBuffer writes the buffer to the file as a sorted part.
func (s *Sorter) spillBuffer() (err error) {
	if s.spilled == nil {
		if s.spilled, err = newSpill(s.temp); err != nil {
			return err
		}
	}
	s.sortEntries()
	s.spilled.beginPart(s.keyOf(s.entries[0]))
	for _, e := range s.entries {
		if err := s.spilled.writeEntry(s.keyOf(e), s.payloadOf(e)); err != nil {
			return err
		}
	}
	s.spilled.endPart(s.keyOf(s.entries[len(s.entries)-1]))
	s.buffer, s.entries, s.ordered = s.buffer[:0], s.entries[:0], true
	return nil
}

// SortedEntries yields all entries ordered by the bytes of their keys. It may be called
// more than once, also concurrently once everything is in the file. An entry is valid until
// the next one.
func (s *Sorter) SortedEntries() iter.Seq2[importer.Entry, error] {
	return func(yield func(importer.Entry, error) bool) {
		if s.spilled == nil {
			s.sortEntries()
			for _, e := range s.entries {
				if !yield(importer.Entry{Key: s.keyOf(e), Payload: s.payloadOf(e)}, nil) {
					return
				}
			}
			return
		}
		parts, err := s.mergeParts()
		for ; err == nil && len(parts) > 0; err = parts.advanceTop() {
			if !yield(parts[0].head, nil) {
				return
			}
		}
		if err != nil {
			yield(importer.Entry{}, err)
		}
	}
}

// mergeParts opens all parts for merging. The buffer is written and freed first.
func (s *Sorter) mergeParts() (inputs, error) {
	if len(s.entries) > 0 {
		if err := s.spillBuffer(); err != nil {
			return nil, err
		}
	}
	s.buffer, s.entries = nil, nil
	return s.spilled.openParts()
}

// Close removes the temporary file. It may be called twice.
func (s *Sorter) Close() error {
	s.buffer, s.entries = nil, nil
	if s.spilled == nil {
		return nil
	}
	err := s.spilled.close()
	s.spilled = nil
	return err
}
