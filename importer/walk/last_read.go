package walk

import (
	"context"

	"github.com/eshopos/eshopctl/importer"
)

// LastRead tells what was imported last into columns that were not read since. Without it
// nobody could tell an edit there from a change in the shop.
type LastRead struct {
	ways    []lastWay
	nothing importer.Record
}

// lastWay is the way through what one snapshot brought last.
type lastWay struct {
	columns importer.ColumnSet
	records *way
}

// UnreadSince finds the columns of t that are not read now, or were not read into what was
// imported, and what was imported into these before.
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

// Stop ends the ways through the snapshots.
func (l *LastRead) Stop() {
	for _, way := range l.ways {
		way.records.stop()
	}
}

// CompleteRecords completes records of what was imported of a key. Keys come in order. One that was
// not there when a column was read got nothing into it.
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
