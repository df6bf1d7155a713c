package state

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"time"

	"github.com/eshopos/eshopctl/importer"
)

// remarksName is where the remarks of a snapshot stand among its tables.
const (
	remarksName  = "remarks"
	remarkValues = 7
)

// pendingBytes is how much a writer gathers before it takes the write lock for
// a moment, so that long reads do not keep other stores waiting.
const pendingBytes = 4 << 20

// NewSnapshot begins the snapshot of a run.
func (db *DB) NewSnapshot(ctx context.Context, run string) (importer.SnapshotWriter, error) {
	err := db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO snapshots (run, store) SELECT id, store FROM runs WHERE id = ?", run)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &snapshotWriter{db: db, ctx: ctx, run: run, packer: newPacker(), remarks: newPacker(), seq: map[string]int{}}, nil
}

type snapshotWriter struct {
	db      *DB
	ctx     context.Context
	run     string
	table   *importer.Table
	packer  *packer
	remarks *packer
	seq     map[string]int // chunks so far, by table
	pending []pendingChunk
	size    int
}

type pendingChunk struct {
	table  string
	seq    int
	digest [sha256.Size]byte
	data   []byte
}

// Write adds a record.
func (w *snapshotWriter) Write(t *importer.Table, r importer.Record) error {
	if t != w.table {
		if err := w.endTable(); err != nil {
			return err
		}
		w.table = t
	}
	w.packer.add(r)
	if w.packer.full() || endsChunk(t.Key(r)) {
		return w.endChunk(t.Name, w.packer)
	}
	return nil
}

// Remark adds a remark.
func (w *snapshotWriter) Remark(r importer.Remark) error {
	w.remarks.add(importer.Record{
		importer.String(r.Code), importer.String(string(r.Severity)), importer.String(r.Resource), importer.String(r.ExternalID),
		importer.String(r.LocalID), importer.String(r.Message), importer.String(r.Hint),
	})
	if w.remarks.full() {
		return w.endChunk(remarksName, w.remarks)
	}
	return nil
}

func (w *snapshotWriter) endTable() error {
	if w.table == nil || len(w.packer.raw) == 0 {
		return nil
	}
	return w.endChunk(w.table.Name, w.packer)
}

func (w *snapshotWriter) endChunk(table string, p *packer) error {
	chunk := pendingChunk{table: table, seq: w.seq[table], digest: sha256.Sum256(p.raw), data: p.pack()}
	w.seq[table]++
	p.reset()
	w.pending = append(w.pending, chunk)
	if w.size += len(chunk.data); w.size < pendingBytes {
		return nil
	}
	return w.db.update(w.ctx, w.flush)
}

func (w *snapshotWriter) flush(tx *sql.Tx, _ time.Time) error {
	for _, chunk := range w.pending {
		if _, err := tx.ExecContext(w.ctx, "INSERT OR IGNORE INTO chunks (digest, data) VALUES (?, ?)", chunk.digest[:], chunk.data); err != nil {
			return err
		}
		if _, err := tx.ExecContext(w.ctx, "INSERT INTO snapshot_chunks (snapshot, resource, seq, digest) VALUES (?, ?, ?, ?)",
			w.run, chunk.table, chunk.seq, chunk.digest[:]); err != nil {
			return err
		}
	}
	w.pending, w.size = nil, 0
	return nil
}

// Commit makes the snapshot visible.
func (w *snapshotWriter) Commit(info importer.SnapshotInfo) (importer.Snapshot, error) {
	if err := w.endTable(); err != nil {
		return nil, err
	}
	if len(w.remarks.raw) > 0 {
		if err := w.endChunk(remarksName, w.remarks); err != nil {
			return nil, err
		}
	}
	encoded, err := json.Marshal(info)
	if err != nil {
		return nil, err
	}
	err = w.db.update(w.ctx, func(tx *sql.Tx, now time.Time) error {
		if err := w.flush(tx, now); err != nil {
			return err
		}
		_, err := tx.ExecContext(w.ctx, "UPDATE snapshots SET complete = 1, info = ? WHERE run = ?", string(encoded), w.run)
		return err
	})
	if err != nil {
		return nil, err
	}
	return w.db.Snapshot(w.ctx, w.run)
}

// Discard drops what was written. Chunks that nothing uses are pruned later.
func (w *snapshotWriter) Discard() error {
	ctx := context.WithoutCancel(w.ctx)
	return w.db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM snapshots WHERE run = ?", w.run)
		return err
	})
}

// Snapshot gives the snapshot that run read, or importer.ErrNotKept.
func (db *DB) Snapshot(ctx context.Context, run string) (importer.Snapshot, error) {
	var encoded string
	err := db.read.QueryRowContext(ctx, "SELECT info FROM snapshots WHERE run = ? AND complete = 1", run).Scan(&encoded)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, importer.ErrNotKept
	}
	if err != nil {
		return nil, unusable(db.path, err)
	}
	stored := &snapshot{db: db, ctx: ctx}
	return stored, json.Unmarshal([]byte(encoded), &stored.info)
}

type snapshot struct {
	db   *DB
	ctx  context.Context
	info importer.SnapshotInfo
}

// Info describes the snapshot.
func (s *snapshot) Info() importer.SnapshotInfo { return s.info }

// Records gives the records of a table in the order of their keys.
func (s *snapshot) Records(t *importer.Table) iter.Seq2[importer.Record, error] {
	return s.rows(t.Name, len(t.Columns))
}

// Remarks gives the remarks made while reading.
func (s *snapshot) Remarks() iter.Seq2[importer.Remark, error] {
	return func(yield func(importer.Remark, error) bool) {
		for r, err := range s.rows(remarksName, remarkValues) {
			if err != nil {
				yield(importer.Remark{}, err)
				return
			}
			remark := importer.Remark{
				Code: r[0].Text(), Severity: importer.Severity(r[1].Text()), Resource: r[2].Text(), ExternalID: r[3].Text(),
				LocalID: r[4].Text(), Message: r[5].Text(), Hint: r[6].Text(),
			}
			if !yield(remark, nil) {
				return
			}
		}
	}
}

func (s *snapshot) rows(name string, width int) iter.Seq2[importer.Record, error] {
	return s.db.chunks(s.ctx,
		`SELECT data FROM snapshot_chunks JOIN chunks USING (digest) WHERE snapshot = ? AND resource = ? AND seq = ?`,
		s.info.Run, name, func(string) int { return width })
}

// chunks gives the records of one sequence of chunks. Each chunk is its own
// short query, so that a slow reader does not hold up the log's checkpoints.
func (db *DB) chunks(ctx context.Context, query, owner, name string, width func(string) int) iter.Seq2[importer.Record, error] {
	return func(yield func(importer.Record, error) bool) {
		for seq := 0; ; seq++ {
			var data []byte
			err := db.read.QueryRowContext(ctx, query, owner, name, seq).Scan(&data)
			if errors.Is(err, sql.ErrNoRows) {
				return
			}
			if err != nil {
				yield(nil, unusable(db.path, err))
				return
			}
			for record, err := range unpack(data, width) {
				if !yield(record, err) || err != nil {
					return
				}
			}
		}
	}
}
