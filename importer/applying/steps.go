package applying

import (
	"context"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// steps are what the plan does, each with what it is done to, and done with.
type steps struct {
	ctx       context.Context
	plan      *importer.Plan
	snapshot  importer.Snapshot
	workspace importer.Workspace
	catalog   importer.CatalogReader // as it was when the transaction began
	to        importer.CatalogReader // as it is by now
}

// meeting is a change with the row that it is about.
type meeting struct {
	importer.Change
	row   importer.Row
	there bool
}

// meetings gives the changes of a table. Levels are found ahead, beside the
// transaction: what it began with is what it sees of them, since each has one change
// at most.
func (s *steps) meetings(t *importer.Table) iter.Seq2[meeting, error] {
	if t == importer.Stock {
		return beside(s.met(t, s.catalog))
	}
	return s.met(t, s.to)
}

func (s *steps) met(t *importer.Table, in importer.CatalogReader) iter.Seq2[meeting, error] {
	return func(yield func(meeting, error) bool) {
		for change, err := range s.workspace.Changes(s.ctx, s.plan.ID, t) {
			m := meeting{Change: change}
			if err == nil && change.Touches() {
				m.row, m.there, err = in.Row(s.ctx, change)
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// records gives the snapshot's records of the changes of a table that do one of
// these things.
func (s *steps) records(t *importer.Table, actions ...importer.Action) iter.Seq2[importer.Record, error] {
	return func(yield func(importer.Record, error) bool) {
		shop, err := walk.NewMakings(s.snapshot, t)
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
			for record, err := range shop.Of(change) {
				if !yield(record, err) || err != nil {
					return
				}
			}
		}
	}
}
