package applying

import (
	"context"
	"errors"
	"slices"

	"github.com/eshopos/eshopctl/importer"
	"golang.org/x/sync/errgroup"
)

// readBack compares the stock in the catalogue with the snapshot, level by level, before
// the transaction is committed, and makes sure that there are no other levels.
type readBack struct {
	ctx     context.Context
	plan    *importer.Plan
	steps   *steps
	catalog importer.Catalog
	to      importer.CatalogWriter

	counting errgroup.Group
	levels   map[*importer.Table]int // rows before the transaction, for tables with stock that the plan writes
}

// beginCounting starts to count the levels as they were before the transaction. The
// function that it returns waits for the end.
func (b *readBack) beginCounting() (wait func()) {
	if len(b.stockedTables()) > 0 {
		b.counting.Go(b.countLevels)
	}
	return func() { _ = b.counting.Wait() } // what went wrong is told where it matters
}

// countLevels counts the levels through the catalogue, outside of the transaction. No other
// transaction can commit meanwhile.
func (b *readBack) countLevels() (err error) {
	b.levels = map[*importer.Table]int{}
	for _, t := range b.stockedTables() {
		if b.levels[t], err = b.catalog.CountRows(b.ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// stockedTables returns the tables with stock that the plan writes.
func (b *readBack) stockedTables() (written []*importer.Table) {
	for _, t := range importer.Tables() {
		if t.Stocked != nil && b.plan.Counts.Of(t).RowWrites() > 0 {
			written = append(written, t)
		}
	}
	return written
}

// check reads all these tables back.
func (b *readBack) check() error {
	for _, t := range b.stockedTables() {
		if err := b.readBackLevels(t); err != nil {
			return err
		}
	}
	return nil
}

func (b *readBack) readBackLevels(t *importer.Table) error {
	if !slices.Contains(b.plan.Resources, t.Resource) {
		return b.countBack(t)
	}
	counts := b.plan.Counts.Of(t)
	holds, levels, err := b.to.HoldsRecords(b.ctx, t, b.steps.recordsOf(t, importer.Create, importer.Update),
		counts.Created+counts.Updated > counts.Read/2)
	if err != nil {
		return err
	}
	if !holds {
		if err := b.nameOff(t); err != nil {
			return err
		}
	}
	return b.checkCount(t, levels)
}

// countBack checks a table that the plan does not cover: its levels only went along with
// other records.
func (b *readBack) countBack(t *importer.Table) error {
	levels, err := b.to.CountRows(b.ctx, t)
	return errors.Join(err, b.checkCount(t, levels))
}

// checkCount makes sure that the number of levels is right.
func (b *readBack) checkCount(t *importer.Table, levels int) error {
	if err := b.counting.Wait(); err != nil {
		return err
	}
	if counts := b.plan.Counts.Of(t); levels != b.levels[t]+counts.Created-counts.Removed {
		return reconciliationBug(b.plan.ID, t, "a level")
	}
	return nil
}

// nameOff returns the fault for the first level that is not what the shop has, nil if all
// differences are in columns that the snapshot does not hold.
func (b *readBack) nameOff(t *importer.Table) error {
	var unheld importer.ColumnSet
	for level, err := range b.steps.recordsOf(t, importer.Create, importer.Update) {
		if err != nil {
			return err
		}
		row, ok, err := b.to.FindRow(b.ctx, t, t.Key(level))
		if err != nil {
			return err
		}
		if !ok || !t.Equal(level.WithUnheld(row.Record), row.Record) {
			return reconciliationBug(b.plan.ID, t, t.Key(level))
		}
		unheld |= level.UnheldColumns()
	}
	if unheld != 0 {
		return nil
	}
	return reconciliationBug(b.plan.ID, t, "a level")
}
