package importer

import (
	"errors"
	"fmt"
	"iter"
	"slices"
)

// pair marches through two sequences that are sorted by key and calls visit for
// each key that either has, with nil for the side that lacks it. Neither side
// may repeat a key.
func pair[A, B any](left iter.Seq2[A, error], right iter.Seq2[B, error], keyOfLeft func(A) string, keyOfRight func(B) string,
	visit func(key string, a *A, b *B) error) error {
	nextRight, stopRight := iter.Pull2(right)
	defer stopRight()
	b, err, haveRight := nextRight()
	keyRight := ""
	if haveRight && err == nil {
		keyRight = keyOfRight(b)
	}
	advance := func() {
		if b, err, haveRight = nextRight(); haveRight && err == nil {
			keyRight = keyOfRight(b)
		}
	}
	for a, leftErr := range left {
		if leftErr != nil {
			return leftErr
		}
		key := keyOfLeft(a)
		for haveRight && err == nil && keyRight < key {
			if err := visit(keyRight, nil, &b); err != nil {
				return err
			}
			advance()
		}
		if err != nil {
			return err
		}
		if !haveRight || keyRight != key {
			if err := visit(key, &a, nil); err != nil {
				return err
			}
			continue
		}
		if err := visit(key, &a, &b); err != nil {
			return err
		}
		advance()
	}
	for ; haveRight; advance() {
		if err != nil {
			return err
		}
		if err := visit(keyRight, nil, &b); err != nil {
			return err
		}
	}
	return nil
}

// stretch is the way through the records of one table of a snapshot, chunk by
// chunk; a chunk is only unpacked when a record of it is looked at.
type stretch struct {
	table    *Table
	snapshot Snapshot
	next     func() (Chunk, error, bool)
	stop     func()

	chunk   Chunk
	have    bool
	records []Record // of the chunk, nil while it is packed
	at      int
	keyText string // of the next record, once it was asked for
	keyed   bool
}

// newStretch begins at the first record. A nil snapshot has none.
func newStretch(s Snapshot, t *Table) (*stretch, error) {
	if s == nil {
		return &stretch{stop: func() {}}, nil
	}
	w := &stretch{table: t, snapshot: s}
	w.next, w.stop = iter.Pull2(s.Chunks(t))
	return w, w.nextChunk()
}

func (s *stretch) nextChunk() (err error) {
	s.records, s.at, s.keyed = nil, 0, false
	s.chunk, err, s.have = s.next()
	return err
}

// packed reports whether the next record is the first of a chunk.
func (s *stretch) packed() bool { return s.have && s.at == 0 }

// load unpacks the chunk of the next record, if there is one.
func (s *stretch) load() (ok bool, err error) {
	if s.have && s.records == nil {
		s.records, err = s.snapshot.Unpack(s.table, s.chunk)
	}
	return s.have && len(s.records) > 0, err
}

// key is the key of the next record.
func (s *stretch) key() (key string, ok bool, err error) {
	if ok, err := s.load(); !ok || err != nil {
		return "", false, err
	}
	if !s.keyed {
		s.keyText, s.keyed = s.table.Key(s.records[s.at]), true
	}
	return s.keyText, true, nil
}

// seek goes to the record of that key without unpacking the chunks before it.
func (s *stretch) seek(key string) error {
	for s.have && s.chunk.Last < key {
		if err := s.nextChunk(); err != nil {
			return err
		}
	}
	for {
		at, ok, err := s.key()
		if err != nil {
			return err
		}
		if !ok || at > key {
			return fmt.Errorf("%s %s stands in the plan but not in its snapshot", s.table.Name, ShowKey(key))
		}
		if at == key {
			return nil
		}
		if _, err := s.take(); err != nil {
			return err
		}
	}
}

// take gives the next record, which must be there.
func (s *stretch) take() (Record, error) {
	if ok, err := s.load(); err != nil || !ok {
		return nil, errors.Join(err, errors.New("a snapshot ends too early"))
	}
	record := s.records[s.at]
	s.keyed = false
	if s.at++; s.at == len(s.records) {
		return record, s.nextChunk()
	}
	return record, nil
}

// met is one key on the way through a snapshot, what was imported before, and
// the rows that deviate from that.
type met struct {
	key       string
	fresh     Record // nil: the shop does not have it
	imported  Record // nil: not imported, or not known
	deviation *Deviation
}

// march meets every key in order. Where both snapshots have the same records and
// no row of them deviates, a whole chunk or a single record is given to equal
// instead; equal may be nil.
func march(fresh, imported Snapshot, t *Table, deviations iter.Seq2[Deviation, error], equal func(Chunk), meet func(met) error) error {
	m := marching{equal: equal, meet: meet}
	var err error
	if m.fresh, err = newStretch(fresh, t); err != nil {
		return err
	}
	defer m.fresh.stop()
	if m.imported, err = newStretch(imported, t); err != nil {
		return err
	}
	defer m.imported.stop()
	m.next, m.stop = iter.Pull2(deviations)
	defer m.stop()
	if err := m.nextDeviation(); err != nil {
		return err
	}
	for {
		if skipped, err := m.skip(); err != nil {
			return err
		} else if skipped {
			continue
		}
		if more, err := m.step(); err != nil || !more {
			return err
		}
	}
}

type marching struct {
	fresh, imported *stretch
	next            func() (Deviation, error, bool)
	stop            func()
	deviation       Deviation
	deviates        bool
	equal           func(Chunk)
	meet            func(met) error
}

func (m *marching) nextDeviation() (err error) {
	m.deviation, err, m.deviates = m.next()
	return err
}

func (m *marching) skip() (skipped bool, err error) {
	if m.equal == nil || !m.fresh.packed() || !m.imported.packed() || m.fresh.chunk.Digest != m.imported.chunk.Digest ||
		m.deviates && m.deviation.Key <= m.fresh.chunk.Last {
		return false, nil
	}
	m.equal(m.fresh.chunk)
	if err := m.fresh.nextChunk(); err != nil {
		return false, err
	}
	return true, m.imported.nextChunk()
}

// sameRecord goes over one record that both have alike, without a look at its
// key.
func (m *marching) sameRecord() (went bool, err error) {
	f, i := m.fresh, m.imported
	if m.equal == nil || m.deviates || f.records == nil || i.records == nil || !same(f.records[f.at], i.records[i.at]) {
		return false, nil
	}
	record, err := f.take()
	if err != nil {
		return false, err
	}
	m.equal(Chunk{Records: 1, InStock: f.table.InStock(record)})
	_, err = i.take()
	return true, err
}

// step meets the least key that any side has next.
func (m *marching) step() (more bool, err error) {
	if went, err := m.sameRecord(); went || err != nil {
		return went, err
	}
	fresh, haveFresh, err := m.fresh.key()
	if err != nil {
		return false, err
	}
	imported, haveImported, err := m.imported.key()
	if err != nil {
		return false, err
	}
	at, more := least(fresh, haveFresh, imported, haveImported)
	if m.deviates && (!more || m.deviation.Key < at) {
		at, more = m.deviation.Key, true
	}
	if !more {
		return false, nil
	}
	found := met{key: at}
	if haveFresh && fresh == at {
		if found.fresh, err = m.fresh.take(); err != nil {
			return false, err
		}
	}
	if haveImported && imported == at {
		if found.imported, err = m.imported.take(); err != nil {
			return false, err
		}
	}
	if m.deviates && m.deviation.Key == at {
		deviation := m.deviation
		found.deviation = &deviation
		if deviation.Left {
			found.imported = deviation.Imported
		}
		if err := m.nextDeviation(); err != nil {
			return false, err
		}
	}
	return true, m.meet(found)
}

func least(a string, haveA bool, b string, haveB bool) (string, bool) {
	if haveA && (!haveB || a < b) {
		return a, true
	}
	return b, haveB
}

// same reports whether two records are written alike. It is the quick answer to
// most comparisons.
func same(a, b Record) bool { return slices.Equal(a, b) }
