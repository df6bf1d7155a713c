package checking

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// Reconciler compares a fresh snapshot with every row of the catalogue. It trusts
// neither digests nor what was noted about edits, and has no way to write the
// catalogue.
type Reconciler struct {
	Catalog   importer.CatalogReader
	Workspace importer.Workspace
	Report    importer.Reporter
	Now       func() time.Time

	dropped walk.Dropped // snapshots that are done without
}

// Reconcile compares and fills run with what it found. The differences are kept
// as the changes of the run, to be listed and never applied. What nobody is known
// to have moved is noted with them, so that the next import looks at these rows.
// A snapshot of what was imported that cannot be read is done without.
func (r *Reconciler) Reconcile(ctx context.Context, run *importer.Run, c connector.Connector, snapshot importer.Snapshot) error {
	for {
		err := r.reconcile(ctx, run, c, snapshot)
		if unread, learned := r.dropped.Learn(err); !learned || unread == run.ID {
			return err
		}
	}
}

func (r *Reconciler) reconcile(ctx context.Context, run *importer.Run, c connector.Connector, snapshot importer.Snapshot) error {
	to, err := r.Workspace.NewPlan(ctx, run.ID)
	if err != nil {
		return err
	}
	info := snapshot.Info()
	found := &reconciling{
		Reconciler: r, ctx: ctx, snapshot: snapshot, to: to, units: map[string]*importer.WarehouseUnits{}, owners: walk.NewOwners(snapshot), gaps: importer.GapsOf(info),
		plan: importer.Plan{
			ID: run.ID, Store: c.Store, Provider: c.Provider, Domain: info.Shop.Domain, AccountID: info.Shop.AccountID, Resources: info.Resources,
			Snapshot: info.Run, AsOf: info.AsOf, Reader: info.Reader, Had: map[string]int{}, WarningsBy: map[string]int{}, RejectedBy: map[string]int{},
			NotRead: info.NotRead,
		},
		report: importer.Reconciliation{Totals: map[string]importer.Sides{}, Units: []importer.WarehouseUnits{}, Moved: map[importer.Moved]int{}},
	}
	if err := found.tables(); err != nil {
		_ = to.Discard() // the first error is the one to tell
		return err
	}
	found.plan.MadeAt = r.Now().UTC()
	*run = importer.Finished(*run, found.plan, r.Now())
	run.Status, run.Reconciliation = importer.Succeeded, &found.report
	return to.Commit(found.plan)
}

// reconciling is one comparison.
type reconciling struct {
	*Reconciler
	ctx      context.Context
	snapshot importer.Snapshot
	to       importer.PlanWriter
	plan     importer.Plan
	report   importer.Reconciliation
	units    map[string]*importer.WarehouseUnits
	unread   walk.Unread    // of the table at hand
	last     *walk.LastRead // of the table at hand
	owners   walk.Owners
	gaps     importer.Gaps
}

func (r *reconciling) tables() error {
	for _, remark := range r.dropped.Remarks() {
		r.plan.Warnings++
		r.plan.WarningsBy[remark.Code]++
		if err := r.to.Remark(remark); err != nil {
			return err
		}
	}
	for _, t := range importer.TablesOf(r.plan.Resources) {
		r.Report.Planning(t)
		r.report.Totals[t.Name] = importer.Sides{}
		r.nameless(t)
		if err := r.table(t); err != nil {
			return err
		}
	}
	for _, units := range r.units {
		if err := r.name(units); err != nil {
			return err
		}
		r.report.Units = append(r.report.Units, *units)
	}
	slices.SortFunc(r.report.Units, func(a, b importer.WarehouseUnits) int { return cmp.Compare(a.ExternalID, b.ExternalID) })
	return nil
}

// nameless accounts for what has no id to be compared by.
func (r *reconciling) nameless(t *importer.Table) {
	sides, counts := r.report.Totals[t.Name], r.plan.Counts.Of(t)
	for _, one := range r.snapshot.Info().Nameless {
		if one.Table == t.Name {
			sides.Shop++
			counts.Read++
			counts.Rejected++
		}
	}
	r.report.Totals[t.Name] = sides
}

// table holds every record of the shop against every row.
func (r *reconciling) table(t *importer.Table) error {
	imported, err := r.Catalog.Imported(r.ctx, t)
	unknown := r.dropped.Had(imported, err)
	if err != nil && !errors.Is(err, importer.ErrNotKept) && !unknown {
		return err
	}
	if unknown {
		imported = nil
	}
	if r.unread, r.last, err = walk.UnreadSince(r.ctx, r.Catalog, t, r.snapshot, imported, r.dropped); err != nil {
		return err
	}
	defer r.last.Stop()
	sides := walk.Join(importer.Records(r.snapshot, t), r.Catalog.Rows(r.ctx, t), t.Key, func(row importer.Row) string { return row.Key })
	then := walk.Join(walk.RecordsOf(imported, t), r.Catalog.Deviations(r.ctx, t), t.Key, func(d importer.Deviation) string { return d.Key })
	return walk.Pair(sides, then, walk.Couple[importer.Record, importer.Row].At, walk.Couple[importer.Record, importer.Deviation].At,
		func(key string, now *walk.Couple[importer.Record, importer.Row], then *walk.Couple[importer.Record, importer.Deviation]) error {
			if now == nil {
				return r.ctx.Err() // neither side has it any more
			}
			was := known(then)
			if err := r.asStored(key, now, &was); err != nil {
				return err
			}
			was.unknown = unknown
			return r.compare(t, key, *now, was)
		})
}

// asStored makes both sides, and what the last run knew, equal in what was not read.
func (r *reconciling) asStored(key string, now *walk.Couple[importer.Record, importer.Row], was *before) error {
	if err := r.last.Complete(key, &was.read, &was.imported); err != nil {
		return err
	}
	stored := was.imported
	if now.Right != nil {
		stored = now.Right.Record
	}
	if now.Left != nil {
		now.Left = new(now.Left.Keeping(stored, r.unread.Now))
	}
	unknown := r.unread.Now | r.unread.Unknown
	was.read, was.imported = was.read.Keeping(stored, unknown), was.imported.Keeping(stored, unknown)
	was.hold(now)
	return nil
}

// compare accounts for one key.
func (r *reconciling) compare(t *importer.Table, key string, now walk.Couple[importer.Record, importer.Row], was before) error {
	rejects, err := r.rejects(t, now)
	if err != nil {
		return err
	}
	r.total(t, now, !rejects || now.Left != nil && t.Sound(*now.Left))
	counts := r.plan.Counts.Of(t)
	change := importer.Change{Table: t, Key: key}
	switch {
	case rejects:
		return r.compareRejected(change, now)
	case now.Left == nil:
		if kept, err := r.keptAsMissing(t, *now.Right); kept || err != nil {
			return err
		}
		change.Action, change.LocalID, change.Fields = importer.Remove, now.Right.LocalID, importer.AllFields(t, now.Right.Record, nil)
		if t.Kept {
			change.Action, change.Fields = importer.Miss, nil
		}
	case now.Right == nil:
		change.Action, change.Records = importer.Create, 1
	case t.Equal(*now.Left, now.Right.Record) && !now.Right.Missing && !now.Right.Astray:
		counts.Read++
		counts.Unchanged++
		return nil
	default:
		change.Action, change.LocalID, change.Fields = importer.Update, now.Right.LocalID, importer.Differences(t, now.Right.Record, *now.Left)
		change.Filled = importer.OnlyFills(change.Fields, was.imported, *now.Right)
	}
	if !change.Filled {
		change.Moved = whoMoved(t, now, was)
	}
	if change.Moved == importer.ByBoth {
		change.Imported = was.imported
	}
	return r.differ(change)
}

// rejects reports whether an import would keep what the shop has out, or leave the row
// alone, because of what the shop does not say.
func (r *reconciling) rejects(t *importer.Table, now walk.Couple[importer.Record, importer.Row]) (bool, error) {
	if now.Left != nil {
		_, short := r.gaps.IncompleteOf(t, *now.Left)
		return short || !t.Sound(*now.Left), nil
	}
	if r.gaps.MayHold(t, now.Right.Record) {
		return true, nil
	}
	return r.owners.Unsound(t, now.Right.Record)
}

// compareRejected accounts for what an import would reject. A row can only be compared
// with what is sound.
func (r *reconciling) compareRejected(change importer.Change, now walk.Couple[importer.Record, importer.Row]) error {
	t := change.Table
	change.Moved = importer.ByRejected
	switch {
	case now.Left == nil:
		return nil
	case now.Right == nil:
		change.Action, change.Records = importer.Create, 1
	case !t.Sound(*now.Left) || t.Equal(*now.Left, now.Right.Record):
		counts := r.plan.Counts.Of(t)
		counts.Read++
		counts.Rejected++
		return nil
	default:
		change.Action, change.LocalID, change.Fields = importer.Update, now.Right.LocalID, importer.Differences(t, now.Right.Record, *now.Left)
	}
	return r.differ(change)
}

// differ counts a difference and keeps it.
func (r *reconciling) differ(change importer.Change) error {
	counts := r.plan.Counts.Of(change.Table)
	if change.Moved != importer.ByNobody {
		r.report.Moved[change.Moved]++
	}
	change.Drifted, change.Both = change.Moved == importer.ByStore || change.Moved == importer.ByBoth, change.Moved == importer.ByBoth
	if change.Drifted {
		counts.Drifted++
	}
	switch {
	case change.Action == importer.Miss:
		counts.Missing++
	case change.Action == importer.Remove:
		counts.Removed++
	case change.Moved == importer.ByRejected:
		counts.Read++
		counts.Rejected++
	case change.Action == importer.Create:
		counts.Read++
		counts.Created++
	default:
		counts.Read++
		counts.Updated++
		if change.Filled {
			counts.Filled++
		}
	}
	if change.Moved == importer.ByNeither {
		if err := r.remarkBug(change); err != nil {
			return err
		}
	}
	return r.to.Change(change)
}

func (r *reconciling) remarkBug(change importer.Change) error {
	r.plan.Warnings++
	r.plan.WarningsBy[importer.WarnReconciliationBug]++
	return r.to.Remark(importer.Remark{
		Code: importer.WarnReconciliationBug, Severity: importer.Warning, Resource: change.Table.Name, ExternalID: importer.ShowKey(change.Key), LocalID: change.LocalID,
		Message: fmt.Sprintf("reconciliation bug: shop and store differ in %s, but neither changed since the last run", r.what(change)),
		Next:    connector.Typed("runs changes", r.plan.ID, "-o", "jsonl").After("do not run the import again blindly; report it with: "),
	})
}

func (r *reconciling) what(change importer.Change) string {
	switch change.Action {
	case importer.Create:
		return "that only the shop has it"
	case importer.Miss, importer.Remove:
		return "that only the store has it"
	}
	return importer.FieldNames(change.Table, change.Fields, func(importer.FieldChange) bool { return true })
}

// keptAsMissing reports whether a row is rightly here although the shop no
// longer shows it: it was marked missing, or is part of what is gone from the shop
// and marked so, or gone from here as well.
func (r *reconciling) keptAsMissing(t *importer.Table, row importer.Row) (kept bool, err error) {
	kept = row.Missing
	if !t.Kept && t.Stocked == nil {
		kept, err = r.ownerGone(t.OwnerOf(row.Record))
	}
	if kept {
		sides := r.report.Totals[t.Name]
		sides.Missing++
		r.report.Totals[t.Name] = sides
	}
	return kept, err
}

func (r *reconciling) ownerGone(owner importer.ParentRef) (bool, error) {
	if shown, err := r.owners.Shows(owner); shown || err != nil {
		return false, err
	}
	if owner.Part == nil {
		return true, nil
	}
	row, has, err := r.Catalog.Find(r.ctx, owner.Part, owner.ID)
	return !has || row.Missing, err
}

// total adds a key to the totals of both sides. known says that the shop says how much
// there is.
func (r *reconciling) total(t *importer.Table, now walk.Couple[importer.Record, importer.Row], known bool) {
	sides := r.report.Totals[t.Name]
	if now.Left != nil {
		sides.Shop++
		if known {
			r.addUnits(t, *now.Left, func(u *importer.WarehouseUnits) (*int64, *int) { return &u.Shop, &u.ShopUnknown })
		}
	}
	if now.Right != nil {
		sides.Store++
		if known || t != importer.Stock {
			r.addUnits(t, now.Right.Record, func(u *importer.WarehouseUnits) (*int64, *int) { return &u.Store, &u.StoreUnknown })
		}
	}
	r.report.Totals[t.Name] = sides
}

// name names a place by its warehouse where no locations were compared.
func (r *reconciling) name(units *importer.WarehouseUnits) error {
	if units.Name != "" {
		return nil
	}
	row, has, err := r.Catalog.Find(r.ctx, importer.Warehouses, units.ExternalID)
	if has {
		units.Name = row.Record[importer.WarehouseName].Text()
	}
	return err
}

// addUnits adds a level to the units of its place. Where no stock was read there are
// no units to tell, not even none.
func (r *reconciling) addUnits(t *importer.Table, record importer.Record, side func(*importer.WarehouseUnits) (*int64, *int)) {
	id := record[0].Text()
	if t == importer.Stock {
		id = record[importer.StockWarehouse].Text()
	}
	if t != importer.Warehouses && t != importer.Stock || !slices.Contains(r.plan.Resources, connector.Stock) {
		return
	}
	units := r.units[id]
	if units == nil {
		units = &importer.WarehouseUnits{ExternalID: id}
		r.units[id] = units
	}
	if t == importer.Warehouses {
		units.Name = record[importer.WarehouseName].Text()
		return
	}
	available, unknown := side(units)
	switch {
	case !record[importer.StockTracked].Is(true):
	case record[importer.StockAvailable].Present():
		*available += record[importer.StockAvailable].Int()
	default:
		*unknown++
	}
}
