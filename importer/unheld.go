package importer

import "slices"

// What was stored before a table got a column says nothing about that column. The row is
// empty there until the next import fills it, which is no change in the shop. What stands
// in such a column of a row that nobody edited was imported; else somebody here wrote it.

// WithColumns is the record with the columns as another one has them. Without a record, or
// another one, nothing is kept.
func (r Record) WithColumns(other Record, kept ColumnSet) Record {
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

// BlankColumns empties columns of a record in its own memory.
func (r Record) BlankColumns(unread ColumnSet) {
	for i := range r {
		if unread.Has(i) {
			r[i] = None
		}
	}
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

// WithUnheld is what is known of a record whose row is this one: columns that were not held
// yet are as the row has them, unless that is still empty.
func (r Record) WithUnheld(row Record) Record {
	return r.WithColumns(row, r.UnheldColumns()&^row.EmptyColumns())
}

// OnlyFills reports whether an update does nothing but fill columns that were not held yet
// when the row was imported.
func OnlyFills(fields []FieldChange, imported Record, row Row) bool {
	unheld := imported.UnheldColumns()
	return !row.Missing && !row.Astray && !slices.ContainsFunc(fields, func(f FieldChange) bool {
		return f.Old.present || !unheld.Has(f.Column)
	})
}
