package applying

import (
	"context"
	"errors"
	"slices"

	"github.com/eshopos/eshopctl/importer"
	"golang.org/x/sync/errgroup"
)

// readBack compares the stock that was written, as it now stands in the
// catalogue, with the snapshot's, level by level, before anything is committed, and
// makes sure that there are no more levels than that.
type readBack struct {
	ctx     context.Context
	plan    *importer.Plan
	steps   *steps
	catalog importer.Catalog
	to      importer.CatalogWriter

	counting errgroup.Group
	levels   map[*importer.Table]int // that the catalogue had, where stock is written
}

// beginCounting counts levels as they were when the transaction began, and returns what waits
// until that has ended.
func (b *readBack) beginCounting() (wait func()) {
	if len(b.stockedTables()) > 0 {
		b.counting.Go(b.countLevels)
	}
	return func() { _ = b.counting.Wait() } // what went wrong is told where it matters
}

// countLevels counts them as they were when the transaction began, beside it: no
// other can be committed before it ends.
func (b *readBack) countLevels() (err error) {
	b.levels = map[*importer.Table]int{}
	for _, t := range b.stockedTables() {
		if b.levels[t], err = b.catalog.CountRows(b.ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// stockedTables are the tables of what is in stock that the plan writes.
func (b *readBack) stockedTables() (written []*importer.Table) {
	for _, t := range importer.Tables() {
		if t.Stocked != nil && b.plan.Counts.Of(t).RowWrites() > 0 {
			written = append(written, t)
		}
	}
	return written
}

// check looks at all tables of what is in stock.
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

// countBack is for levels that only go along with what they belong to.
func (b *readBack) countBack(t *importer.Table) error {
	levels, err := b.to.CountRows(b.ctx, t)
	return errors.Join(err, b.checkCount(t, levels))
}

// checkCount makes sure that there are as many levels as there should be.
func (b *readBack) checkCount(t *importer.Table, levels int) error {
	if err := b.counting.Wait(); err != nil {
		return err
	}
	if counts := b.plan.Counts.Of(t); levels != b.levels[t]+counts.Created-counts.Removed {
		return reconciliationBug(b.plan.ID, t, "a level")
	}
	return nil
}

// nameOff names the level that is not what the shop has. There is none where they only
// differ in what the snapshot did not hold yet.
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
