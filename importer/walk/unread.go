package walk

import (
	"github.com/eshopos/eshopctl/importer"
)

// A snapshot may lack columns, because the shop does not give them. The rows keep what they
// have there; whether that is what the shop has is not known.

// UnreadOf returns the columns that a snapshot lacks. The snapshot may be nil.
func UnreadOf(s importer.Snapshot, t *importer.Table) importer.ColumnSet {
	if s == nil {
		return 0
	}
	return s.Info().UnreadColumns(t)
}

// Unread are the columns of a table that snapshots lack: Now in the fresh snapshot, Then in
// the imported one. Unknown are those of Then of which it is not known what was imported
// before.
type Unread struct{ Now, Then, Unknown importer.ColumnSet }

// ForgetsImported reports whether the imported snapshot lacks columns that are read now.
func (u Unread) ForgetsImported() bool { return u.Then&^u.Now != 0 }

// KeepUnread returns the fresh and the imported record with the row's values in the columns
// that were not read, so that they do not count as different.
func (u Unread) KeepUnread(fresh, imported, row importer.Record) (importer.Record, importer.Record) {
	return fresh.WithColumns(row, u.Now), imported.WithColumns(row, u.Now|u.Unknown)
}
