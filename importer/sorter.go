package importer

import "iter"

// Sorter sorts any number of entries by key. Entries with the same key keep their order.
// Nothing may be put after the first call of SortedEntries, which may be called more than
// once. Close frees what the sorter uses.
type Sorter interface {
	PutEntry(key, payload []byte) error
	SortedEntries() iter.Seq2[Entry, error]
	Close() error
}

// Entry is a sorted entry. It is valid until the next one.
type Entry struct {
	Key     []byte
	Payload []byte
}
