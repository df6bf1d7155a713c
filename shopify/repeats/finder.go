package repeats

import (
	"bytes"
	"encoding/binary"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/gid"
)

// Key identifies a record by the number in its id and the number of the record that it
// belongs to; Parent is 0 for a record that belongs to none. The zero Key stands for a
// record without a usable id.
type Key struct{ Parent, ID uint64 }

// appendTo appends bytes that sort a record before its parts. Most files come in this
// order already, which makes sorting them cheap.
func (k Key) appendTo(to []byte) []byte {
	if k.Parent == 0 {
		k = Key{Parent: k.ID}
	}
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(to, k.Parent), k.ID)
}

// Finder finds records that were added more than once. It is not safe for concurrent use.
type Finder struct {
	sorter importer.Sorter
	added  int
	key    []byte // memory for the key of each call of Add
}

// NewFinder returns a finder that keeps what is added in sorter.
func NewFinder(sorter importer.Sorter) *Finder { return &Finder{sorter: sorter} }

// Add adds a record, with a note that EachRepeat returns.
func (f *Finder) Add(k Key, note []byte) error {
	f.added++
	f.key = k.appendTo(f.key[:0])
	return f.sorter.PutEntry(f.key, note)
}

// AddID adds a record by its id. A record without a valid id counts as different from all
// others.
func (f *Finder) AddID(id string) error {
	if !gid.IsValid(id) {
		f.added++
		return nil
	}
	return f.Add(Key{ID: gid.NumberOf(id)}, nil)
}

// EachRepeat calls again for each record that was added before, with the note of the first
// time and the note of this time. Nothing may be added after it.
func (f *Finder) EachRepeat(again func(first, note []byte)) error {
	var key, first []byte
	for entry, err := range f.sorter.SortedEntries() {
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

// Added returns how often a record was added.
func (f *Finder) Added() int { return f.added }

// CountRepeats returns how many of the added records had been added before. Nothing may be
// added after it.
func (f *Finder) CountRepeats() (n int, err error) {
	err = f.EachRepeat(func([]byte, []byte) { n++ })
	return n, err
}

// CountDistinct returns how many different records were added. Nothing may be added after
// it.
func (f *Finder) CountDistinct() (int, error) {
	n, err := f.CountRepeats()
	return f.added - n, err
}

// Close drops what was added.
func (f *Finder) Close() error { return f.sorter.Close() }
