package importer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// replayed is a snapshot that was not read by this run, or a part of one.
type replayed struct {
	Snapshot
	resources []connector.Resource
	older     *Remark // about its stock, nil when that is young
}

// Replays tells which resources a replay of an earlier run's snapshot has, and refuses
// what cannot be replayed.
func Replays(ctx context.Context, workspace Workspace, c connector.Connector, earlier string, asked []connector.Resource) ([]connector.Resource, error) {
	part, err := partOf(ctx, workspace, c, earlier, asked)
	return part.resources, err
}

// partOf is what a run takes of the snapshot that an earlier one read.
func partOf(ctx context.Context, workspace Workspace, c connector.Connector, earlier string, asked []connector.Resource) (replayed, error) {
	refuse := func(format string, values ...any) (replayed, error) {
		return replayed{}, &connector.Fault{Code: connector.Usage, Message: fmt.Sprintf(format, values...), Next: connector.Typed("import preview").ForStoreAtHand().Next()}
	}
	snapshot, err := workspace.Snapshot(ctx, earlier)
	if errors.Is(err, ErrNotKept) {
		return refuse("no snapshot of %s is kept", earlier)
	}
	if err != nil {
		return replayed{}, err
	}
	info := snapshot.Info()
	if info.Shop.AccountID != c.AccountID {
		return refuse("%s read another shop (%s)", earlier, info.Shop.Domain)
	}
	held := func(r connector.Resource) bool { return slices.Contains(info.Resources, r) }
	wanted := asked
	if len(asked) == 0 {
		wanted = slices.DeleteFunc(c.SetUpFor(), func(r connector.Resource) bool { return !held(r) })
	}
	lacking := slices.DeleteFunc(slices.Clone(wanted), held)
	if len(wanted) == 0 || len(lacking) > 0 {
		return refuse("%s read %s only", info.Run, connector.JoinResources(info.Resources, ", "))
	}
	return replayed{Snapshot: snapshot, resources: wanted}, nil
}

// Info describes the part.
func (r replayed) Info() SnapshotInfo {
	info := r.Snapshot.Info()
	info.Reader, info.Resources = ReaderReplay, r.resources
	return info
}

// Remarks gives those about the reading and about what is taken.
func (r replayed) Remarks() iter.Seq2[Remark, error] {
	return func(yield func(Remark, error) bool) {
		older := r.older
		if !slices.Contains(r.resources, connector.Stock) {
			older = nil
		}
		if older != nil && !yield(*older, nil) {
			return
		}
		for _, t := range append([]*Table{nil}, TablesOf(r.resources)...) {
			for remark, err := range r.RemarksOn(t) {
				if older != nil && remark.Code == older.Code {
					continue // it was younger then
				}
				if !yield(remark, err) || err != nil {
					return
				}
			}
		}
	}
}

// WillReplay notes what the run is to take of a snapshot, and what that does not
// hold.
func (r *Run) WillReplay(c connector.Connector, from SnapshotInfo, resources []connector.Resource) {
	r.WillRead(c, resources)
	for i, n := range r.NotRead {
		if n.Why != WhyEnded && !slices.Contains(from.Resources, connector.Resource(n.Resource)) {
			r.NotRead[i] = NotRead{Resource: n.Resource, Why: WhyNotWanted, Detail: from.Run + " did not read it"}
		}
	}
}
