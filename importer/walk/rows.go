package walk

import (
	"context"
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// rowsAsSnapshot stands for a snapshot of what was imported where there is none: the
// rows, as they are. What was imported into them is not known.
type rowsAsSnapshot struct {
	importer.Snapshot // none: only chunks are asked for
	ctx               context.Context
	rows              importer.CatalogReader
}

// Info says nothing.
func (rowsAsSnapshot) Info() importer.SnapshotInfo { return importer.SnapshotInfo{} }

// Chunks gives the rows. The records themselves stand for their digest.
func (s rowsAsSnapshot) Chunks(t *importer.Table) iter.Seq2[importer.Chunk, error] {
	return func(yield func(importer.Chunk, error) bool) {
		var chunk importer.Chunk
		var records []byte
		more := func() bool {
			chunk.Digest = string(records)
			given := chunk
			chunk, records = importer.Chunk{}, records[:0]
			return given.Records == 0 || yield(given, nil)
		}
		for row, err := range s.rows.Rows(s.ctx, t) {
			if err != nil {
				yield(importer.Chunk{}, err)
				return
			}
			records = importer.AppendRecord(records, row.Record)
			chunk.Last, chunk.Records, chunk.InStock = row.Key, chunk.Records+1, chunk.InStock+t.InStock(row.Record)
			if chunk.Records == rowsInChunk && !more() {
				return
			}
		}
		more()
	}
}

// UnpackChunk gives the rows of a chunk.
func (rowsAsSnapshot) UnpackChunk(t *importer.Table, c importer.Chunk) (importer.PackedRecords, error) {
	return importer.PackedRecordsOf(c.Digest, importer.LayoutOf(t, t.ColumnNames())), nil
}

const rowsInChunk = 256

// RowsAsSnapshot are the rows of a catalogue in the place of a snapshot.
func RowsAsSnapshot(ctx context.Context, rows importer.CatalogReader) importer.Snapshot {
	return rowsAsSnapshot{ctx: ctx, rows: rows}
}
