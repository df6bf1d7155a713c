package importer

import (
	"context"
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/connector"
)

// Workspace stores what reading and planning produce. It cannot touch the catalogue.
type Workspace interface {
	NewSorter() Sorter
	NewSnapshot(ctx context.Context, run string) (SnapshotWriter, error)
	// Snapshot returns the snapshot that a run read, or ErrNotKept.
	Snapshot(ctx context.Context, run string) (Snapshot, error)
	// LastSnapshot returns the newest snapshot of a connector, or ErrNotKept.
	LastSnapshot(ctx context.Context, of connector.ID) (Snapshot, error)
	NewPlan(ctx context.Context, run string) (PlanWriter, error)
	// Changes yields the changes of a plan for one table, in key order.
	Changes(ctx context.Context, plan string, t *Table) iter.Seq2[Change, error]
}

// ErrNotKept means that a snapshot or plan was pruned or never made.
var ErrNotKept = errors.New("not kept any more")
