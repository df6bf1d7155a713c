package state

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/chunks"
	"github.com/eshopos/eshopctl/state/sqlite"
)

// NewSnapshot begins the snapshot of a run.
func (db *DB) NewSnapshot(ctx context.Context, run string) (importer.SnapshotWriter, error) {
	err := db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM snapshots WHERE run = ?", run); err != nil {
			return err // it was read before, in vain
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO snapshots (run, store) SELECT id, store FROM runs WHERE id = ?", run)
		return err
	})
	if err != nil {
		return nil, err
	}
	w := &snapshotWriter{db: db, ctx: ctx, run: run, press: newPress(ctx, db, run), cutters: map[string]*chunks.Cutter{remarksOf(nil): chunks.NewRemarkCutter()}}
	for _, t := range importer.Tables() {
		w.cutters[t.Name], w.cutters[remarksOf(t)] = chunks.NewCutter(t), chunks.NewRemarkCutter()
	}
	return w, nil
}

// snapshotWriter cuts records and remarks into chunks.
type snapshotWriter struct {
	db      *DB
	ctx     context.Context
	run     string
	press   *press
	cutters map[string]*chunks.Cutter // by table, and for the remarks on each
}

// Write adds a record.
func (w *snapshotWriter) Write(t *importer.Table, r importer.Record) error {
	if c := w.cutters[t.Name]; c.Add(r) {
		return w.press.put(t.Name, c)
	}
	return nil
}

// remarksOf is where the remarks that follow from a table's records stand among
// the tables; those about the reading itself stand first.
func remarksOf(t *importer.Table) string {
	if t == nil {
		return "remarks"
	}
	return "remarks on " + t.Name
}

// Remark adds a remark.
func (w *snapshotWriter) Remark(t *importer.Table, r importer.Remark) error {
	if c := w.cutters[remarksOf(t)]; c.AddRemark(r) {
		return w.press.put(remarksOf(t), c)
	}
	return nil
}

// Take takes the chunks of a table, and its remarks, from another snapshot.
func (w *snapshotWriter) Take(t *importer.Table, from importer.Snapshot) error {
	return w.db.update(w.ctx, func(tx *sql.Tx, _ time.Time) error {
		var kept bool
		if err := tx.QueryRowContext(w.ctx, "SELECT complete FROM snapshots WHERE run = ? AND complete", from.Info().Run).Scan(&kept); err != nil {
			return fmt.Errorf("the snapshot of %s: %w", from.Info().Run, err) // pruned meanwhile
		}
		_, err := tx.ExecContext(w.ctx, `INSERT INTO snapshot_chunks (snapshot, resource, seq, digest)
			SELECT ?, resource, seq, digest FROM snapshot_chunks WHERE snapshot = ? AND resource IN (?, ?)`,
			w.run, from.Info().Run, t.Name, remarksOf(t))
		return err
	})
}

// Commit makes the snapshot visible, and forgets the operations that brought it.
func (w *snapshotWriter) Commit(info importer.SnapshotInfo) (importer.Snapshot, error) {
	for name, c := range w.cutters {
		if err := w.press.put(name, c); err != nil {
			return nil, errors.Join(err, w.press.close())
		}
	}
	if err := errors.Join(w.press.close(), failpoint.Reach("stage/written")); err != nil {
		return nil, err
	}
	var err error
	if info.Chunks, err = w.sums(); err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(info)
	if err != nil {
		return nil, err
	}
	err = w.db.update(w.ctx, func(tx *sql.Tx, _ time.Time) error {
		if _, err := tx.ExecContext(w.ctx, forgetOperations, w.run, info.Shop.AccountID); err != nil {
			return err
		}
		_, err := tx.ExecContext(w.ctx, "UPDATE snapshots SET complete = 1, info = ? WHERE run = ?", string(encoded), w.run)
		return errors.Join(err, failpoint.Reach("stage/completing"))
	})
	if err = errors.Join(err, failpoint.Reach("stage/completed")); err != nil {
		return nil, err
	}
	return w.db.Snapshot(w.ctx, w.run)
}

// sums stand for what is noted of the chunks that were written.
func (w *snapshotWriter) sums() (map[string]string, error) {
	written, sums := &snapshot{db: w.db, ctx: w.ctx, info: importer.SnapshotInfo{Run: w.run}}, map[string]string{}
	for name := range w.cutters {
		var sum chunks.Sum
		for chunk, err := range written.noted(name) {
			if err != nil {
				return nil, err
			}
			sum.Add(chunk)
		}
		sums[name] = sum.String()
	}
	return sums, nil
}

// Discard drops what was written. Chunks that nothing uses are pruned later.
func (w *snapshotWriter) Discard() error {
	_ = w.press.close()                        // what it could not write is not wanted
	ctx, cancel := connector.ForAMoment(w.ctx) // what is left is pruned later
	defer cancel()
	return w.db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM snapshots WHERE run = ?", w.run)
		return err
	})
}

// Snapshot gives the snapshot that run read, or importer.ErrNotKept.
func (db *DB) Snapshot(ctx context.Context, run string) (importer.Snapshot, error) {
	return db.snapshot(ctx, "SELECT run, info FROM snapshots WHERE run = ? AND complete", run)
}

// LastSnapshot gives the newest snapshot of a connector, or importer.ErrNotKept.
func (db *DB) LastSnapshot(ctx context.Context, of connector.ID) (importer.Snapshot, error) {
	return db.snapshot(ctx, `SELECT run, info FROM snapshots JOIN runs ON runs.id = run
		WHERE runs.store = ? AND provider = ? AND complete ORDER BY seq DESC LIMIT 1`, of.Store, of.Provider)
}

func (db *DB) snapshot(ctx context.Context, query string, args ...any) (importer.Snapshot, error) {
	var run, encoded string
	err := db.read.QueryRowContext(ctx, query, args...).Scan(&run, &encoded)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, importer.ErrNotKept
	}
	if err != nil {
		return nil, unusable(db.path, err)
	}
	stored := &snapshot{db: db, ctx: ctx}
	if err := json.Unmarshal([]byte(encoded), &stored.info); err != nil {
		return nil, db.unreadable(run, err)
	}
	if stored.info.Run != run {
		return nil, db.unreadable(run, chunks.ErrDamaged)
	}
	return stored, nil
}

// unreadable is the error of what is stored of a run, unless the file itself failed.
// From then on nothing is shared with what is stored without a look at it.
func (db *DB) unreadable(run string, err error) error {
	var file *UnusableError
	if err == nil || sqlite.IsEngineError(err) || errors.As(err, &file) || sqlite.IsStopped(err) {
		return unusable(db.path, err)
	}
	db.doubts.Store(true)
	return &importer.UnreadableError{Run: run, Err: err}
}

type snapshot struct {
	db   *DB
	ctx  context.Context
	info importer.SnapshotInfo
}

// Info describes the snapshot.
func (s *snapshot) Info() importer.SnapshotInfo { return s.info }

// chunksAtOnce is how many descriptions of chunks one short query reads, so that
// a slow reader does not hold up the log's checkpoints.
const chunksAtOnce = 512

// Chunks gives the chunks of a table in the order of their keys.
func (s *snapshot) Chunks(t *importer.Table) iter.Seq2[importer.Chunk, error] {
	return func(yield func(importer.Chunk, error) bool) {
		for chunk, err := range s.noted(t.Name) {
			if !yield(chunk.Chunk, err) {
				return
			}
		}
	}
}

// noted gives what is noted of the chunks of a table, or of remarks.
func (s *snapshot) noted(resource string) iter.Seq2[chunks.Noted, error] {
	return func(yield func(chunks.Noted, error) bool) {
		var sum chunks.Sum
		for from := 0; ; from += chunksAtOnce {
			some, err := s.someChunks(resource, from)
			if err != nil {
				yield(chunks.Noted{}, s.unreadable(err))
				return
			}
			for _, chunk := range some {
				sum.Add(chunk)
				if !yield(chunk, nil) {
					return
				}
			}
			if len(some) < chunksAtOnce {
				if !s.stored(resource, sum) {
					yield(chunks.Noted{}, s.unreadable(errChunks))
				}
				return
			}
		}
	}
}

// stored reports whether chunks of that sum are those that were stored of a table. Of a
// table that the program of that day did not have there are none.
func (s *snapshot) stored(resource string, sum chunks.Sum) bool {
	wanted, noted := s.info.Chunks[resource]
	return s.info.Chunks == nil || sum.String() == wanted || !noted && sum == chunks.Sum{}
}

var errChunks = errors.New("its chunks are not those that were stored")

func (s *snapshot) someChunks(resource string, from int) ([]chunks.Noted, error) {
	rows, err := s.db.often.QueryContext(s.ctx, `SELECT digest, coalesce(last, ''), coalesce(records, -1), coalesce(in_stock, 0), coalesce(sound, 0), coalesce(base, '')
		FROM snapshot_chunks LEFT JOIN chunks USING (digest) WHERE snapshot = ? AND resource = ? AND seq >= ? AND seq < ? ORDER BY seq`, s.info.Run, resource, from, from+chunksAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var some []chunks.Noted
	last := ""
	for rows.Next() {
		var chunk chunks.Noted
		if err := rows.Scan(&chunk.Digest, &chunk.Last, &chunk.Records, &chunk.InStock, &chunk.Sound, &chunk.Base); err != nil {
			return nil, err
		}
		if chunk.Records == -1 {
			return nil, errChunkGone
		}
		if err := chunk.Check(last); err != nil {
			return nil, err
		}
		last = chunk.Last
		some = append(some, chunk)
	}
	return some, rows.Err()
}

// Unpack gives the records of a chunk of the table.
func (s *snapshot) Unpack(t *importer.Table, c importer.Chunk) (importer.Packed, error) {
	records, err := s.db.records(s.ctx, t, c.Digest)
	return records, s.unreadable(err)
}

// records gives the records of a chunk of the table.
func (db *DB) records(ctx context.Context, t *importer.Table, digest string) (records importer.Packed, err error) {
	chunk, err := db.stored(ctx, digest)
	switch {
	case err != nil:
		return records, err
	case chunk.base == "":
		return chunk.Records(t)
	}
	base, err := db.stored(ctx, chunk.base)
	if err != nil {
		return records, err
	}
	return chunk.Over(base.Stored, t)
}

// storedChunk is a chunk of a snapshot.
type storedChunk struct {
	chunks.Stored
	base string // digest of the chunk that this one is edits of, "" for most
}

// stored unpacks what is stored of a chunk.
func (db *DB) stored(ctx context.Context, digest string) (chunk storedChunk, err error) {
	err = db.often.QueryRowContext(ctx, "SELECT data, coalesce(base, '') FROM chunks WHERE digest = ?", []byte(digest)).Scan(&chunk.Stored, &chunk.base)
	if errors.Is(err, sql.ErrNoRows) {
		return chunk, errChunkGone
	}
	return chunk, cmp.Or(unusable(db.path, err), chunk.Err())
}

var errChunkGone = errors.New("a stored chunk is gone")

func (s *snapshot) unreadable(err error) error { return s.db.unreadable(s.info.Run, err) }

// Remarks gives the remarks made while reading, table by table.
func (s *snapshot) Remarks() iter.Seq2[importer.Remark, error] {
	return func(yield func(importer.Remark, error) bool) {
		for _, t := range append([]*importer.Table{nil}, importer.Tables()...) {
			for remark, err := range s.RemarksOn(t) {
				if !yield(remark, err) || err != nil {
					return
				}
			}
		}
	}
}

// RemarksOn gives the remarks that follow from the records of t, or those about the
// reading itself when t is nil.
func (s *snapshot) RemarksOn(t *importer.Table) iter.Seq2[importer.Remark, error] {
	return func(yield func(importer.Remark, error) bool) {
		for chunk, err := range s.noted(remarksOf(t)) {
			var records importer.Packed
			if err == nil {
				records, err = s.Unpack(chunks.RemarkTable, chunk.Chunk)
			}
			if err != nil {
				yield(importer.Remark{}, err)
				return
			}
			for remark, err := range chunks.Remarks(records) {
				if !yield(remark, s.unreadable(err)) || err != nil {
					return
				}
			}
		}
	}
}
