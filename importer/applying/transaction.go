package applying

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// transaction applies one plan.
type transaction struct {
	ctx      context.Context
	to       importer.CatalogWriter
	plan     *importer.Plan
	run      string
	edited   bool // somebody edited rows since the plan was made
	steps    *steps
	refers   *references
	levels   *readBack
	progress progress
}

func (x *transaction) applyPlan() error {
	serial, edits, err := x.to.Serial(x.ctx)
	if err != nil {
		return err
	}
	x.edited = edits != x.plan.Edits
	if err := unwrittenSince(x.plan, serial); err != nil {
		return err
	}
	defer x.levels.beginCounting()()
	x.refers = newReferences(x.ctx, x.to, x.plan, x.edited)
	if x.edited {
		if err := x.refers.lookForEdits(); err != nil {
			return err
		}
	}
	covered := importer.TablesOf(x.plan.Resources)
	for _, t := range covered {
		if err := errors.Join(x.applyTable(t), failpoint.Reach("apply/table")); err != nil {
			return err
		}
	}
	for _, t := range importer.Tables() {
		if !slices.Contains(covered, t) && x.plan.Counts.Of(t).RowWrites() > 0 {
			if err := x.applyAlongside(t); err != nil {
				return err
			}
		}
	}
	for _, run := range x.plan.Dropped {
		if err := x.to.DropSnapshot(x.ctx, run); err != nil {
			return err
		}
	}
	return errors.Join(x.refers.check(), failpoint.Reach("read-back/begun"), x.levels.check(), failpoint.Reach("read-back/compared"))
}

// applyTable applies the changes of one table: first those to existing rows, then all new
// rows at once.
func (x *transaction) applyTable(t *importer.Table) error {
	if err := x.noteBrought(t); err != nil {
		return err
	}
	for met, err := range x.steps.ofTable(t) {
		if err != nil {
			return err
		}
		if err := x.ctx.Err(); err != nil {
			return err
		}
		if err := x.applyChange(met); err != nil {
			return err
		}
	}
	if err := x.forgetEdits(t); err != nil {
		return err
	}
	if x.plan.Counts.Of(t).Created == 0 {
		return nil
	}
	err := x.to.InsertAll(x.ctx, t, x.refers.notePassing(t, x.progress.countRecords(x.steps.recordsOf(t, importer.Create))), x.run)
	if errors.Is(err, importer.ErrRowExists) {
		return StaleError(fmt.Sprintf("somebody else made one of the %s that it would create", t.Name))
	}
	return err
}

// applyAlongside applies changes to rows of a table that the plan does not cover, because
// records to which they refer are removed. They count as left alone, so that the next plan
// that covers the table compares them.
func (x *transaction) applyAlongside(t *importer.Table) error {
	for met, err := range x.steps.ofTable(t) {
		if err == nil {
			err = x.applyChange(met)
		}
		if err != nil {
			return err
		}
		if met.Action != importer.Remove || met.Foreign {
			continue
		}
		if err := x.to.NoteLeftAlone(x.ctx, t, met.Key, nil); err != nil {
			return err
		}
	}
	return nil
}

// applyChange applies a change to its row, if the row is as the plan saw it.
func (x *transaction) applyChange(m step) error {
	t, row := m.Table, m.row
	if m.LeavesRow() && m.Action != importer.Mend {
		if err := x.to.NoteLeftAlone(x.ctx, t, m.Key, m.Imported); err != nil {
			return err
		}
	}
	if !m.TouchesRow() {
		return nil
	}
	if err := asSeen(x.plan, m, x.edited); err != nil {
		return err
	}
	x.progress.countStep()
	record := m.ApplyTo(row.Record)
	x.refers.noteChange(m, record)
	switch m.Action {
	case importer.Remove:
		return x.removeRow(m.Change, row)
	case importer.Miss, importer.Archive:
		return x.to.MarkMissing(x.ctx, t, row, record, x.run)
	case importer.Mend:
		if err := x.to.NoteLeftAlone(x.ctx, t, m.Key, record); err != nil {
			return err
		}
	}
	row.Key = m.Key
	err := x.to.UpdateRow(x.ctx, t, row, record, x.run)
	if errors.Is(err, importer.ErrRowExists) {
		return stoodForSince(m.Change)
	}
	return err
}

// removeRow removes a row and makes sure that it is gone.
func (x *transaction) removeRow(change importer.Change, row importer.Row) error {
	if err := x.to.RemoveRow(x.ctx, change.Table, row); err != nil {
		return err
	}
	if _, still, err := x.to.RowOf(x.ctx, change); err != nil || still {
		return errors.Join(err, reconciliationBug(x.plan.ID, change.Table, change.Key))
	}
	return nil
}

// noteBrought notes from which snapshot the table is imported, and which columns that
// snapshot lacks.
func (x *transaction) noteBrought(t *importer.Table) error {
	without := x.steps.snapshot.Info().UnreadColumns(t)
	if without != 0 {
		if err := x.noteUnread(t, without); err != nil && StoredBadly(err) == nil {
			return err
		}
	}
	return x.to.NoteBrought(x.ctx, t, x.plan.Snapshot, without.Names(t))
}

// noteUnread notes the columns that are not read any more. If the imported snapshot is not
// kept it is not known what they were imported from.
func (x *transaction) noteUnread(t *importer.Table, without importer.ColumnSet) error {
	before, err := x.to.ImportedSnapshot(x.ctx, t)
	if errors.Is(err, importer.ErrNotKept) {
		never, err := x.to.IsTableEmpty(x.ctx, t)
		if err != nil || !never {
			return err
		}
	} else if err != nil {
		return err
	}
	return x.to.NoteUnread(x.ctx, t, (without &^ walk.UnreadOf(before, t)).Names(t))
}

// forgetEdits forgets the edits that the plan took into account, unless columns were not
// read: the edits may be in these.
func (x *transaction) forgetEdits(t *importer.Table) error {
	if x.steps.snapshot.Info().UnreadColumns(t) != 0 {
		return nil
	}
	return x.to.ForgetEdits(x.ctx, t, x.plan.Edits)
}
