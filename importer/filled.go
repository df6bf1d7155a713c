package importer

import "slices"

// What was stored before a table got a column says nothing about that column. The row is
// empty there until the next import fills it, which is no change in the shop. What stands
// in such a column of a row that nobody edited was imported; else somebody here wrote it.

// unheld are the columns of a record that were not held yet when it was stored.
func (r Record) unheld() (lacking columns) {
	for i, v := range r {
		if v.unheld {
			lacking |= 1 << i
		}
	}
	return lacking
}

// empty are the columns in which a record has no value.
func (r Record) empty() (without columns) {
	for i, v := range r {
		if !v.present {
			without |= 1 << i
		}
	}
	return without
}

// holding is what is known of a record whose row is this one: columns that were not held
// yet are as the row has them, unless that is still empty.
func (r Record) holding(row Record) Record { return r.keeping(row, r.unheld()&^row.empty()) }

// hold takes from the row what no snapshot tells.
func (m *met) hold(row Record) {
	m.fresh = m.fresh.keeping(row, m.fresh.unheld())
	if m.deviation == nil {
		m.imported = m.imported.holding(row)
	}
}

// fills reports whether an update does nothing but fill columns that were not held yet
// when the row was imported.
func fills(fields []FieldChange, imported Record, row Row) bool {
	unheld := imported.unheld()
	return !row.Missing && !row.Astray && !slices.ContainsFunc(fields, func(f FieldChange) bool {
		return f.Old.present || !unheld.has(f.Column)
	})
}
