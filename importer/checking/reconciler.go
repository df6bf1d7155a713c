package checking

import (
	"context"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// Reconciler compares a fresh snapshot with every row of the catalogue. It does not rely on
// digests or on noted edits, and cannot write the catalogue.
type Reconciler struct {
	Catalog   importer.CatalogReader
	Workspace importer.Workspace
	Report    importer.Reporter
	Now       func() time.Time

	dropped walk.UnreadableSnapshots // snapshots to compare without
}

// Reconcile compares and fills run with the result. The differences are stored as changes
// of the run, to be listed and never applied. Rows that differ although no edit is known
// are noted, so that the next import looks at them. If an imported snapshot cannot be read
// it does without.
func (r *Reconciler) Reconcile(ctx context.Context, run *importer.Run, c connector.Connector, snapshot importer.Snapshot) error {
	for {
		err := r.reconcileOnce(ctx, run, c, snapshot)
		if unread, learned := r.dropped.LearnFrom(err); !learned || unread == run.ID {
			return err
		}
	}
}

func (r *Reconciler) reconcileOnce(ctx context.Context, run *importer.Run, c connector.Connector, snapshot importer.Snapshot) error {
	to, err := r.Workspace.NewPlan(ctx, run.ID)
	if err != nil {
		return err
	}
	info := snapshot.Info()
	found := newFindings(to, importer.Plan{
		ID: run.ID, Store: c.Store, Provider: c.Provider, Domain: info.Shop.Domain, AccountID: info.Shop.AccountID, Resources: info.Resources,
		Snapshot: info.Run, AsOf: info.AsOf, Reader: info.Reader, Had: map[string]int{}, WarningsBy: map[string]int{},
		RejectedBy: map[string]int{},
		NotRead:    info.NotRead,
	})
	made := &comparison{
		ctx: ctx, catalog: r.Catalog, reporter: r.Report, dropped: r.dropped, snapshot: snapshot, owners: walk.NewOwners(snapshot),
		gaps:     importer.GapsOf(info),
		findings: found, totals: newTotals(slices.Contains(info.Resources, connector.Stock)),
	}
	if err := made.compareTables(); err != nil {
		_ = to.Discard() // the first error is the one to tell
		return err
	}
	found.plan.MadeAt = r.Now().UTC()
	*run = importer.FinishedRun(*run, found.plan, r.Now())
	run.Status = importer.Succeeded
	run.Reconciliation = &importer.Reconciliation{Totals: made.totals.sides, Units: made.totals.inOrder(), Moved: found.moved}
	return to.Commit(found.plan)
}
