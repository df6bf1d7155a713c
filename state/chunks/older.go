package chunks

import (
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// What earlier programs stored is read as it lies there. Their chunks do not say what
// their values are: the columns that a table had then stand first, other values behind
// them. A chunk with a base is what differs from that other chunk.

// unnamed says of each table how many of its columns, and values behind them, the
// records of a chunk have that does not name them.
var unnamed = map[string]struct{ columns, behind int }{
	"products": {11, 3}, "variants": {15, 1}, "media": {8, 3}, "categories": {6, 2},
	"memberships": {3, 1}, "warehouses": {4, 1}, "stock": {10, 2}, RemarkTable.Name: {7, 0},
}

// unnamedColumns names the values of such a record; those behind the columns have no name.
func unnamedColumns(t *importer.Table) []string {
	n := unnamed[t.Name]
	return append(t.ColumnNames()[:n.columns], make([]string, n.behind)...)
}

// columnsOnly leaves out what snapshots once held behind the columns.
func columnsOnly(names []string) []string {
	if end := slices.Index(names, ""); end >= 0 {
		return names[:end]
	}
	return names
}

// applyEdits makes records of those of a base and edits. An edit says before which record
// of the base its own stands, whether that one is gone, and its own record, if it has
// one.
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
