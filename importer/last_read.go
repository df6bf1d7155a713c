package importer

import (
	"context"
	"errors"
)

// lastRead tells what was imported last into columns that were not read since. Without it
// nobody could tell an edit there from a change in the shop.
type lastRead struct {
	ways    []lastWay
	nothing Record
}

// lastWay is the way through what one snapshot brought last.
type lastWay struct {
	columns columns
	records *stretch
}

// unreadSince finds the columns of t that are not read now, or were not read into what was
// imported, and what was imported into these before.
func unreadSince(ctx context.Context, in CatalogReader, t *Table, fresh, imported Snapshot, dropped dropped) (unread, *lastRead, error) {
	u, last := unread{now: fresh.Info().unread(t), then: unreadOf(imported, t)}, &lastRead{nothing: make(Record, len(t.Columns))}
	if u.then == 0 {
		return u, last, nil
	}
	u.unknown = u.then
	brought, err := in.LastRead(ctx, t)
	if err != nil && !dropped.had(nil, err) {
		return u, last, err
	}
	of := map[Snapshot]columns{}
	for i, column := range t.Columns {
		if s, known := brought[column.Name]; known && u.then.has(i) && !dropped.had(s, nil) {
			of[s] |= 1 << i
			u.unknown &^= 1 << i
		}
	}
	return u, last, last.begin(of, t)
}

func (l *lastRead) begin(of map[Snapshot]columns, t *Table) error {
	for s, columns := range of {
		records, err := newStretch(s, t)
		if err != nil {
			return err
		}
		l.ways = append(l.ways, lastWay{columns, records})
	}
	return nil
}

func (l *lastRead) stop() {
	for _, way := range l.ways {
		way.records.stop()
	}
}

// into completes records of what was imported of a key. Keys come in order. One that was
// not there when a column was read got nothing into it.
func (l *lastRead) into(key string, imported ...*Record) error {
	for _, way := range l.ways {
		record, err := way.records.find(key)
		if err != nil {
			return err
		}
		if record == nil {
			record = l.nothing
		}
		for _, of := range imported {
			*of = of.keeping(record, way.columns)
		}
	}
	return nil
}

// bring notes what the table is brought to. Columns that are not read hold what was brought
// into them before.
func (a *applying) bring(t *Table) error {
	without := a.snapshot.Info().unread(t)
	if without != 0 {
		if err := a.noteUnread(t, without); err != nil && StoredBadly(err) == nil {
			return err
		}
	}
	return a.to.Brought(a.ctx, t, a.plan.Snapshot, t.names(without))
}

// noteUnread notes the columns that are not read any more. Where it is not kept what was
// imported, nobody knows what came into them.
func (a *applying) noteUnread(t *Table, without columns) error {
	before, err := a.to.Imported(a.ctx, t)
	if errors.Is(err, ErrNotKept) {
		never, err := a.to.Empty(a.ctx, t)
		if err != nil || !never {
			return err
		}
	} else if err != nil {
		return err
	}
	return a.to.Unread(a.ctx, t, t.names(without&^unreadOf(before, t)))
}

// forget forgets the edits that the plan saw, unless they may be of what is not read.
func (a *applying) forget(t *Table) error {
	if a.snapshot.Info().unread(t) != 0 {
		return nil
	}
	return a.to.Forget(a.ctx, t, a.plan.Edits)
}
