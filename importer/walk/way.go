package walk

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// way goes through the records of one table of a snapshot. A chunk is unpacked only when
// one of its records is needed.
type way struct {
	table    *importer.Table
	snapshot importer.Snapshot
	next     func() (importer.Chunk, error, bool)
	stop     func()
	rows     bool // the snapshot is a rowsAsSnapshot

	chunk    importer.Chunk
	have     bool
	unpacked bool
	records  importer.PackedRecords // the rest of the chunk, if it is unpacked
	record   importer.Record        // the next record, if it is decoded
	keyText  string                 // the key of record
	passed   importer.Record        // reused memory for records that are skipped
}

// newWay starts at the first record. s may be nil, which has no records.
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

// atChunk reports whether the next record is the first of a chunk that is still packed.
func (s *way) atChunk() bool { return s.have && !s.unpacked }

// loadChunk unpacks the chunk of the next record. ok is false if there is no next record.
func (s *way) loadChunk() (ok bool, err error) {
	if s.atChunk() {
		s.records, err = s.snapshot.UnpackChunk(s.table, s.chunk)
		s.unpacked = err == nil
	}
	return s.have, err
}

// nextKey returns the key of the next record. ok is false if there is none.
func (s *way) nextKey() (key string, ok bool, err error) {
	if s.record != nil {
		return s.keyText, true, nil
	}
	if ok, err := s.loadChunk(); !ok || err != nil {
		return "", false, err
	}
	if s.record, err = s.records.NextRecord(); err != nil {
		return "", false, s.unreadableError(err)
	}
	s.keyText = s.table.Key(s.record)
	return s.keyText, true, nil
}

// seekKey goes to the record with that key, which must exist. It does not unpack the chunks
// in between.
func (s *way) seekKey(key string) error {
	for s.have && s.chunk.Last < key {
		if err := s.nextChunk(); err != nil {
			return err
		}
	}
	wanted := s.table.KeyRecord(key)
	for s.record == nil {
		have, err := s.loadChunk()
		if err != nil {
			return err
		}
		if !have {
			break
		}
		if s.passed, err = s.records.NextInto(s.passed); err != nil {
			return s.unreadableError(err)
		}
		if s.table.CompareKeys(s.passed, wanted) >= 0 {
			s.record, s.keyText = slices.Clone(s.passed), s.table.Key(s.passed)
		} else if err := s.leaveRecord(); err != nil {
			return err
		}
	}
	if at, ok, err := s.nextKey(); err != nil || !ok || at != key {
		return cmp.Or(err, fmt.Errorf("%s %s stands in the plan but not in its snapshot", s.table.Name, importer.ShowKey(key)))
	}
	return nil
}

// findKey returns the record with that key, nil if there is none. Keys must come in order.
func (s *way) findKey(key string) (importer.Record, error) {
	for s.have && s.chunk.Last < key {
		if err := s.nextChunk(); err != nil {
			return nil, err
		}
	}
	for {
		at, ok, err := s.nextKey()
		if err != nil || !ok || at > key {
			return nil, err
		}
		if record, err := s.takeRecord(); err != nil || at == key {
			return record, err
		}
	}
}

// takeRecord returns the next record, which must exist.
func (s *way) takeRecord() (importer.Record, error) {
	if _, ok, err := s.nextKey(); err != nil || !ok {
		return nil, s.unreadableError(errors.Join(err, errEndsEarly))
	}
	record := s.record
	s.record = nil
	return record, s.leaveRecord()
}

// takeInto returns the next record, which must exist, reusing the memory of record.
func (s *way) takeInto(record importer.Record) (importer.Record, error) {
	if s.record != nil {
		return s.takeRecord()
	}
	have, err := s.loadChunk()
	if err == nil && !have {
		err = errEndsEarly
	}
	if err != nil {
		return nil, s.unreadableError(err)
	}
	if record, err = s.records.NextInto(record); err != nil {
		return nil, s.unreadableError(err)
	}
	return record, s.leaveRecord()
}

func (s *way) unreadableError(err error) error { return asUnreadable(s.snapshot, err) }

var errEndsEarly = errors.New("a snapshot ends too early")

// leaveRecord goes to the next chunk if this one has no more records.
func (s *way) leaveRecord() error {
	if s.records.HasNext() {
		return nil
	}
	return s.nextChunk()
}

// goOverSame skips the records that two ways have alike, without decoding them, and returns
// how many it skipped. It stops where one of the chunks ends.
func goOverSame(a, b *way) (n int, err error) {
	for a.unpacked && b.unpacked && a.record == nil && b.record == nil {
		same, err := importer.PassSame(&a.records, &b.records)
		if err != nil || same == 0 {
			return n, b.unreadableError(err)
		}
		n += same
		if err := errors.Join(a.leaveRecord(), b.leaveRecord()); err != nil {
			return n, err
		}
	}
	return n, nil
}

// asUnreadable turns an error of decoding records into an UnreadableError of the snapshot.
func asUnreadable(of importer.Snapshot, err error) error {
	if of == nil || !errors.Is(err, importer.ErrCutOff) && !errors.Is(err, errEndsEarly) {
		return err
	}
	return &importer.UnreadableError{Run: of.Info().Run, Err: err}
}
