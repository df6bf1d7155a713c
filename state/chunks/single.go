package chunks

import (
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// EncodeSingle encodes one record by itself, as what was imported into a row that is left
// alone. If the table has the columns that it always had, they are not named. Else an
// Unheld value comes first, with which no record begins, followed by the head of a chunk.
func EncodeSingle(t *importer.Table, r importer.Record) []byte {
	if slices.Equal(t.ColumnNames(), columnsOnly(unnamedColumns(t))) {
		return importer.AppendRecord(nil, r)
	}
	named := append(importer.AppendRecord(nil, importer.Record{importer.Unheld}), columnHead(t)...)
	return importer.AppendRecord(named, r)
}

// DecodeSingle decodes what EncodeSingle encoded.
func DecodeSingle(t *importer.Table, stored []byte) (importer.Record, error) {
	raw := string(stored)
	columns := columnsOnly(unnamedColumns(t))
	first, rest, err := importer.CutRecord(raw, 1)
	if err == nil && first[0] == importer.Unheld {
		columns, raw, err = cutColumns(t, rest)
	}
	if err != nil {
		return nil, err
	}
	r, _, err := importer.LayoutOf(t, columns).CutRecord(raw)
	return r, err
}
