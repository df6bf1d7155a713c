package walk

import (
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// Versions is one key on the way through a snapshot, what was imported before, and
// the rows that deviate from that.
type Versions struct {
	Key       string
	Fresh     importer.Record // nil: the shop does not have it
	Imported  importer.Record // nil: not imported, or not known
	Counted   importer.Record // as the imported snapshot has it, whatever deviates; nil: it has not
	Deviation *importer.Deviation
}

// Hooks hears what march goes over. Any may be nil.
type Hooks struct {
	Imported func(importer.Chunk) // each chunk of what was imported, alike or not
	Alike    func(n int)          // records that both snapshots have, where no row deviates

	// fresh takes over the sound records of a chunk that have nothing to be compared
	// with, unless it reports that they have to be met.
	Fresh func(n int) bool
}

// MarchThrough meets every key in order. What both snapshots have alike, where no row
// deviates, is only counted, unless alike is nil.
func MarchThrough(fresh, imported importer.Snapshot, t *importer.Table, deviations iter.Seq2[importer.Deviation, error], count Hooks,
	meet func(Versions) error) error {
	m := marcher{count: count, meet: meet}
	var err error
	if m.fresh, err = newWay(fresh, t); err != nil {
		return err
	}
	defer m.fresh.stop()
	if m.imported, err = newWay(imported, t); err != nil {
		return err
	}
	defer m.imported.stop()
	m.next, m.stop = iter.Pull2(deviations)
	defer m.stop()
	if err := m.nextDeviation(); err != nil {
		return err
	}
	for more := true; more && err == nil; {
		if more, err = m.skipAlike(); !more && err == nil {
			more, err = m.meetNext()
		}
	}
	return err
}

type marcher struct {
	fresh, imported *way
	next            func() (importer.Deviation, error, bool)
	stop            func()
	deviation       importer.Deviation
	deviates        bool
	count           Hooks
	entered         bool // the chunk of imported is counted
	meet            func(Versions) error
}

func (m *marcher) nextDeviation() (err error) {
	m.deviation, err, m.deviates = m.next()
	return err
}

// skipAlike goes over what is alike.
func (m *marcher) skipAlike() (skipped bool, err error) {
	m.countChunk()
	if m.count.Fresh != nil && !m.imported.have && m.fresh.atChunk() && m.fresh.chunk.Sound && m.isQuiet(m.fresh.chunk.Last) &&
		m.count.Fresh(m.fresh.chunk.Records) {
		return true, m.fresh.nextChunk()
	}
	if m.count.Alike == nil {
		return false, nil
	}
	if m.fresh.atChunk() && m.imported.atChunk() && m.fresh.chunk.Digest == m.imported.chunk.Digest && m.isQuiet(m.fresh.chunk.Last) {
		m.count.Alike(m.fresh.chunk.Records)
		m.entered = false
		return true, errors.Join(m.fresh.nextChunk(), m.imported.nextChunk())
	}
	if !m.fresh.have || !m.imported.have || !m.isQuiet(max(m.fresh.chunk.Last, m.imported.chunk.Last)) {
		return false, nil
	}
	if _, err := m.fresh.loadChunk(); err != nil {
		return false, err
	}
	if _, err := m.imported.loadChunk(); err != nil {
		return false, err
	}
	n, err := goOverSame(m.fresh, m.imported)
	m.count.Alike(n)
	m.entered = m.entered && m.imported.unpacked
	return n > 0, err
}

// isQuiet reports whether no row up to a key deviates.
func (m *marcher) isQuiet(key string) bool { return !m.deviates || m.deviation.Key > key }

// countChunk counts the chunk of what was imported.
func (m *marcher) countChunk() {
	if m.imported.have && !m.entered {
		m.entered = true
		m.count.Imported(m.imported.chunk)
	}
}

// meetNext meets the least key that any side has next.
func (m *marcher) meetNext() (more bool, err error) {
	fresh, haveFresh, err := m.fresh.nextKey()
	if err != nil {
		return false, err
	}
	imported, haveImported, err := m.imported.nextKey()
	if err != nil {
		return false, err
	}
	at, more := leastKey(fresh, haveFresh, imported, haveImported)
	if m.deviates && (!more || m.deviation.Key < at) {
		at, more = m.deviation.Key, true
	}
	if !more {
		return false, nil
	}
	found := Versions{Key: at}
	if haveFresh && fresh == at {
		if found.Fresh, err = m.fresh.takeRecord(); err != nil {
			return false, err
		}
	}
	if haveImported && imported == at {
		if found.Imported, err = m.imported.takeRecord(); err != nil {
			return false, err
		}
		found.Counted, m.entered = found.Imported, m.entered && m.imported.unpacked
		if m.imported.rows {
			found.Imported = nil
		}
	}
	if m.deviates && m.deviation.Key == at {
		deviation := m.deviation
		found.Deviation = &deviation
		if deviation.Left {
			found.Imported = deviation.Imported
		}
		if err := m.nextDeviation(); err != nil {
			return false, err
		}
	}
	return true, m.meet(found)
}

func leastKey(a string, haveA bool, b string, haveB bool) (string, bool) {
	if haveA && (!haveB || a < b) {
		return a, true
	}
	return b, haveB
}

// EditedHere reports whether a row was changed here since it was imported.
func (m Versions) EditedHere(t *importer.Table, row importer.Row) bool {
	if m.Imported != nil {
		return !t.Equal(row.Record, m.Imported)
	}
	return m.Deviation != nil && m.Deviation.Edited
}

// FillUnheld takes from the row what no snapshot tells.
func (m *Versions) FillUnheld(row importer.Record) {
	m.Fresh = m.Fresh.WithColumns(row, m.Fresh.UnheldColumns())
	if m.Deviation == nil {
		m.Imported = m.Imported.WithUnheld(row)
	}
}
