package catalog

import (
	"context"
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/chunks"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/tables"
)

// ImportedSnapshot returns the snapshot from which a table was imported last, or
// importer.ErrNotKept.
func (c rows) ImportedSnapshot(ctx context.Context, t *importer.Table) (importer.Snapshot, error) {
	return c.space.SnapshotBy(ctx, "SELECT run, info FROM imported JOIN snapshots ON run = snapshot WHERE account = ? AND resource = ?", c.account, t.Name)
}

// LastReadSnapshots returns the snapshots from which columns were imported last that
// ImportedSnapshot lacks.
func (c rows) LastReadSnapshots(ctx context.Context, t *importer.Table) (map[string]importer.Snapshot, error) {
	runs, err := c.lastRead(ctx, t)
	if err != nil {
		return nil, err
	}
	snapshots := map[string]importer.Snapshot{"": nil}
	last := map[string]importer.Snapshot{}
	for field, run := range runs {
		s, found := snapshots[run]
		if !found {
			if s, err = c.space.SnapshotBy(ctx, "SELECT run, info FROM snapshots WHERE run = ?", run); errors.Is(err, importer.ErrNotKept) {
				continue
			}
			if err != nil {
				return nil, err
			}
			snapshots[run] = s
		}
		last[field] = s
	}
	return last, nil
}

func (c rows) lastRead(ctx context.Context, t *importer.Table) (map[string]string, error) {
	found, err := c.from.QueryContext(ctx, "SELECT field, snapshot FROM last_read WHERE account = ? AND resource = ?", c.account, t.Name)
	if err != nil {
		return nil, c.db.Unusable(err)
	}
	defer found.Close()
	runs := map[string]string{}
	for found.Next() {
		var field, run string
		if err := found.Scan(&field, &run); err != nil {
			return nil, c.db.Unusable(err)
		}
		runs[field] = run
	}
	return runs, c.db.Unusable(found.Err())
}

// Deviations yields the rows of a table that were left alone or edited since. An edit may
// have removed the key of a row, which then cannot be named: if there is any edit, allNamed
// looks for such rows.
func (c rows) Deviations(ctx context.Context, t *importer.Table) iter.Seq2[importer.Deviation, error] {
	return func(yield func(importer.Deviation, error) bool) {
		found, err := c.from.QueryContext(ctx, `SELECT key1, key2, max(edited), max(found), max(left_alone), max(record) FROM (
			SELECT key1, key2, 0 AS edited, 0 AS found, 1 AS left_alone, record FROM left_alone WHERE account = ?1 AND resource = ?2 UNION ALL
			SELECT key1, key2, 1, found, 0, NULL FROM edits WHERE account = ?1 AND resource = ?2) GROUP BY key1, key2 ORDER BY key1, key2`, c.account, t.Name)
		if err != nil {
			yield(importer.Deviation{}, c.db.Unusable(err))
			return
		}
		defer found.Close()
		looked := false
		for found.Next() {
			deviation, err := scanDeviation(t, found)
			if err == nil && deviation.Edited && !looked {
				looked, err = true, c.allNamed(ctx, t)
			}
			if !yield(deviation, c.db.Unusable(err)) || err != nil {
				return
			}
		}
		if err := found.Err(); err != nil {
			yield(importer.Deviation{}, c.db.Unusable(err))
		}
	}
}

func scanDeviation(t *importer.Table, from tables.Scanner) (d importer.Deviation, err error) {
	var keys [2]string
	var record []byte
	if err := from.Scan(&keys[0], &keys[1], &d.Edited, &d.Found, &d.Left, &record); err != nil {
		return d, err
	}
	d.Key = importer.JoinKey(keys[:len(t.Keys)]...)
	if record != nil {
		d.Imported, err = chunks.DecodeSingle(t, record)
	}
	return d, err
}

// allNamed returns an error if a row of the account lacks its key.
func (c rows) allNamed(ctx context.Context, t *importer.Table) error {
	if t.Linkable {
		return nil
	}
	l := tables.InSQL(t)
	_, _, err := c.queryRow(ctx, l, l.SelectKeyless(), c.account)
	return err
}

// NoteUnread remembers that columns, which are not read any more, were imported from the
// present ImportedSnapshot.
func (w *catalogWriter) NoteUnread(ctx context.Context, t *importer.Table, fields []string) error {
	return w.exec(ctx, `INSERT OR REPLACE INTO last_read (account, resource, field, snapshot)
		SELECT ?1, ?2, value, coalesce((SELECT snapshot FROM imported WHERE account = ?1 AND resource = ?2), '') FROM json_each(?3)`, w.account, t.Name, engine.EncodeList(fields))
}

// NoteBrought remembers from which snapshot the table is imported, and forgets
// LastReadSnapshots of columns that this snapshot has.
func (w *catalogWriter) NoteBrought(ctx context.Context, t *importer.Table, snapshot string, without []string) error {
	if err := w.exec(ctx, "DELETE FROM last_read WHERE account = ? AND resource = ? AND field NOT IN (SELECT value FROM json_each(?))", w.account, t.Name, engine.EncodeList(without)); err != nil {
		return err
	}
	if err := w.exec(ctx, "INSERT OR REPLACE INTO imported (account, resource, snapshot) VALUES (?, ?, ?)", w.account, t.Name,
		snapshot); err != nil {
		return err
	}
	return w.exec(ctx, "DELETE FROM left_alone WHERE account = ? AND resource = ?", w.account, t.Name)
}

// NoteLeftAlone remembers a row that the import leaves as it is.
func (w *catalogWriter) NoteLeftAlone(ctx context.Context, t *importer.Table, key string, imported importer.Record) error {
	keys := append(importer.SplitKey(key), "")[:2]
	var record []byte
	if imported != nil {
		record = chunks.EncodeSingle(t, imported)
	}
	return w.exec(ctx, "INSERT OR REPLACE INTO left_alone (account, resource, key1, key2, record) VALUES (?, ?, ?, ?, ?)",
		w.account, t.Name, keys[0], keys[1], record)
}

// ForgetEdits forgets the edits up to a number, except in rows that were left alone and
// cannot be compared.
func (w *catalogWriter) ForgetEdits(ctx context.Context, t *importer.Table, edits int64) error {
	return w.exec(ctx, `DELETE FROM edits WHERE account = ? AND resource = ? AND seq <= ? AND NOT EXISTS (SELECT 1 FROM left_alone AS l
		WHERE l.account = edits.account AND l.resource = edits.resource AND l.key1 = edits.key1 AND l.key2 = edits.key2 AND l.record IS NULL)`,
		w.account, t.Name, edits)
}

// DropSnapshot forgets a snapshot. Its chunks are pruned later.
func (w *catalogWriter) DropSnapshot(ctx context.Context, run string) error {
	for _, statement := range []string{
		"DELETE FROM imported WHERE snapshot = ?", "DELETE FROM last_read WHERE snapshot = ?", "DELETE FROM snapshot_chunks WHERE snapshot = ?", "DELETE FROM snapshots WHERE run = ?",
	} {
		if err := w.exec(ctx, statement, run); err != nil {
			return err
		}
	}
	return nil
}
