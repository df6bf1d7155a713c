package importer

import "slices"

// A snapshot may lack columns, because the shop could not be asked for them. What rows
// hold there stays as it is, and nobody can say whether it is what the shop has.

// unread are the columns of a table that the snapshot lacks.
func (i SnapshotInfo) unread(t *Table) (lacking columns) {
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

// unreadOf is unread for a snapshot that may not be there.
func unreadOf(s Snapshot, t *Table) columns {
	if s == nil {
		return 0
	}
	return s.Info().unread(t)
}

// keeping is the record with the columns as another one has them. Without a record, or
// another one, nothing is kept.
func (r Record) keeping(other Record, kept columns) Record {
	if kept == 0 || r == nil || other == nil {
		return r
	}
	made := slices.Clone(r)
	for i := range other {
		if kept.has(i) {
			made[i] = other[i]
		}
	}
	return made
}

// blank empties columns of a record in its own memory.
func (r Record) blank(unread columns) {
	for i := range r {
		if unread.has(i) {
			r[i] = None
		}
	}
}

// names are the names of columns.
func (t *Table) names(of columns) (names []string) {
	for i, column := range t.Columns {
		if of.has(i) {
			names = append(names, column.Name)
		}
	}
	return names
}

// unread are the columns of the table at hand that are not read now, those that were not
// read into what was imported, and those of them of which nobody knows what was imported
// before.
type unread struct{ now, then, unknown columns }

// forgets reports whether what was imported does not tell what rows hold in columns that
// are read now.
func (u unread) forgets() bool { return u.then&^u.now != 0 }

// keep gives fresh and imported records as they are to be compared with a row: nothing
// differs in what was not read.
func (u unread) keep(fresh, imported, row Record) (Record, Record) {
	return fresh.keeping(row, u.now), imported.keeping(row, u.now|u.unknown)
}
