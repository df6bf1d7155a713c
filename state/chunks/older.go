package chunks

import (
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// Chunks of earlier programs have no head. Their records begin with the columns that the
// table had then, followed by other values. A chunk with a base is a list of edits to that
// chunk.

// unnamed says how many columns, and how many values after them, the records of each table
// have in a chunk without a head.
var unnamed = map[string]struct{ columns, behind int }{
	"products": {11, 3}, "variants": {15, 1}, "media": {8, 3}, "categories": {6, 2},
	"memberships": {3, 1}, "warehouses": {4, 1}, "stock": {10, 2}, RemarkTable.Name: {7, 0},
}

// unnamedColumns returns the names of these values; those after the columns have none.
func unnamedColumns(t *importer.Table) []string {
	n := unnamed[t.Name]
	return append(t.ColumnNames()[:n.columns], make([]string, n.behind)...)
}

// columnsOnly removes the values after the columns.
func columnsOnly(names []string) []string {
	if end := slices.Index(names, ""); end >= 0 {
		return names[:end]
	}
	return names
}

// applyEdits returns the records of base after the edits. Each edit is the number of a
// record of base, whether that record is dropped, and the record to insert before it, if
// any.
func applyEdits(base, edits string, width int) (string, error) {
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
