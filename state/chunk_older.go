package state

import (
	"context"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"github.com/eshopos/eshopctl/importer"
)

// What earlier programs stored is read as it lies there. Their chunks do not say what
// their values are: the columns that a table had then stand first, other values behind
// them. A chunk with a base is what differs from that other chunk.

const formZstd = 0x28 // frames of zstd begin with it: so chunks were stored before schema 9

// unnamed says of each table how many of its columns, and values behind them, the
// records of a chunk have that does not name them.
var unnamed = map[string]struct{ columns, behind int }{
	"products": {11, 3}, "variants": {15, 1}, "media": {8, 3}, "categories": {6, 2},
	"memberships": {3, 1}, "warehouses": {4, 1}, "stock": {10, 2}, remarkTable.Name: {7, 0},
}

// unnamedColumns names the values of such a record; those behind the columns have no name.
func unnamedColumns(t *importer.Table) []string {
	n := unnamed[t.Name]
	return append(t.ColumnNames()[:n.columns], make([]string, n.behind)...)
}

func unpackZstd(data []byte) (string, error) {
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(chunkMemory))
	if err != nil {
		return "", err
	}
	defer decoder.Close()
	raw, err := decoder.DecodeAll(data, nil)
	if err != nil {
		return "", fmt.Errorf("%w: %w", errDamaged, err)
	}
	return textOf(raw), nil
}

// edited gives the records of a chunk, which have width values, that is kept as edits.
func (db *DB) edited(ctx context.Context, base, edits string, width int) (string, error) {
	chunk, err := db.stored(ctx, base)
	if err != nil {
		return "", err
	}
	return applied(chunk.raw, edits, width)
}

// applied makes records of those of a base and edits. An edit says before which record of the base its own stands, whether
// that one is gone, and its own record, if it has one.
func applied(base, edits string, width int) (string, error) {
	var made []byte
	at := 0
	passed := func() (record string, err error) {
		_, rest, err := importer.CutRecord(base, width)
		record, base, at = base[:len(base)-len(rest)], rest, at+1
		return record, err
	}
	for edits != "" {
		edit, rest, err := importer.CutRecord(edits, 3)
		if err != nil {
			return "", err
		}
		edits = rest
		for at < int(edit[0].Int()) {
			record, err := passed()
			if err != nil {
				return "", err
			}
			made = append(made, record...)
		}
		made = append(made, edit[2].Text()...)
		if edit[1].Is(true) {
			if _, err := passed(); err != nil {
				return "", err
			}
		}
	}
	return string(append(made, base...)), nil
}
