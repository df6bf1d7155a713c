package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"strconv"
	"time"

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
	return &planWriter{db: db, ctx: ctx, run: run, packer: newPacker(), seq: map[string]int{}, kept: map[string]int{}}, nil
}

type planWriter struct {
	db      *DB
	ctx     context.Context
	run     string
	table   *importer.Table
	packer  *packer
	seq     map[string]int // chunks so far, by table
	pending []pendingChunk
	size    int
	kept    map[string]int // remarks so far, by code
	remarks []importer.Remark
	told    int // remarks written so far
}

// Change adds a step.
func (w *planWriter) Change(c importer.Change) error {
	if c.Table != w.table {
		if err := w.endTable(); err != nil {
			return err
		}
		w.table = c.Table
	}
	w.packer.add(changeRecord(c))
	if w.packer.full() {
		return w.endTable()
	}
	return nil
}

func (w *planWriter) endTable() error {
	if w.table == nil || len(w.packer.raw) == 0 {
		return nil
	}
	chunk := pendingChunk{table: w.table.Name, seq: w.seq[w.table.Name], data: w.packer.pack()}
	w.seq[w.table.Name]++
	w.packer.reset()
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
	w.pending, w.size, w.remarks = nil, 0, nil
	return nil
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
	return w.db.update(w.ctx, func(tx *sql.Tx, now time.Time) error {
		if err := w.flush(tx, now); err != nil {
			return err
		}
		_, err := tx.ExecContext(w.ctx, "UPDATE plans SET complete = 1, info = ? WHERE run = ?", string(encoded), w.run)
		return err
	})
}

// Discard drops what was written.
func (w *planWriter) Discard() error {
	ctx := context.WithoutCancel(w.ctx)
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
	return plan, json.Unmarshal([]byte(encoded), &plan)
}

// Changes gives the stored changes of a plan for one table, in order.
func (db *DB) Changes(ctx context.Context, plan string, t *importer.Table) iter.Seq2[importer.Change, error] {
	return func(yield func(importer.Change, error) bool) {
		for record, err := range db.chunks(ctx, "SELECT data FROM plan_chunks WHERE plan = ? AND resource = ? AND seq = ?", plan, t.Name, changeWidth) {
			if err != nil {
				yield(importer.Change{}, err)
				return
			}
			if !yield(changeOf(t, record), nil) {
				return
			}
		}
	}
}

// A change is stored as a record: the number of its values, what it does to
// which row, and for each field its column, old and new value.
const changeHead = 6

func changeRecord(c importer.Change) importer.Record {
	r := importer.Record{
		importer.Whole(int64(changeHead + 3*len(c.Fields))), importer.String(string(c.Action)), importer.String(c.Key),
		importer.String(c.LocalID), importer.Flag(c.Drifted), importer.String(string(c.Seen[:])),
	}
	for _, field := range c.Fields {
		r = append(r, importer.Whole(int64(field.Column)), field.Old, field.New)
	}
	return r
}

// changeWidth reads how many values the next change has from its first.
func changeWidth(rest string) int {
	first, _, err := importer.CutRecord(rest, 1)
	if err != nil {
		return changeHead
	}
	return int(first[0].Int())
}

func changeOf(t *importer.Table, r importer.Record) importer.Change {
	drifted, _ := strconv.ParseBool(r[4].Text())
	c := importer.Change{
		Action: importer.Action(r[1].Text()), Table: t, Key: r[2].Text(), LocalID: r[3].Text(), Drifted: drifted,
	}
	copy(c.Seen[:], r[5].Text())
	for field := r[changeHead:]; len(field) >= 3; field = field[3:] {
		c.Fields = append(c.Fields, importer.FieldChange{Column: int(field[0].Int()), Old: field[1], New: field[2]})
	}
	return c
}
