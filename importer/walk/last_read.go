package walk

import (
	"context"

	"github.com/eshopos/eshopctl/importer"
)

// LastRead finds what was imported last into columns that have not been read since. Without
// it an edit of such a column could not be told from a change in the shop.
type LastRead struct {
	ways    []lastWay
	nothing importer.Record
}

// lastWay goes through the snapshot from which some columns were imported last.
type lastWay struct {
	columns importer.ColumnSet
	records *way
}

// UnreadSince returns which columns of t the fresh or the imported snapshot was read
// without, and a LastRead for the imported values of these columns. Stop it.
func UnreadSince(ctx context.Context, in importer.CatalogReader, t *importer.Table, fresh, imported importer.Snapshot,
	dropped UnreadableSnapshots) (Unread, *LastRead, error) {
	u := Unread{Now: fresh.Info().UnreadColumns(t), Then: UnreadOf(imported, t)}
	last := &LastRead{nothing: make(importer.Record, len(t.Columns))}
	if u.Then == 0 {
		return u, last, nil
	}
	u.Unknown = u.Then
	brought, err := in.LastReadSnapshots(ctx, t)
	if err != nil && !dropped.HasDropped(nil, err) {
		return u, last, err
	}
	of := map[importer.Snapshot]importer.ColumnSet{}
	for i, column := range t.Columns {
		if s, known := brought[column.Name]; known && u.Then.Has(i) && !dropped.HasDropped(s, nil) {
			of[s] |= 1 << i
			u.Unknown &^= 1 << i
		}
	}
	return u, last, last.addWays(of, t)
}

func (l *LastRead) addWays(of map[importer.Snapshot]importer.ColumnSet, t *importer.Table) error {
	for s, columns := range of {
		records, err := newWay(s, t)
		if err != nil {
			return err
		}
		l.ways = append(l.ways, lastWay{columns, records})
	}
	return nil
}

// Stop releases the snapshots.
func (l *LastRead) Stop() {
	for _, way := range l.ways {
		way.records.stop()
	}
}

// CompleteRecords fills the columns into records with that key. Keys must come in order. A
// record that did not exist when a column was read has no value there.
func (l *LastRead) CompleteRecords(key string, imported ...*importer.Record) error {
	for _, way := range l.ways {
		record, err := way.records.findKey(key)
		if err != nil {
			return err
		}
		if record == nil {
			record = l.nothing
		}
		for _, of := range imported {
			*of = of.WithColumns(record, way.columns)
		}
	}
	return nil
}
