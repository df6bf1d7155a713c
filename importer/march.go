package importer

import (
	"cmp"
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
// chunk; a chunk is only unpacked when a record of it is looked at, and a record
// only cut when its values are.
type stretch struct {
	table    *Table
	snapshot Snapshot
	next     func() (Chunk, error, bool) // nil: there are none
	stop     func()
	rows     bool // they are rows, which stand for what was imported

	chunk    Chunk
	have     bool
	unpacked bool
	records  Packed // the rest of the chunk, once it is unpacked
	record   Record // the next one, once it is cut
	keyText  string // its key then
	passed   Record // memory for those that are passed by
}

// newStretch begins at the first record. A nil snapshot has none.
func newStretch(s Snapshot, t *Table) (*stretch, error) {
	if s == nil {
		return &stretch{stop: func() {}}, nil
	}
	_, rows := s.(rowsAsSnapshot)
	w := &stretch{table: t, snapshot: s, rows: rows, passed: make(Record, len(t.Columns))}
	w.next, w.stop = iter.Pull2(s.Chunks(t))
	return w, w.nextChunk()
}

func (s *stretch) nextChunk() (err error) {
	s.unpacked, s.record = false, nil
	s.chunk, err, s.have = s.next()
	return err
}

// packed reports whether the next record is the first of a chunk.
func (s *stretch) packed() bool { return s.have && !s.unpacked }

// load unpacks the chunk of the next record, if there is one.
func (s *stretch) load() (ok bool, err error) {
	if s.packed() {
		s.records, err = s.snapshot.Unpack(s.table, s.chunk)
		s.unpacked = err == nil
	}
	return s.have, err
}

// key is the key of the next record.
func (s *stretch) key() (key string, ok bool, err error) {
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
func (s *stretch) seek(key string) error {
	for s.have && s.chunk.Last < key {
		if err := s.nextChunk(); err != nil {
			return err
		}
	}
	wanted := s.table.keyed(key)
	for s.record == nil {
		have, err := s.load()
		if err != nil {
			return err
		}
		if !have {
			break
		}
		if s.passed, err = s.records.fill(s.passed); err != nil {
			return s.unreadable(err)
		}
		if s.table.compareKeys(s.passed, wanted) >= 0 {
			s.record, s.keyText = slices.Clone(s.passed), s.table.Key(s.passed)
		} else if err := s.behind(); err != nil {
			return err
		}
	}
	if at, ok, err := s.key(); err != nil || !ok || at != key {
		return cmp.Or(err, fmt.Errorf("%s %s stands in the plan but not in its snapshot", s.table.Name, ShowKey(key)))
	}
	return nil
}

// find is the record of that key, nil when there is none. Keys come in order.
func (s *stretch) find(key string) (Record, error) {
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
func (s *stretch) take() (Record, error) {
	if _, ok, err := s.key(); err != nil || !ok {
		return nil, s.unreadable(errors.Join(err, errEndsEarly))
	}
	record := s.record
	s.record = nil
	return record, s.behind()
}

// fill gives the next record, which must be there, in the memory of record.
func (s *stretch) fill(record Record) (Record, error) {
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
	if record, err = s.records.fill(record); err != nil {
		return nil, s.unreadable(err)
	}
	return record, s.behind()
}

func (s *stretch) unreadable(err error) error { return unreadable(s.snapshot, err) }

var errEndsEarly = errors.New("a snapshot ends too early")

// behind goes to the next chunk when this one is at its end.
func (s *stretch) behind() error {
	if s.records.More() {
		return nil
	}
	return s.nextChunk()
}

// goOverSame goes over the records that two stretches have alike, in one chunk of
// each, without cutting them, and tells how many these were.
func goOverSame(a, b *stretch) (n int, err error) {
	for a.unpacked && b.unpacked && a.record == nil && b.record == nil {
		same, err := sameRecords(&a.records, &b.records)
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

// met is one key on the way through a snapshot, what was imported before, and
// the rows that deviate from that.
type met struct {
	key       string
	fresh     Record // nil: the shop does not have it
	imported  Record // nil: not imported, or not known
	counted   Record // as the imported snapshot has it, whatever deviates; nil: it has not
	deviation *Deviation
}

// counts hears what march goes over. Any may be nil.
type counts struct {
	imported func(Chunk) // each chunk of what was imported, alike or not
	alike    func(n int) // records that both snapshots have, where no row deviates

	// fresh takes over the sound records of a chunk that have nothing to be compared
	// with, unless it reports that they have to be met.
	fresh func(n int) bool
}

// march meets every key in order. What both snapshots have alike, where no row
// deviates, is only counted, unless alike is nil.
func march(fresh, imported Snapshot, t *Table, deviations iter.Seq2[Deviation, error], count counts, meet func(met) error) error {
	m := marching{count: count, meet: meet}
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
	for more := true; more && err == nil; {
		if more, err = m.skip(); !more && err == nil {
			more, err = m.step()
		}
	}
	return err
}

type marching struct {
	fresh, imported *stretch
	next            func() (Deviation, error, bool)
	stop            func()
	deviation       Deviation
	deviates        bool
	count           counts
	entered         bool // the chunk of imported is counted
	meet            func(met) error
}

func (m *marching) nextDeviation() (err error) {
	m.deviation, err, m.deviates = m.next()
	return err
}

// skip goes over what is alike.
func (m *marching) skip() (skipped bool, err error) {
	m.enter()
	if m.count.fresh != nil && !m.imported.have && m.fresh.packed() && m.fresh.chunk.Sound && m.quiet(m.fresh.chunk.Last) && m.count.fresh(m.fresh.chunk.Records) {
		return true, m.fresh.nextChunk()
	}
	if m.count.alike == nil {
		return false, nil
	}
	if m.fresh.packed() && m.imported.packed() && m.fresh.chunk.Digest == m.imported.chunk.Digest && m.quiet(m.fresh.chunk.Last) {
		m.count.alike(m.fresh.chunk.Records)
		m.entered = false
		return true, errors.Join(m.fresh.nextChunk(), m.imported.nextChunk())
	}
	if !m.fresh.have || !m.imported.have || !m.quiet(max(m.fresh.chunk.Last, m.imported.chunk.Last)) {
		return false, nil
	}
	if _, err := m.fresh.load(); err != nil {
		return false, err
	}
	if _, err := m.imported.load(); err != nil {
		return false, err
	}
	n, err := goOverSame(m.fresh, m.imported)
	m.count.alike(n)
	m.entered = m.entered && m.imported.unpacked
	return n > 0, err
}

// quiet reports whether no row up to a key deviates.
func (m *marching) quiet(key string) bool { return !m.deviates || m.deviation.Key > key }

// enter counts the chunk of what was imported.
func (m *marching) enter() {
	if m.imported.have && !m.entered {
		m.entered = true
		m.count.imported(m.imported.chunk)
	}
}

// step meets the least key that any side has next.
func (m *marching) step() (more bool, err error) {
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
		found.counted, m.entered = found.imported, m.entered && m.imported.unpacked
		if m.imported.rows {
			found.imported = nil
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
