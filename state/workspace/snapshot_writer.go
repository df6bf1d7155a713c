package workspace

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/chunks"
)

// newSnapshotWriter begins the snapshot of a run.
func newSnapshotWriter(ctx context.Context, in *chunkStore, run string) (importer.SnapshotWriter, error) {
	err := in.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM snapshots WHERE run = ?", run); err != nil {
			return err // a first attempt of the same run was discarded
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO snapshots (run, store) SELECT id, store FROM runs WHERE id = ?", run)
		return err
	})
	if err != nil {
		return nil, err
	}
	written := &snapshotWriter{chunks: in, ctx: ctx, run: run, out: newChunkWriter(ctx, in, run),
		cutters: map[string]*chunks.Cutter{remarksOf(nil): chunks.NewRemarkCutter()}}
	for _, t := range importer.Tables() {
		written.cutters[t.Name], written.cutters[remarksOf(t)] = chunks.NewCutter(t), chunks.NewRemarkCutter()
	}
	return written, nil
}

// snapshotWriter cuts records and remarks into chunks.
type snapshotWriter struct {
	chunks  *chunkStore
	ctx     context.Context
	run     string
	out     *chunkWriter
	cutters map[string]*chunks.Cutter // by table name and by remarksOf
}

// WriteRecord adds a record.
func (w *snapshotWriter) WriteRecord(t *importer.Table, r importer.Record) error {
	if c := w.cutters[t.Name]; c.AddRecord(r) {
		return w.out.putFrom(t.Name, c)
	}
	return nil
}

// WriteRemark adds a remark.
func (w *snapshotWriter) WriteRemark(t *importer.Table, r importer.Remark) error {
	if c := w.cutters[remarksOf(t)]; c.AddRemark(r) {
		return w.out.putFrom(remarksOf(t), c)
	}
	return nil
}

// CopyTable refers to the chunks of a table, and of its remarks, in another snapshot.
func (w *snapshotWriter) CopyTable(t *importer.Table, from importer.Snapshot) error {
	return w.chunks.db.Update(w.ctx, func(tx *sql.Tx, _ time.Time) error {
		var kept bool
		if err := tx.QueryRowContext(w.ctx, "SELECT complete FROM snapshots WHERE run = ? AND complete",
			from.Info().Run).Scan(&kept); err != nil {
			return fmt.Errorf("the snapshot of %s: %w", from.Info().Run, err) // pruned meanwhile
		}
		_, err := tx.ExecContext(w.ctx, `INSERT INTO snapshot_chunks (snapshot, resource, seq, digest)
			SELECT ?, resource, seq, digest FROM snapshot_chunks WHERE snapshot = ? AND resource IN (?, ?)`,
			w.run, from.Info().Run, t.Name, remarksOf(t))
		return err
	})
}

// Commit makes the snapshot visible and forgets the operations that gathered its data.
func (w *snapshotWriter) Commit(info importer.SnapshotInfo) (importer.Snapshot, error) {
	for name, c := range w.cutters {
		if err := w.out.putFrom(name, c); err != nil {
			return nil, errors.Join(err, w.out.finishStoring())
		}
	}
	if err := errors.Join(w.out.finishStoring(), failpoint.Reach("stage/written")); err != nil {
		return nil, err
	}
	var err error
	if info.Chunks, err = w.sumChunks(); err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(info)
	if err != nil {
		return nil, err
	}
	err = w.chunks.db.Update(w.ctx, func(tx *sql.Tx, _ time.Time) error {
		if _, err := tx.ExecContext(w.ctx, forgetOperations, w.run, info.Shop.AccountID); err != nil {
			return err
		}
		_, err := tx.ExecContext(w.ctx, "UPDATE snapshots SET complete = 1, info = ? WHERE run = ?", string(encoded), w.run)
		return errors.Join(err, failpoint.Reach("stage/completing"))
	})
	if err = errors.Join(err, failpoint.Reach("stage/completed")); err != nil {
		return nil, err
	}
	return findSnapshot(w.ctx, w.chunks, wholeSnapshot, w.run)
}

// sumChunks returns a checksum over the notes of the written chunks, by table.
func (w *snapshotWriter) sumChunks() (map[string]string, error) {
	written, sums := &snapshot{chunks: w.chunks, ctx: w.ctx, info: importer.SnapshotInfo{Run: w.run}}, map[string]string{}
	for name := range w.cutters {
		var sum chunks.Sum
		for chunk, err := range written.allNotes(name) {
			if err != nil {
				return nil, err
			}
			sum.AddNote(chunk)
		}
		sums[name] = sum.String()
	}
	return sums, nil
}

// Discard deletes what was written. Chunks that nothing uses are pruned later.
func (w *snapshotWriter) Discard() error {
	_ = w.out.finishStoring()                  // its error does not matter any more
	ctx, cancel := connector.ForAMoment(w.ctx) // what is left is pruned later
	defer cancel()
	return w.chunks.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM snapshots WHERE run = ?", w.run)
		return err
	})
}
