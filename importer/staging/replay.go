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

// Part is a snapshot of an earlier run, or a part of one.
type Part struct {
	importer.Snapshot
	Resources []connector.Resource
	Older     *importer.Remark // about old stock, nil if it is recent
}

// ReplayResources returns which resources a replay of an earlier run's snapshot has. It
// returns a fault if the snapshot cannot be replayed.
func ReplayResources(ctx context.Context, workspace importer.Workspace, c connector.Connector, earlier string,
	asked []connector.Resource) ([]connector.Resource, error) {
	part, err := PartOf(ctx, workspace, c, earlier, asked)
	return part.Resources, err
}

// PartOf returns the part of an earlier run's snapshot that a run takes: what was asked
// for, or all that the connector is set up for and the snapshot has.
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

// Remarks yields the remarks on the read and on the tables of the part.
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
					continue // older says the same with the age of now
				}
				if !yield(remark, err) || err != nil {
					return
				}
			}
		}
	}
}
