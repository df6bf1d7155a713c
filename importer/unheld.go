package importer

import "slices"

// A record that was stored before its table got a column does not hold that column. The row
// is empty there until the next import fills it, which is not a change in the shop. If the
// row has a value there and was not edited, the value was imported.

// WithColumns returns r with the values that other has in these columns. It returns r
// unchanged if r or other is nil.
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

// BlankColumns sets columns of r to None, in place.
func (r Record) BlankColumns(unread ColumnSet) {
	for i := range r {
		if unread.Has(i) {
			r[i] = None
		}
	}
}

// UnheldColumns returns the columns that the table did not have yet when r was stored.
func (r Record) UnheldColumns() (lacking ColumnSet) {
	for i, v := range r {
		if v.unheld {
			lacking |= 1 << i
		}
	}
	return lacking
}

// EmptyColumns returns the columns in which r has no value.
func (r Record) EmptyColumns() (without ColumnSet) {
	for i, v := range r {
		if !v.present {
			without |= 1 << i
		}
	}
	return without
}

// WithUnheld returns r with the values of its row in the columns that r does not hold.
func (r Record) WithUnheld(row Record) Record {
	return r.WithColumns(row, r.UnheldColumns()&^row.EmptyColumns())
}

// OnlyFills reports whether an update only sets columns that the table did not have yet
// when the row was imported.
func OnlyFills(fields []FieldChange, imported Record, row Row) bool {
	unheld := imported.UnheldColumns()
	return !row.Missing && !row.Astray && !slices.ContainsFunc(fields, func(f FieldChange) bool {
		return f.Old.present || !unheld.Has(f.Column)
	})
}
