package walk

import (
	"github.com/eshopos/eshopctl/importer"
)

// A snapshot may lack columns, because the shop could not be asked for them. What rows
// hold there stays as it is, and nobody can say whether it is what the shop has.

// UnreadOf is unread for a snapshot that may not be there.
func UnreadOf(s importer.Snapshot, t *importer.Table) importer.ColumnSet {
	if s == nil {
		return 0
	}
	return s.Info().UnreadColumns(t)
}

// Unread are the columns of the table at hand that are not read now, those that were not
// read into what was imported, and those of them of which nobody knows what was imported
// before.
type Unread struct{ Now, Then, Unknown importer.ColumnSet }

// ForgetsImported reports whether what was imported does not tell what rows hold in columns that
// are read now.
func (u Unread) ForgetsImported() bool { return u.Then&^u.Now != 0 }

// KeepUnread gives fresh and imported records as they are to be compared with a row: nothing
// differs in what was not read.
func (u Unread) KeepUnread(fresh, imported, row importer.Record) (importer.Record, importer.Record) {
	return fresh.WithColumns(row, u.Now), imported.WithColumns(row, u.Now|u.Unknown)
}
