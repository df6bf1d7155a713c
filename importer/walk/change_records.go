package walk

import (
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// ChangeRecords finds the records for the changes of a plan in the snapshot, which has the
// same order. Close it.
type ChangeRecords struct {
	way    *way
	record importer.Record // reused memory
	unread importer.ColumnSet
}

// NewChangeRecords starts at the first record of a table.
func NewChangeRecords(s importer.Snapshot, t *importer.Table) (*ChangeRecords, error) {
	way, err := newWay(s, t)
	return &ChangeRecords{way, make(importer.Record, len(t.Columns)), UnreadOf(s, t)}, err
}

// Close releases the snapshot.
func (m *ChangeRecords) Close() { m.way.stop() }

// RecordsOf yields the records that a Create creates, or the one record of another change.
// Changes must come in the order of the plan. A record is valid until the next one; its
// values stay valid. Columns that were not read have no value.
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
