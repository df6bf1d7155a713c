package workspace

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/chunks"
)

// records gives the records of a chunk of the table.
func (w *Workspace) records(ctx context.Context, t *importer.Table, digest string) (records importer.Packed, err error) {
	chunk, err := w.stored(ctx, digest)
	switch {
	case err != nil:
		return records, err
	case chunk.base == "":
		return chunk.Records(t)
	}
	base, err := w.stored(ctx, chunk.base)
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
func (w *Workspace) stored(ctx context.Context, digest string) (chunk storedChunk, err error) {
	err = w.db.Often().QueryRowContext(ctx, "SELECT data, coalesce(base, '') FROM chunks WHERE digest = ?", []byte(digest)).Scan(&chunk.Stored, &chunk.base)
	if errors.Is(err, sql.ErrNoRows) {
		return chunk, errChunkGone
	}
	return chunk, cmp.Or(w.db.Unusable(err), chunk.Err())
}

var errChunkGone = errors.New("a stored chunk is gone")
