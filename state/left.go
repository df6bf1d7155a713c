package state

import (
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// What was imported into a row that is left alone is kept beside it. A record of the
// columns that there always were does not name them. In front of others stands what no
// record begins with, since it begins with a key, and the head of a chunk.

func leftRecord(t *importer.Table, imported importer.Record) []byte {
	if slices.Equal(t.ColumnNames(), columnsOnly(unnamedColumns(t))) {
		return importer.AppendRecord(nil, imported)
	}
	named := append(importer.AppendRecord(nil, importer.Record{importer.Unheld}), columnHead(t)...)
	return importer.AppendRecord(named, imported)
}

func cutLeft(t *importer.Table, raw string) (importer.Record, error) {
	columns := columnsOnly(unnamedColumns(t))
	first, rest, err := importer.CutRecord(raw, 1)
	if err == nil && first[0] == importer.Unheld {
		columns, raw, err = cutColumns(t, rest)
	}
	if err != nil {
		return nil, err
	}
	imported, _, err := t.LaidOut(columns).Cut(raw)
	return imported, err
}
