package workspace

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/chunks"
)

// remarksOf returns the name under which the chunks of remarks on a table are stored; those
// on the read itself if t is nil.
func remarksOf(t *importer.Table) string {
	if t == nil {
		return "remarks"
	}
	return "remarks on " + t.Name
}

// wholeSnapshot selects the complete snapshot of a run.
const wholeSnapshot = "SELECT run, info FROM snapshots WHERE run = ? AND complete"

// findSnapshot returns the snapshot whose run and info a query selects, or
// importer.ErrNotKept.
func findSnapshot(ctx context.Context, in *chunkStore, query string, args ...any) (importer.Snapshot, error) {
	var run, encoded string
	err := in.db.Read().QueryRowContext(ctx, query, args...).Scan(&run, &encoded)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, importer.ErrNotKept
	}
	if err != nil {
		return nil, in.db.Unusable(err)
	}
	stored := &snapshot{chunks: in, ctx: ctx}
	if err := json.Unmarshal([]byte(encoded), &stored.info); err != nil {
		return nil, in.unreadableError(run, err)
	}
	if stored.info.Run != run {
		return nil, in.unreadableError(run, chunks.ErrDamaged)
	}
	return stored, nil
}

// snapshot is a stored snapshot.
type snapshot struct {
	chunks *chunkStore
	ctx    context.Context
	info   importer.SnapshotInfo
}

// Info describes the snapshot.
func (s *snapshot) Info() importer.SnapshotInfo { return s.info }

// chunksAtOnce is how many notes of chunks one short query reads, so that a slow reader
// does not hold up the checkpoints of the log.
const chunksAtOnce = 512

// Chunks yields the chunks of a table in key order.
func (s *snapshot) Chunks(t *importer.Table) iter.Seq2[importer.Chunk, error] {
	return func(yield func(importer.Chunk, error) bool) {
		for chunk, err := range s.allNotes(t.Name) {
			if !yield(chunk.Chunk, err) {
				return
			}
		}
	}
}

// allNotes yields the notes of the chunks of a table or of remarks, and checks their sum at
// the end.
func (s *snapshot) allNotes(resource string) iter.Seq2[chunks.Note, error] {
	return func(yield func(chunks.Note, error) bool) {
		var sum chunks.Sum
		for from := 0; ; from += chunksAtOnce {
			some, err := s.readNotes(resource, from)
			if err != nil {
				yield(chunks.Note{}, s.unreadableError(err))
				return
			}
			for _, chunk := range some {
				sum.AddNote(chunk)
				if !yield(chunk, nil) {
					return
				}
			}
			if len(some) < chunksAtOnce {
				if !s.isWhole(resource, sum) {
					yield(chunks.Note{}, s.unreadableError(errChunks))
				}
				return
			}
		}
	}
}

// isWhole reports whether chunks with that sum are those that were stored. A table that the
// program of that day did not have has no chunks.
func (s *snapshot) isWhole(resource string, sum chunks.Sum) bool {
	wanted, noted := s.info.Chunks[resource]
	return s.info.Chunks == nil || sum.String() == wanted || !noted && sum == chunks.Sum{}
}

var errChunks = errors.New("its chunks are not those that were stored")

func (s *snapshot) readNotes(resource string, from int) ([]chunks.Note, error) {
	rows, err := s.chunks.db.Statements().QueryContext(s.ctx, `SELECT digest, coalesce(last, ''), coalesce(records, -1), coalesce(in_stock, 0), coalesce(sound, 0), coalesce(base, '')
		FROM snapshot_chunks LEFT JOIN chunks USING (digest) WHERE snapshot = ? AND resource = ? AND seq >= ? AND seq < ? ORDER BY seq`, s.info.Run, resource, from, from+chunksAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var some []chunks.Note
	last := ""
	for rows.Next() {
		var chunk chunks.Note
		if err := rows.Scan(&chunk.Digest, &chunk.Last, &chunk.Records, &chunk.InStock, &chunk.Sound, &chunk.Base); err != nil {
			return nil, err
		}
		if chunk.Records == -1 {
			return nil, errChunkGone
		}
		if err := chunk.CheckAfter(last); err != nil {
			return nil, err
		}
		last = chunk.Last
		some = append(some, chunk)
	}
	return some, rows.Err()
}

// UnpackChunk returns the records of a chunk of the table.
func (s *snapshot) UnpackChunk(t *importer.Table, c importer.Chunk) (importer.PackedRecords, error) {
	records, err := s.chunks.readRecords(s.ctx, t, c.Digest)
	return records, s.unreadableError(err)
}

// Remarks yields the remarks made while reading, table by table.
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

// RemarksOn yields the remarks on the records of t, or on the read itself if t is nil.
func (s *snapshot) RemarksOn(t *importer.Table) iter.Seq2[importer.Remark, error] {
	return func(yield func(importer.Remark, error) bool) {
		for chunk, err := range s.allNotes(remarksOf(t)) {
			var records importer.PackedRecords
			if err == nil {
				records, err = s.UnpackChunk(chunks.RemarkTable, chunk.Chunk)
			}
			if err != nil {
				yield(importer.Remark{}, err)
				return
			}
			for remark, err := range chunks.RemarksOf(records) {
				if !yield(remark, s.unreadableError(err)) || err != nil {
					return
				}
			}
		}
	}
}

func (s *snapshot) unreadableError(err error) error { return s.chunks.unreadableError(s.info.Run, err) }
