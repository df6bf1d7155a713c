package importer

import "iter"

// Sorter puts entries into the order of their keys, however many there are. Of
// entries with one key the later put comes later. After the first Sorted nothing
// may be put; Sorted may be called more than once. Close frees what it uses.
type Sorter interface {
	PutEntry(key, payload []byte) error
	SortedEntries() iter.Seq2[Entry, error]
	Close() error
}

// Entry is one sorted entry. It is only valid until the next one.
type Entry struct {
	Key     []byte
	Payload []byte
}
