package walk

import (
	"sort"

	"github.com/eshopos/eshopctl/importer"
)

// Finder finds single records of a table in a snapshot. It keeps the last chunk unpacked,
// because successive keys are mostly close together.
type Finder struct {
	table    *importer.Table
	snapshot importer.Snapshot
	chunks   []importer.Chunk
	at       int                        // index of the unpacked chunk, -1 before the first
	records  map[string]importer.Record // of that chunk, by key
}

// NewFinder returns a finder for a table of a snapshot. It reads the list of chunks.
func NewFinder(s importer.Snapshot, t *importer.Table) (*Finder, error) {
	f := &Finder{table: t, snapshot: s, at: -1}
	for chunk, err := range s.Chunks(t) {
		if err != nil {
			return nil, err
		}
		f.chunks = append(f.chunks, chunk)
	}
	return f, nil
}

// FindRecord returns the record with that key, nil if there is none.
func (f *Finder) FindRecord(key string) (importer.Record, error) {
	n := f.chunkOf(key)
	if n == len(f.chunks) {
		return nil, nil
	}
	if n != f.at {
		if err := f.loadChunk(n); err != nil {
			return nil, err
		}
	}
	return f.records[key], nil
}

// isUnsound reports whether there is a record with that key that cannot be imported. A
// sound chunk need not be unpacked for that.
func (f *Finder) isUnsound(key string) (bool, error) {
	if n := f.chunkOf(key); n == len(f.chunks) || f.chunks[n].Sound {
		return false, nil
	}
	record, err := f.FindRecord(key)
	return record != nil && !f.table.IsSound(record), err
}

// chunkOf returns the index of the chunk that may contain the key.
func (f *Finder) chunkOf(key string) int {
	return sort.Search(len(f.chunks), func(i int) bool { return f.chunks[i].Last >= key })
}

func (f *Finder) loadChunk(n int) error {
	packed, err := f.snapshot.UnpackChunk(f.table, f.chunks[n])
	if err != nil {
		return err
	}
	f.at, f.records = n, map[string]importer.Record{}
	for packed.HasNext() {
		record, err := packed.NextRecord()
		if err != nil {
			f.at = -1
			return err
		}
		f.records[f.table.Key(record)] = record
	}
	return nil
}
