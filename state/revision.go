package state

import (
	"context"
	"database/sql"
	"errors"

	"github.com/eshopos/eshopctl/importer"
)

// A chunk in which few records differ from one that is stored already is stored
// as its edits: so a snapshot of a shop in which stock moved everywhere costs a
// fraction of the first one, in time and room.

// revision is how a chunk follows from an earlier one.
type revision struct {
	of    importer.Chunk
	edits []importer.Edit
	width int // of its records
}

// editsWorth is how many records of a chunk there are at least for one edit; with
// more edits it is stored whole.
const editsWorth = 4

// chunk gives the records of a chunk.
func (db *DB) chunk(ctx context.Context, c importer.Chunk, width int) (string, error) {
	if c.Base == "" {
		return db.stored(ctx, c.Digest)
	}
	base, err := db.stored(ctx, c.Base)
	if err != nil {
		return "", err
	}
	edits, err := db.edits(ctx, c.Digest)
	if err != nil {
		return "", err
	}
	return importer.Apply(edits, base, width)
}

// edits gives what a chunk that has a base is stored as.
func (db *DB) edits(ctx context.Context, digest string) ([]importer.Edit, error) {
	text, err := db.stored(ctx, digest)
	if err != nil {
		return nil, err
	}
	return importer.CutEdits(text)
}

// stored unpacks what is stored of a chunk.
func (db *DB) stored(ctx context.Context, digest string) (string, error) {
	var chunk stored
	err := db.often.QueryRowContext(ctx, "SELECT data FROM chunks WHERE digest = ?", []byte(digest)).Scan(&chunk)
	if errors.Is(err, sql.ErrNoRows) {
		return "", errChunkGone
	}
	if err != nil {
		return "", unusable(db.path, err)
	}
	return chunk.raw, chunk.err
}

var errChunkGone = errors.New("a stored chunk is gone")

// revise takes over how a chunk follows from an earlier one. revised describes it.
func (p *press) revise(t *importer.Table, r revision, revised importer.Chunk) error {
	return p.give(rawChunk{
		packer: packer{records: revised.Records, inStock: revised.InStock, unsound: !revised.Sound, last: []byte(revised.Last)},
		table:  t.Name, seq: p.next(t.Name), revision: &r,
	})
}

// revised makes of a revision what is to be stored.
func (w *pressing) revised(c rawChunk) (done pressed, err error) {
	r := c.revision
	if c.revision = nil; len(r.edits) == 0 {
		return pressed{rawChunk: c, digest: r.of.Digest}, nil
	}
	edits, base := r.edits, r.of.Digest
	if r.of.Base != "" {
		before, err := w.db.edits(w.ctx, r.of.Digest)
		if err != nil {
			return done, err
		}
		edits, base = importer.Compose(before, edits), r.of.Base
	}
	if len(edits)*editsWorth > c.records {
		return w.whole(c, r)
	}
	c.raw = importer.AppendEdits(w.buffer(), edits)
	done = pressed{rawChunk: c, digest: w.digest(c, base), base: base}
	w.pack(&done)
	return done, nil
}

// whole makes the records themselves of a revision.
func (w *pressing) whole(c rawChunk, r *revision) (pressed, error) {
	older, err := w.db.chunk(w.ctx, r.of, r.width)
	if err != nil {
		return pressed{}, err
	}
	made, err := importer.Apply(r.edits, older, r.width)
	if err != nil {
		return pressed{}, err
	}
	c.raw = append(w.buffer(), made...)
	return w.full(c)
}
