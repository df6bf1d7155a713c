package walk

import (
	"context"
	"iter"

	"github.com/eshopos/eshopctl/importer"
)

// rowsAsSnapshot presents the rows as a snapshot where the imported one cannot be read.
// What was imported into them is not known.
type rowsAsSnapshot struct {
	importer.Snapshot // nil: only the methods below are called
	ctx               context.Context
	rows              importer.CatalogReader
}

// Info returns nothing: the rows come from no run.
func (rowsAsSnapshot) Info() importer.SnapshotInfo { return importer.SnapshotInfo{} }

// Chunks yields the rows in chunks, which carry their records as the digest.
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

// UnpackChunk returns the rows of a chunk.
func (rowsAsSnapshot) UnpackChunk(t *importer.Table, c importer.Chunk) (importer.PackedRecords, error) {
	return importer.PackedRecordsOf(c.Digest, importer.LayoutOf(t, t.ColumnNames())), nil
}

const rowsInChunk = 256

// RowsAsSnapshot returns the rows of a catalogue as a snapshot, of which only Chunks and
// UnpackChunk may be called.
func RowsAsSnapshot(ctx context.Context, rows importer.CatalogReader) importer.Snapshot {
	return rowsAsSnapshot{ctx: ctx, rows: rows}
}
