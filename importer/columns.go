package importer

import "slices"

// What was stored before a table got a column says nothing about that column. The row is
// empty there until the next import fills it, which is no change in the shop. What stands
// in such a column of a row that nobody edited was imported; else somebody here wrote it.

// UnreadColumns are the columns of a table that the snapshot lacks.
func (i SnapshotInfo) UnreadColumns(t *Table) (lacking ColumnSet) {
	for _, n := range i.NotRead {
		if n.Resource != t.Name {
			continue
		}
		for at, column := range t.Columns {
			if slices.Contains(n.Fields, column.Name) {
				lacking |= 1 << at
			}
		}
	}
	return lacking
}

// Keeping is the record with the columns as another one has them. Without a record, or
// another one, nothing is kept.
func (r Record) Keeping(other Record, kept ColumnSet) Record {
	if kept == 0 || r == nil || other == nil {
		return r
	}
	made := slices.Clone(r)
	for i := range other {
		if kept.Has(i) {
			made[i] = other[i]
		}
	}
	return made
}

// Blank empties columns of a record in its own memory.
func (r Record) Blank(unread ColumnSet) {
	for i := range r {
		if unread.Has(i) {
			r[i] = None
		}
	}
}

// NamesOf are the names of columns.
func (t *Table) NamesOf(of ColumnSet) (names []string) {
	for i, column := range t.Columns {
		if of.Has(i) {
			names = append(names, column.Name)
		}
	}
	return names
}

// UnheldColumns are the columns of a record that were not held yet when it was stored.
func (r Record) UnheldColumns() (lacking ColumnSet) {
	for i, v := range r {
		if v.unheld {
			lacking |= 1 << i
		}
	}
	return lacking
}

// EmptyColumns are the columns in which a record has no value.
func (r Record) EmptyColumns() (without ColumnSet) {
	for i, v := range r {
		if !v.present {
			without |= 1 << i
		}
	}
	return without
}

// Holding is what is known of a record whose row is this one: columns that were not held
// yet are as the row has them, unless that is still empty.
func (r Record) Holding(row Record) Record {
	return r.Keeping(row, r.UnheldColumns()&^row.EmptyColumns())
}

// ColumnSet are a set of columns, a bit for each.
type ColumnSet uint64

func (c ColumnSet) Has(column int) bool { return c>>column&1 != 0 }

func (t *Table) keys() (keys ColumnSet) {
	for _, column := range t.Keys {
		keys |= 1 << column
	}
	return keys
}
