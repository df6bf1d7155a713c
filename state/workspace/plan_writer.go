package workspace

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/chunks"
	"github.com/eshopos/eshopctl/state/engine"
)

// newPlanWriter begins the plan of a run.
func newPlanWriter(ctx context.Context, db *engine.DB, run string) (importer.PlanWriter, error) {
	err := db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
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

// planWriter writes the changes of a plan in chunks.
type planWriter struct {
	db      *engine.DB
	ctx     context.Context
	run     string
	changes chunks.Changes
	seq     map[string]int // chunks so far, by table
	pending []planChunk
	size    int
	kept    map[string]int // remarks so far, by code
	remarks []importer.Remark
	told    int // remarks that are stored so far
	found   []planFound
}

// planFound is a row that differs from what was imported though no edit of it is known.
// Only a reconciliation finds such rows.
type planFound struct {
	table *importer.Table
	key   string
}

type planChunk struct {
	table string
	seq   int
	data  []byte
}

// WriteChange adds a change.
func (w *planWriter) WriteChange(c importer.Change) error {
	if c.Table != w.changes.Table() {
		if err := w.endChunk(); err != nil {
			return err
		}
	}
	if c.Moved == importer.ByNeither {
		w.found = append(w.found, planFound{c.Table, c.Key})
	}
	if ends := w.changes.AddChange(c); !ends {
		return nil
	}
	return w.endChunk()
}

// endChunk packs the collected changes, if there are any.
func (w *planWriter) endChunk() error {
	t := w.changes.Table()
	if t == nil {
		return nil
	}
	chunk := planChunk{t.Name, w.seq[t.Name], w.changes.PackChunk()}
	w.seq[t.Name]++
	w.pending = append(w.pending, chunk)
	if w.size += len(chunk.data); w.size < pendingBytes {
		return nil
	}
	return w.db.Update(w.ctx, w.writePending)
}

// WriteRemark adds a remark, unless enough remarks of its code are stored.
func (w *planWriter) WriteRemark(r importer.Remark) error {
	if w.kept[r.Code]++; w.kept[r.Code] > importer.RemarksKept {
		return nil
	}
	if w.remarks = append(w.remarks, r); len(w.remarks) < 1000 {
		return nil
	}
	return w.db.Update(w.ctx, w.writePending)
}

func (w *planWriter) writePending(tx *sql.Tx, _ time.Time) error {
	for _, chunk := range w.pending {
		if _, err := tx.ExecContext(w.ctx, "INSERT INTO plan_chunks (plan, resource, seq, data) VALUES (?, ?, ?, ?)",
			w.run, chunk.table, chunk.seq, chunk.data); err != nil {
			return err
		}
	}
	if err := w.writeRemarks(tx); err != nil {
		return err
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

func (w *planWriter) writeRemarks(tx *sql.Tx) error {
	insert, err := tx.PrepareContext(w.ctx, `INSERT INTO remarks (run, seq, code, severity, resource, external_id, local_id, message, hint)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, r := range w.remarks {
		if _, err := insert.ExecContext(w.ctx, w.run, w.told, r.Code, string(r.Severity), r.Resource, r.ExternalID, r.LocalID,
			r.Message, r.Next.Stored()); err != nil {
			return err
		}
		w.told++
	}
	return nil
}

// Commit makes the plan visible.
func (w *planWriter) Commit(plan importer.Plan) error {
	if err := w.endChunk(); err != nil {
		return err
	}
	encoded, err := json.Marshal(plan)
	if err != nil {
		return err
	}
	err = w.db.Update(w.ctx, func(tx *sql.Tx, now time.Time) error {
		if err := w.writePending(tx, now); err != nil {
			return err
		}
		_, err := tx.ExecContext(w.ctx, "UPDATE plans SET complete = 1, info = ? WHERE run = ?", string(encoded), w.run)
		return errors.Join(err, failpoint.Reach("plan/completing"))
	})
	return errors.Join(err, failpoint.Reach("plan/completed"))
}

// Discard deletes what was written.
func (w *planWriter) Discard() error {
	ctx, cancel := connector.ForAMoment(w.ctx) // what is left is pruned later
	defer cancel()
	return w.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM remarks WHERE run = ?", w.run); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM plans WHERE run = ?", w.run)
		return err
	})
}
