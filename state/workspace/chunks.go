package workspace

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"sync/atomic"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/chunks"
	"github.com/eshopos/eshopctl/state/engine"
)

// chunkStore is the stored chunks of snapshots and plans.
type chunkStore struct {
	db     *engine.DB
	doubts atomic.Bool // a stored chunk could not be read, so each is checked before it is shared
}

// unreadableError is the error of stored data of a run that cannot be read, unless the file
// itself failed. From then on each chunk is checked before it is shared.
func (s *chunkStore) unreadableError(run string, err error) error {
	var file *engine.UnusableError
	if err == nil || s.db.IsOwn(err) || errors.As(err, &file) || engine.IsStopped(err) {
		return s.db.Unusable(err)
	}
	s.doubts.Store(true)
	return &importer.UnreadableError{Run: run, Err: err}
}

// readRecords returns the records of a chunk of the table.
func (s *chunkStore) readRecords(ctx context.Context, t *importer.Table, digest string) (records importer.PackedRecords, err error) {
	chunk, err := s.readChunk(ctx, digest)
	switch {
	case err != nil:
		return records, err
	case chunk.base == "":
		return chunk.Records(t)
	}
	base, err := s.readChunk(ctx, chunk.base)
	if err != nil {
		return records, err
	}
	return chunk.RecordsOver(base.Content, t)
}

// storedChunk is a chunk of a snapshot.
type storedChunk struct {
	chunks.Content
	base string // digest of the chunk to which this one is a list of edits, "" for most
}

// readChunk reads and unpacks a chunk.
func (s *chunkStore) readChunk(ctx context.Context, digest string) (chunk storedChunk, err error) {
	err = s.db.Statements().QueryRowContext(ctx, "SELECT data, coalesce(base, '') FROM chunks WHERE digest = ?",
		[]byte(digest)).Scan(&chunk.Content, &chunk.base)
	if errors.Is(err, sql.ErrNoRows) {
		return chunk, errChunkGone
	}
	return chunk, cmp.Or(s.db.Unusable(err), chunk.Err())
}

var errChunkGone = errors.New("a stored chunk is gone")
