package walk

import (
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// Versions is what is known of one key: the record in the fresh snapshot, the record that
// was imported before, and how the row may deviate from that.
type Versions struct {
	Key       string
	Fresh     importer.Record // nil if the shop does not have it
	Imported  importer.Record // nil if it was not imported, or it is not known what was
	Counted   importer.Record // the record in the imported snapshot, nil if it has none; unlike Imported it ignores the deviation
	Deviation *importer.Deviation
}

// Hooks are functions that MarchThrough calls for what it skips. Fresh and Alike may be
// nil.
type Hooks struct {
	Imported func(importer.Chunk) // called for each chunk of the imported snapshot
	Alike    func(n int)          // called for n records that both snapshots have and whose rows do not deviate; nil: they are met

	// Fresh is called for a chunk of n sound records behind the end of the imported snapshot
	// that no deviation concerns. If it returns false the records are met instead.
	Fresh func(n int) bool
}

// MarchThrough calls meet for every key in order, except those that the hooks of count take
// over.
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
	entered         bool // the current chunk of imported was counted
	meet            func(Versions) error
}

func (m *marcher) nextDeviation() (err error) {
	m.deviation, err, m.deviates = m.next()
	return err
}

// skipAlike skips what the hooks take over, as far as it is alike.
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

// isQuiet reports whether no row up to that key deviates.
func (m *marcher) isQuiet(key string) bool { return !m.deviates || m.deviation.Key > key }

// countChunk counts the current chunk of the imported snapshot, once.
func (m *marcher) countChunk() {
	if m.imported.have && !m.entered {
		m.entered = true
		m.count.Imported(m.imported.chunk)
	}
}

// meetNext meets the least key that any of the three sides has next.
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

// EditedHere reports whether the row was changed here since it was imported.
func (m Versions) EditedHere(t *importer.Table, row importer.Row) bool {
	if m.Imported != nil {
		return !t.Equal(row.Record, m.Imported)
	}
	return m.Deviation != nil && m.Deviation.Edited
}

// FillUnheld takes from the row the columns that the snapshots do not hold yet.
func (m *Versions) FillUnheld(row importer.Record) {
	m.Fresh = m.Fresh.WithColumns(row, m.Fresh.UnheldColumns())
	if m.Deviation == nil {
		m.Imported = m.Imported.WithUnheld(row)
	}
}
