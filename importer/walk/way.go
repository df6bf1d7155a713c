package walk

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// way is the way through the records of one table of a snapshot, chunk by
// chunk; a chunk is only unpacked when a record of it is looked at, and a record
// only cut when its values are.
type way struct {
	table    *importer.Table
	snapshot importer.Snapshot
	next     func() (importer.Chunk, error, bool) // nil: there are none
	stop     func()
	rows     bool // they are rows, which stand for what was imported

	chunk    importer.Chunk
	have     bool
	unpacked bool
	records  importer.Packed // the rest of the chunk, once it is unpacked
	record   importer.Record // the next one, once it is cut
	keyText  string          // its key then
	passed   importer.Record // memory for those that are passed by
}

// newWay begins at the first record. A nil snapshot has none.
func newWay(s importer.Snapshot, t *importer.Table) (*way, error) {
	if s == nil {
		return &way{stop: func() {}}, nil
	}
	_, rows := s.(rowsAsSnapshot)
	w := &way{table: t, snapshot: s, rows: rows, passed: make(importer.Record, len(t.Columns))}
	w.next, w.stop = iter.Pull2(s.Chunks(t))
	return w, w.nextChunk()
}

func (s *way) nextChunk() (err error) {
	s.unpacked, s.record = false, nil
	s.chunk, err, s.have = s.next()
	return err
}

// packed reports whether the next record is the first of a chunk.
func (s *way) packed() bool { return s.have && !s.unpacked }

// load unpacks the chunk of the next record, if there is one.
func (s *way) load() (ok bool, err error) {
	if s.packed() {
		s.records, err = s.snapshot.Unpack(s.table, s.chunk)
		s.unpacked = err == nil
	}
	return s.have, err
}

// key is the key of the next record.
func (s *way) key() (key string, ok bool, err error) {
	if s.record != nil {
		return s.keyText, true, nil
	}
	if ok, err := s.load(); !ok || err != nil {
		return "", false, err
	}
	if s.record, err = s.records.Next(); err != nil {
		return "", false, s.unreadable(err)
	}
	s.keyText = s.table.Key(s.record)
	return s.keyText, true, nil
}

// seek goes to the record of that key without unpacking the chunks before it. What
// was found before must have been taken.
func (s *way) seek(key string) error {
	for s.have && s.chunk.Last < key {
		if err := s.nextChunk(); err != nil {
			return err
		}
	}
	wanted := s.table.KeyRecord(key)
	for s.record == nil {
		have, err := s.load()
		if err != nil {
			return err
		}
		if !have {
			break
		}
		if s.passed, err = s.records.NextInto(s.passed); err != nil {
			return s.unreadable(err)
		}
		if s.table.CompareKeys(s.passed, wanted) >= 0 {
			s.record, s.keyText = slices.Clone(s.passed), s.table.Key(s.passed)
		} else if err := s.behind(); err != nil {
			return err
		}
	}
	if at, ok, err := s.key(); err != nil || !ok || at != key {
		return cmp.Or(err, fmt.Errorf("%s %s stands in the plan but not in its snapshot", s.table.Name, importer.ShowKey(key)))
	}
	return nil
}

// find is the record of that key, nil when there is none. Keys come in order.
func (s *way) find(key string) (importer.Record, error) {
	for s.have && s.chunk.Last < key {
		if err := s.nextChunk(); err != nil {
			return nil, err
		}
	}
	for {
		at, ok, err := s.key()
		if err != nil || !ok || at > key {
			return nil, err
		}
		if record, err := s.take(); err != nil || at == key {
			return record, err
		}
	}
}

// take gives the next record, which must be there.
func (s *way) take() (importer.Record, error) {
	if _, ok, err := s.key(); err != nil || !ok {
		return nil, s.unreadable(errors.Join(err, errEndsEarly))
	}
	record := s.record
	s.record = nil
	return record, s.behind()
}

// fill gives the next record, which must be there, in the memory of record.
func (s *way) fill(record importer.Record) (importer.Record, error) {
	if s.record != nil {
		return s.take()
	}
	have, err := s.load()
	if err == nil && !have {
		err = errEndsEarly
	}
	if err != nil {
		return nil, s.unreadable(err)
	}
	if record, err = s.records.NextInto(record); err != nil {
		return nil, s.unreadable(err)
	}
	return record, s.behind()
}

func (s *way) unreadable(err error) error { return unreadable(s.snapshot, err) }

var errEndsEarly = errors.New("a snapshot ends too early")

// behind goes to the next chunk when this one is at its end.
func (s *way) behind() error {
	if s.records.More() {
		return nil
	}
	return s.nextChunk()
}

// goOverSame goes over the records that two stretches have alike, in one chunk of
// each, without cutting them, and tells how many these were.
func goOverSame(a, b *way) (n int, err error) {
	for a.unpacked && b.unpacked && a.record == nil && b.record == nil {
		same, err := importer.PassSame(&a.records, &b.records)
		if err != nil || same == 0 {
			return n, b.unreadable(err)
		}
		n += same
		if err := errors.Join(a.behind(), b.behind()); err != nil {
			return n, err
		}
	}
	return n, nil
}

// unreadable is the error of a snapshot whose records make no sense.
func unreadable(of importer.Snapshot, err error) error {
	if of == nil || !errors.Is(err, importer.ErrCutOff) && !errors.Is(err, errEndsEarly) {
		return err
	}
	return &importer.UnreadableError{Run: of.Info().Run, Err: err}
}
