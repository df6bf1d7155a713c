package importer

import (
	"context"
	"errors"
	"iter"

	"github.com/eshopos/eshopctl/connector"
)

// Workspace keeps what reading and planning make. It cannot touch the
// catalogue.
type Workspace interface {
	NewSorter() Sorter
	NewSnapshot(ctx context.Context, run string) (SnapshotWriter, error)
	// Snapshot gives the snapshot that run read, or ErrNotKept.
	Snapshot(ctx context.Context, run string) (Snapshot, error)
	// LastSnapshot gives the newest snapshot of a connector, or ErrNotKept.
	LastSnapshot(ctx context.Context, of connector.ID) (Snapshot, error)
	NewPlan(ctx context.Context, run string) (PlanWriter, error)
	// Changes gives the stored changes of a plan for one table, in order.
	Changes(ctx context.Context, plan string, t *Table) iter.Seq2[Change, error]
}

// ErrNotKept means that a snapshot or plan was pruned or never made.
var ErrNotKept = errors.New("not kept any more")
