package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
)

// NewPlan begins the plan of a run.
func (db *DB) NewPlan(ctx context.Context, run string) (importer.PlanWriter, error) {
	err := db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO plans (run, store) SELECT id, store FROM runs WHERE id = ?", run)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := failpoint.Reach("plan/begun"); err != nil {
		return nil, err
	}
	return &planWriter{db: db, ctx: ctx, run: run, seq: map[string]int{}, kept: map[string]int{}}, nil
}

type planWriter struct {
	db      *DB
	ctx     context.Context
	run     string
	table   *importer.Table
	raw     []byte // changes that make no chunk yet
	encoder encoder
	seq     map[string]int // chunks so far, by table
	pending []planChunk
	size    int
	kept    map[string]int // remarks so far, by code
	remarks []importer.Remark
	told    int // remarks written so far
	found   []planFound
}

// planFound is a row that is not what was imported, though nobody touched it.
type planFound struct {
	table *importer.Table
	key   string
}

type planChunk struct {
	table string
	seq   int
	data  []byte
}

// Change adds a step.
func (w *planWriter) Change(c importer.Change) error {
	if c.Table != w.table {
		if err := w.endTable(); err != nil {
			return err
		}
		w.table = c.Table
	}
	if c.Moved == importer.ByNeither {
		w.found = append(w.found, planFound{c.Table, c.Key})
	}
	if len(w.raw) == 0 {
		w.raw = append(w.raw, columnHead(c.Table)...)
	}
	if w.raw = importer.AppendRecord(w.raw, changeRecord(c)); len(w.raw) < chunkBytes {
		return nil
	}
	return w.endTable()
}

func (w *planWriter) endTable() error {
	if len(w.raw) == 0 {
		return nil
	}
	chunk := planChunk{w.table.Name, w.seq[w.table.Name], w.encoder.pack(w.raw)}
	w.seq[w.table.Name]++
	w.raw = w.raw[:0]
	w.pending = append(w.pending, chunk)
	if w.size += len(chunk.data); w.size < pendingBytes {
		return nil
	}
	return w.db.update(w.ctx, w.flush)
}

// Remark adds a remark, unless there are enough of its code.
func (w *planWriter) Remark(r importer.Remark) error {
	if w.kept[r.Code]++; w.kept[r.Code] > importer.RemarksKept {
		return nil
	}
	if w.remarks = append(w.remarks, r); len(w.remarks) < 1000 {
		return nil
	}
	return w.db.update(w.ctx, w.flush)
}

func (w *planWriter) flush(tx *sql.Tx, _ time.Time) error {
	for _, chunk := range w.pending {
		if _, err := tx.ExecContext(w.ctx, "INSERT INTO plan_chunks (plan, resource, seq, data) VALUES (?, ?, ?, ?)",
			w.run, chunk.table, chunk.seq, chunk.data); err != nil {
			return err
		}
	}
	for _, r := range w.remarks {
		if _, err := tx.ExecContext(w.ctx, `INSERT INTO remarks (run, seq, code, severity, resource, external_id, local_id, message, hint)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, w.run, w.told, r.Code, string(r.Severity), r.Resource, r.ExternalID, r.LocalID, r.Message, r.Hint); err != nil {
			return err
		}
		w.told++
	}
	for _, f := range w.found {
		keys := append(importer.SplitKey(f.key), "")
		if _, err := tx.ExecContext(w.ctx, `INSERT OR REPLACE INTO edits (account, resource, key1, key2, found)
			SELECT accounts.id, ?2, ?3, ?4, 1 FROM accounts JOIN runs USING (store, provider) WHERE runs.id = ?1 AND external_id = account_id`,
			w.run, f.table.Name, keys[0], keys[1]); err != nil {
			return err
		}
	}
	w.pending, w.size, w.remarks, w.found = nil, 0, nil, nil
	return failpoint.Reach("plan/chunks")
}

// Commit makes the plan visible.
func (w *planWriter) Commit(plan importer.Plan) error {
	if err := w.endTable(); err != nil {
		return err
	}
	encoded, err := json.Marshal(plan)
	if err != nil {
		return err
	}
	err = w.db.update(w.ctx, func(tx *sql.Tx, now time.Time) error {
		if err := w.flush(tx, now); err != nil {
			return err
		}
		_, err := tx.ExecContext(w.ctx, "UPDATE plans SET complete = 1, info = ? WHERE run = ?", string(encoded), w.run)
		return errors.Join(err, failpoint.Reach("plan/completing"))
	})
	return errors.Join(err, failpoint.Reach("plan/completed"))
}

// Discard drops what was written.
func (w *planWriter) Discard() error {
	ctx, cancel := connector.ForAMoment(w.ctx) // what is left is pruned later
	defer cancel()
	return w.db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM remarks WHERE run = ?", w.run); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM plans WHERE run = ?", w.run)
		return err
	})
}

// Plan gives the plan that run made, or importer.ErrNotKept.
func (db *DB) Plan(ctx context.Context, run string) (importer.Plan, error) {
	var encoded string
	err := db.read.QueryRowContext(ctx, "SELECT info FROM plans WHERE run = ? AND complete = 1", run).Scan(&encoded)
	if errors.Is(err, sql.ErrNoRows) {
		return importer.Plan{}, importer.ErrNotKept
	}
	if err != nil {
		return importer.Plan{}, unusable(db.path, err)
	}
	var plan importer.Plan
	if err := json.Unmarshal([]byte(encoded), &plan); err != nil {
		return plan, db.unreadable(run, err)
	}
	if plan.ID != run {
		return plan, db.unreadable(run, errors.New("it names another run"))
	}
	return plan, nil
}

// Changes gives the stored changes of a plan for one table, in order. Each chunk
// is read by a short query of its own.
func (db *DB) Changes(ctx context.Context, plan string, t *importer.Table) iter.Seq2[importer.Change, error] {
	return func(yield func(importer.Change, error) bool) {
		for seq := 0; ; seq++ {
			var chunk stored
			err := db.often.QueryRowContext(ctx, "SELECT data FROM plan_chunks WHERE plan = ? AND resource = ? AND seq = ?", plan, t.Name, seq).Scan(&chunk)
			if errors.Is(err, sql.ErrNoRows) {
				return
			}
			for change, err := range changesIn(chunk, t, err) {
				if !yield(change, db.unreadable(plan, err)) || err != nil {
					return
				}
			}
		}
	}
}

// changesIn gives the changes of a chunk, unless that could not be had.
func changesIn(chunk stored, t *importer.Table, err error) iter.Seq2[importer.Change, error] {
	return func(yield func(importer.Change, error) bool) {
		var columns []string
		var raw string
		if err == nil {
			columns, raw, err = chunk.open(t)
		}
		layout := t.LaidOut(columnsOnly(columns))
		for err == nil && raw != "" {
			var change importer.Change
			if change, raw, err = cutChange(t, layout, raw); err == nil && !yield(change, nil) {
				return
			}
		}
		if err != nil {
			yield(importer.Change{}, err)
		}
	}
}

// columnsOnly leaves out what snapshots once held behind the columns.
func columnsOnly(names []string) []string {
	if end := slices.Index(names, ""); end >= 0 {
		return names[:end]
	}
	return names
}

// A change is stored as a record: the number of its values, what it does to
// which row, then for each field its column, old and new value, and last what
// was imported before, if that is known, or that a row goes whose record was rejected, or
// that columns are only filled.
const changeHead = 11

const (
	rejectedRecord = "rejected"
	filledRecord   = "filled"
)

func changeRecord(c importer.Change) importer.Record {
	r := importer.Record{
		importer.Whole(int64(len(c.Fields))), importer.String(string(c.Action)), importer.String(c.Key), importer.String(c.LocalID),
		importer.Flag(c.Drifted), importer.Flag(c.Both), importer.Flag(c.Foreign), importer.Whole(int64(c.Records)), importer.String(string(c.Seen[:])),
		importer.String(string(c.Moved)), importer.Flag(c.Zeroed),
	}
	for _, field := range c.Fields {
		r = append(r, importer.Whole(int64(field.Column)), field.Old, field.New)
	}
	if c.Rejected && c.Action == importer.Remove {
		return append(r, importer.String(rejectedRecord))
	}
	if c.Filled {
		return append(r, importer.String(filledRecord))
	}
	r = append(r, importer.Flag(c.Imported != nil))
	return append(r, c.Imported...)
}

func cutChange(t *importer.Table, layout importer.Layout, raw string) (c importer.Change, rest string, err error) {
	head, raw, err := importer.CutRecord(raw, changeHead)
	if err != nil {
		return c, "", err
	}
	c = importer.Change{
		Action: importer.Action(head[1].Text()), Table: t, Key: head[2].Text(), LocalID: head[3].Text(),
		Drifted: head[4].Is(true), Both: head[5].Is(true), Foreign: head[6].Is(true), Records: int(head[7].Int()), Saw: layout,
	}
	copy(c.Seen[:], head[8].Text())
	c.Moved, c.Zeroed = importer.Moved(head[9].Text()), head[10].Is(true)
	fields, raw, err := importer.CutRecord(raw, 3*int(head[0].Int())+1)
	if err != nil {
		return c, "", err
	}
	for ; len(fields) > 3; fields = fields[3:] {
		if column := layout.Place(int(fields[0].Int())); column >= 0 {
			c.Fields = append(c.Fields, importer.FieldChange{Column: column, Old: fields[1], New: fields[2]})
		}
	}
	c.Rejected = c.Action == importer.Reject || fields[0].Text() == rejectedRecord
	c.Filled = fields[0].Text() == filledRecord
	if fields[0].Is(true) {
		c.Imported, raw, err = layout.Cut(raw)
	}
	return c, raw, err
}
