package walk

import (
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// ChangeRecords finds the records that the changes of a plan bring: they stand in the
// snapshot, which has the same order. Close it.
type ChangeRecords struct {
	way    *way
	record importer.Record // at hand, used again and again
	unread importer.ColumnSet
}

// NewChangeRecords begins at the first record of a table.
func NewChangeRecords(s importer.Snapshot, t *importer.Table) (*ChangeRecords, error) {
	way, err := newWay(s, t)
	return &ChangeRecords{way, make(importer.Record, len(t.Columns)), UnreadOf(s, t)}, err
}

// Close ends the way through the snapshot.
func (m *ChangeRecords) Close() { m.way.stop() }

// RecordsOf gives the records of a Create, or the one of another change that has one.
// Changes are to be asked for in the order in which the plan has them. A record is
// only valid until the next one, its values for ever. It has no values of columns that
// were not read.
func (m *ChangeRecords) RecordsOf(change importer.Change) iter.Seq2[importer.Record, error] {
	return func(yield func(importer.Record, error) bool) {
		if err := m.way.seekKey(change.Key); err != nil {
			yield(nil, err)
			return
		}
		for range max(change.Records, 1) {
			record, err := m.way.takeInto(m.record)
			if m.unread != 0 && err == nil {
				record = slices.Clone(record)
				record.BlankColumns(m.unread)
			}
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}
