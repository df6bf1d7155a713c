package answers

import (
	"bytes"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// Sorter is a sorter that keeps everything in memory.
type Sorter []importer.Entry

// NewSorter is an empty one.
func NewSorter() importer.Sorter { return &Sorter{} }

// PutEntry keeps an entry.
func (s *Sorter) PutEntry(key, payload []byte) error {
	*s = append(*s, importer.Entry{Key: bytes.Clone(key), Payload: bytes.Clone(payload)})
	return nil
}

// SortedEntries gives the entries in the order of their keys.
func (s *Sorter) SortedEntries() iter.Seq2[importer.Entry, error] {
	slices.SortStableFunc(*s, func(a, b importer.Entry) int { return bytes.Compare(a.Key, b.Key) })
	return func(yield func(importer.Entry, error) bool) {
		for _, entry := range *s {
			if !yield(entry, nil) {
				return
			}
		}
	}
}

// Close drops nothing.
func (s *Sorter) Close() error { return nil }
