package history

import (
	"context"
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/importer/walk"
)

// ShownChanges yields the changes of a plan that an operator is to see, of one action or of
// all if action is "". Each record of a Create is a change of its own.
func ShownChanges(ctx context.Context, db job.RunOutput, plan string, tables []*importer.Table,
	action importer.Action) iter.Seq2[importer.Change, error] {
	return func(yield func(importer.Change, error) bool) {
		for _, table := range tables {
			for change, err := range changesOf(ctx, db, plan, table) {
				if err == nil && (!change.IsShown() || action != "" && !change.HasAction(action)) {
					continue
				}
				if !yield(change, err) || err != nil {
					return
				}
			}
		}
	}
}

func changesOf(ctx context.Context, db job.RunOutput, plan string, table *importer.Table) iter.Seq2[importer.Change, error] {
	return func(yield func(importer.Change, error) bool) {
		makings, err := makingsOf(ctx, db, plan, table)
		if err != nil {
			yield(importer.Change{}, err)
			return
		}
		if makings != nil {
			defer makings.Close()
		}
		for change, err := range db.Changes(ctx, plan, table) {
			if err != nil || makings == nil || change.Action != importer.Create {
				if !yield(change, err) || err != nil {
					return
				}
				continue
			}
			for record, err := range makings.RecordsOf(change) {
				one := change
				one.Records = 1
				if err == nil {
					one.Key, one.Fields = table.Key(record), importer.AllFields(table, nil, record)
				}
				if !yield(one, err) || err != nil {
					return
				}
			}
		}
	}
}

// makingsOf returns the records that a plan creates, nil if its snapshot is not kept any
// more. Without it only the first record of a Create is known.
func makingsOf(ctx context.Context, db job.RunOutput, plan string, table *importer.Table) (*walk.ChangeRecords, error) {
	made, err := db.Plan(ctx, plan)
	if err != nil {
		return nil, err
	}
	snapshot, err := db.Snapshot(ctx, made.Snapshot)
	if errors.Is(err, importer.ErrNotKept) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return walk.NewChangeRecords(snapshot, table)
}
