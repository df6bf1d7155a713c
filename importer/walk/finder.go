package walk

import (
	"sort"

	"github.com/eshopos/eshopctl/importer"
)

// Finder finds single records of a table of a snapshot. It keeps the last chunk
// at hand, since what is asked for in a row mostly lies close together.
type Finder struct {
	table    *importer.Table
	snapshot importer.Snapshot
	chunks   []importer.Chunk
	at       int                        // the chunk at hand, -1 before the first
	records  map[string]importer.Record // of that chunk
}

// NewFinder gets to know the chunks of a table.
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

// FindRecord gives the record with that key, nil when there is none.
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

// isUnsound reports whether there is such a record, which cannot be imported. Most chunks
// tell without being unpacked that they have none.
func (f *Finder) isUnsound(key string) (bool, error) {
	if n := f.chunkOf(key); n == len(f.chunks) || f.chunks[n].Sound {
		return false, nil
	}
	record, err := f.FindRecord(key)
	return record != nil && !f.table.IsSound(record), err
}

// chunkOf is the number of the chunk that may hold a key.
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
