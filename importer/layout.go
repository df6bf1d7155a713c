package importer

import "slices"

// Layout is how the values of records were stored: under the names of columns, in some
// order. A table may have got other columns since, or lost some.
type Layout struct {
	width int   // values of a record
	from  []int // for each column of the table the place of its value, -1 for none; nil: they stand first, in order
	shown int   // columns of the table
}

// LayoutOf is the layout of records of t that were stored under these names. A value
// without a name belongs to no column.
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

// CutRecord takes the record from the front of text, and returns the rest.
func (l Layout) CutRecord(text string) (Record, string, error) {
	return l.cutInto(make(Record, 0, l.width), text)
}

// cutInto is Cut in the memory of a record, if that has room.
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

// FingerprintOf is that of a record of t as it was when its values were stored like this.
// The zero Layout is that of t itself.
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

// ColumnOf is the column of the table that a stored one is, -1 for none.
func (l Layout) ColumnOf(stored int) int {
	if l.from != nil {
		return slices.Index(l.from, stored)
	}
	if stored < 0 || stored >= l.shown {
		return -1
	}
	return stored
}
