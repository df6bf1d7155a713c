package importer

import "sort"

// Lookup finds single records of a table of a snapshot. It keeps the last chunk
// at hand, since what is asked for in a row mostly lies close together.
type Lookup struct {
	table    *Table
	snapshot Snapshot
	chunks   []Chunk
	at       int               // the chunk at hand, -1 before the first
	records  map[string]Record // of that chunk
}

// NewLookup gets to know the chunks of a table.
func NewLookup(s Snapshot, t *Table) (*Lookup, error) {
	l := &Lookup{table: t, snapshot: s, at: -1}
	for chunk, err := range s.Chunks(t) {
		if err != nil {
			return nil, err
		}
		l.chunks = append(l.chunks, chunk)
	}
	return l, nil
}

// Find gives the record with that key, nil when there is none.
func (l *Lookup) Find(key string) (Record, error) {
	n := sort.Search(len(l.chunks), func(i int) bool { return l.chunks[i].Last >= key })
	if n == len(l.chunks) {
		return nil, nil
	}
	if n != l.at {
		if err := l.load(n); err != nil {
			return nil, err
		}
	}
	return l.records[key], nil
}

func (l *Lookup) load(n int) error {
	packed, err := l.snapshot.Unpack(l.table, l.chunks[n])
	if err != nil {
		return err
	}
	l.at, l.records = n, map[string]Record{}
	for packed.More() {
		record, err := packed.Next()
		if err != nil {
			l.at = -1
			return err
		}
		l.records[l.table.Key(record)] = record
	}
	return nil
}
