package staging

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Part is a snapshot that was not read by this run, or a part of one.
type Part struct {
	importer.Snapshot
	Resources []connector.Resource
	Older     *importer.Remark // about its stock, nil when that is young
}

// ReplayResources tells which resources a replay of an earlier run's snapshot has, and refuses
// what cannot be replayed.
func ReplayResources(ctx context.Context, workspace importer.Workspace, c connector.Connector, earlier string,
	asked []connector.Resource) ([]connector.Resource, error) {
	part, err := PartOf(ctx, workspace, c, earlier, asked)
	return part.Resources, err
}

// PartOf is what a run takes of the snapshot that an earlier one read.
func PartOf(ctx context.Context, workspace importer.Workspace, c connector.Connector, earlier string,
	asked []connector.Resource) (Part, error) {
	refuse := func(format string, values ...any) (Part, error) {
		return Part{}, &connector.Fault{Code: connector.Usage, Message: fmt.Sprintf(format, values...),
			Next: connector.Typed("import preview").ForStoreAtHand().Next()}
	}
	snapshot, err := workspace.Snapshot(ctx, earlier)
	if errors.Is(err, importer.ErrNotKept) {
		return refuse("no snapshot of %s is kept", earlier)
	}
	if err != nil {
		return Part{}, err
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
	return Part{Snapshot: snapshot, Resources: wanted}, nil
}

// Info describes the part.
func (r Part) Info() importer.SnapshotInfo {
	info := r.Snapshot.Info()
	info.Reader, info.Resources = importer.ReaderReplay, r.Resources
	return info
}

// Remarks gives those about the reading and about what is taken.
func (r Part) Remarks() iter.Seq2[importer.Remark, error] {
	return func(yield func(importer.Remark, error) bool) {
		older := r.Older
		if !slices.Contains(r.Resources, connector.Stock) {
			older = nil
		}
		if older != nil && !yield(*older, nil) {
			return
		}
		for _, t := range append([]*importer.Table{nil}, importer.TablesOf(r.Resources)...) {
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
