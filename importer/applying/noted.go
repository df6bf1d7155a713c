package applying

import (
	"errors"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// bring notes what the table is brought to. Columns that are not read hold what was brought
// into them before.
func (a *applying) bring(t *importer.Table) error {
	without := a.snapshot.Info().UnreadColumns(t)
	if without != 0 {
		if err := a.noteUnread(t, without); err != nil && StoredBadly(err) == nil {
			return err
		}
	}
	return a.to.Brought(a.ctx, t, a.plan.Snapshot, without.Names(t))
}

// noteUnread notes the columns that are not read any more. Where it is not kept what was
// imported, nobody knows what came into them.
func (a *applying) noteUnread(t *importer.Table, without importer.ColumnSet) error {
	before, err := a.to.Imported(a.ctx, t)
	if errors.Is(err, importer.ErrNotKept) {
		never, err := a.to.Empty(a.ctx, t)
		if err != nil || !never {
			return err
		}
	} else if err != nil {
		return err
	}
	return a.to.Unread(a.ctx, t, (without &^ walk.UnreadOf(before, t)).Names(t))
}

// forget forgets the edits that the plan saw, unless they may be of what is not read.
func (a *applying) forget(t *importer.Table) error {
	if a.snapshot.Info().UnreadColumns(t) != 0 {
		return nil
	}
	return a.to.Forget(a.ctx, t, a.plan.Edits)
}
