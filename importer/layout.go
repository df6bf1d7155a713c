package importer

import "slices"

// Layout says in which order the columns of a table stood when records were stored. The
// table may have got other columns since, or lost some.
type Layout struct {
	width int   // values of a record
	from  []int // for each column of the table the place of its value, -1 for none; nil: they stand first, in order
	shown int   // columns of the table
}

// LayoutOf returns the layout of records of t that were stored with these column names, in
// this order. A value under the name "" belongs to no column.
func LayoutOf(t *Table, names []string) Layout {
	l := Layout{width: len(names), shown: len(t.Columns)}
	inOrder := len(names) >= len(t.Columns)
	from := make([]int, len(t.Columns))
	for i, column := range t.Columns {
		from[i] = slices.Index(names, column.Name)
		inOrder = inOrder && from[i] == i
	}
	if !inOrder {
		l.from = from
	}
	return l
}

// CutRecord decodes the record at the beginning of text and returns the rest of text.
func (l Layout) CutRecord(text string) (Record, string, error) {
	return l.cutInto(make(Record, 0, l.width), text)
}

// cutInto is CutRecord, reusing the memory of record.
func (l Layout) cutInto(record Record, text string) (Record, string, error) {
	record = slices.Grow(record[:0], l.width)[:l.width]
	rest, err := record.cutFrom(text)
	if err != nil {
		return nil, "", err
	}
	return l.shownOf(record), rest, nil
}

func (l Layout) shownOf(stored Record) Record {
	if l.from == nil {
		return stored[:l.shown]
	}
	record := make(Record, l.shown)
	for i, from := range l.from {
		record[i] = Unheld
		if from >= 0 {
			record[i] = stored[from]
		}
	}
	return record
}

// FingerprintOf returns the fingerprint that a record of t had when the table had the
// columns of the layout. The zero Layout stands for the columns that t has now.
func (l Layout) FingerprintOf(t *Table, r Record) Fingerprint {
	if l.from == nil {
		return t.Fingerprint(r)
	}
	then, stored := &Table{Columns: make([]Column, l.width)}, make(Record, l.width)
	for i, from := range l.from {
		if from >= 0 {
			then.Columns[from], stored[from] = t.Columns[i], r[i]
		}
	}
	return then.Fingerprint(stored)
}

// ColumnOf returns the column of the table whose value is stored at that place, -1 if the
// table has no such column any more.
func (l Layout) ColumnOf(stored int) int {
	if l.from != nil {
		return slices.Index(l.from, stored)
	}
	if stored < 0 || stored >= l.shown {
		return -1
	}
	return stored
}
