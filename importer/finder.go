package importer

import "sort"

// Finder finds single records of a table of a snapshot. It keeps the last chunk
// at hand, since what is asked for in a row mostly lies close together.
type Finder struct {
	table    *Table
	snapshot Snapshot
	chunks   []Chunk
	at       int               // the chunk at hand, -1 before the first
	records  map[string]Record // of that chunk
}

// NewFinder gets to know the chunks of a table.
func NewFinder(s Snapshot, t *Table) (*Finder, error) {
	f := &Finder{table: t, snapshot: s, at: -1}
	for chunk, err := range s.Chunks(t) {
		if err != nil {
			return nil, err
		}
		f.chunks = append(f.chunks, chunk)
	}
	return f, nil
}

// Find gives the record with that key, nil when there is none.
func (f *Finder) Find(key string) (Record, error) {
	n := f.chunkOf(key)
	if n == len(f.chunks) {
		return nil, nil
	}
	if n != f.at {
		if err := f.load(n); err != nil {
			return nil, err
		}
	}
	return f.records[key], nil
}

// unsound reports whether there is such a record, which cannot be imported. Most chunks
// tell without being unpacked that they have none.
func (f *Finder) unsound(key string) (bool, error) {
	if n := f.chunkOf(key); n == len(f.chunks) || f.chunks[n].Sound {
		return false, nil
	}
	record, err := f.Find(key)
	return record != nil && !f.table.Sound(record), err
}

// chunkOf is the number of the chunk that may hold a key.
func (f *Finder) chunkOf(key string) int {
	return sort.Search(len(f.chunks), func(i int) bool { return f.chunks[i].Last >= key })
}

func (f *Finder) load(n int) error {
	packed, err := f.snapshot.Unpack(f.table, f.chunks[n])
	if err != nil {
		return err
	}
	f.at, f.records = n, map[string]Record{}
	for packed.More() {
		record, err := packed.Next()
		if err != nil {
			f.at = -1
			return err
		}
		f.records[f.table.Key(record)] = record
	}
	return nil
}

// owners looks in a snapshot for what parts belong to.
type owners struct {
	in      Snapshot
	finders map[*Table]*Finder // of the tables that were asked for
}

// shown reports whether the snapshot has an owner.
func (o *owners) shown(owner ParentRef) (bool, error) {
	if owner.Part == nil {
		return false, nil
	}
	finder, err := o.finder(owner.Part)
	if err != nil {
		return false, err
	}
	record, err := finder.Find(owner.ID)
	return record != nil, err
}

// unsound reports whether something that a part belongs to is there, and cannot be
// imported.
func (o *owners) unsound(t *Table, part Record) (bool, error) {
	for parent := range t.parentsOf(part) {
		if t.Columns[parent.Column].Type == Set {
			continue
		}
		finder, err := o.finder(parent.Table)
		if err != nil {
			return false, err
		}
		if unsound, err := finder.unsound(part[parent.Column].text); err != nil || unsound {
			return unsound, err
		}
	}
	return false, nil
}

func (o *owners) finder(t *Table) (*Finder, error) {
	if known := o.finders[t]; known != nil {
		return known, nil
	}
	made, err := NewFinder(o.in, t)
	if o.finders == nil {
		o.finders = map[*Table]*Finder{}
	}
	o.finders[t] = made
	return made, err
}
