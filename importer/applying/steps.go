package applying

import (
	"context"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// steps yields the changes of the plan, with their rows and records.
type steps struct {
	ctx       context.Context
	plan      *importer.Plan
	snapshot  importer.Snapshot
	workspace importer.Workspace
	catalog   importer.CatalogReader // outside of the transaction
	to        importer.CatalogReader // inside the transaction
}

// step is a change with the row that it is about.
type step struct {
	importer.Change
	row   importer.Row
	there bool
}

// ofTable yields the changes of a table. Stock levels are looked up ahead, outside of the
// transaction: each has one change at most, so their rows are the same there.
func (s *steps) ofTable(t *importer.Table) iter.Seq2[step, error] {
	if t == importer.Stock {
		return readAhead(s.readFrom(t, s.catalog))
	}
	return s.readFrom(t, s.to)
}

func (s *steps) readFrom(t *importer.Table, in importer.CatalogReader) iter.Seq2[step, error] {
	return func(yield func(step, error) bool) {
		for change, err := range s.workspace.Changes(s.ctx, s.plan.ID, t) {
			m := step{Change: change}
			if err == nil && change.TouchesRow() {
				m.row, m.there, err = in.RowOf(s.ctx, change)
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// recordsOf yields the snapshot's records of the changes of a table that have one of these
// actions.
func (s *steps) recordsOf(t *importer.Table, actions ...importer.Action) iter.Seq2[importer.Record, error] {
	return func(yield func(importer.Record, error) bool) {
		shop, err := walk.NewChangeRecords(s.snapshot, t)
		if err != nil {
			yield(nil, err)
			return
		}
		defer shop.Close()
		for change, err := range s.workspace.Changes(s.ctx, s.plan.ID, t) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !slices.Contains(actions, change.Action) {
				continue
			}
			for record, err := range shop.RecordsOf(change) {
				if !yield(record, err) || err != nil {
					return
				}
			}
		}
	}
}
