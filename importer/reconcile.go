package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Moved says who moved when shop and store differ.
type Moved string

// Who moved.
const (
	ByShop     Moved = "shop"     // the shop changed since the last run
	ByStore    Moved = "store"    // a row was edited here since
	ByBoth     Moved = "both"     // both did
	ByRejected Moved = "rejected" // the last run kept it out, or left it as it was
	ByNeither  Moved = "neither"  // a reconciliation bug

	ByNobody Moved = "" // columns are only to be filled, which is not counted as a move
)

// Reconciliation is what a run of kind reconcile found beside its counts. There,
// unchanged is equal, updated is different, created is only in the shop, missing
// and removed are only in the store.
type Reconciliation struct {
	Totals map[string]Sides `json:"totals"` // records by resource
	Units  []WarehouseUnits `json:"units"`
	Moved  map[Moved]int    `json:"moved"`
}

// Sides are the records of one resource in the shop and in the store, and how
// many of the store's are kept as missing.
type Sides struct {
	Shop    int `json:"shop"`
	Store   int `json:"store"`
	Missing int `json:"missing"`
}

// WarehouseUnits are the units that are available of tracked items at one place.
type WarehouseUnits struct {
	ExternalID string `json:"external_id"`
	Name       string `json:"name"`
	Shop       int64  `json:"shop"`
	Store      int64  `json:"store"`
	// How many levels of each side have no number.
	ShopUnknown  int `json:"shop_unknown,omitempty"`
	StoreUnknown int `json:"store_unknown,omitempty"`
}

// Reconciler compares a fresh snapshot with every row of the catalogue. It trusts
// neither digests nor what was noted about edits, and has no way to write the
// catalogue.
type Reconciler struct {
	Catalog   CatalogReader
	Workspace Workspace
	Report    Reporter
	Now       func() time.Time

	dropped dropped // snapshots that are done without
}

// Reconcile compares and fills run with what it found. The differences are kept
// as the changes of the run, to be listed and never applied. What nobody is known
// to have moved is noted with them, so that the next import looks at these rows.
// A snapshot of what was imported that cannot be read is done without.
func (r *Reconciler) Reconcile(ctx context.Context, run *Run, c connector.Connector, snapshot Snapshot) error {
	for {
		err := r.reconcile(ctx, run, c, snapshot)
		if unread, learned := r.dropped.learn(err); !learned || unread == run.ID {
			return err
		}
	}
}

func (r *Reconciler) reconcile(ctx context.Context, run *Run, c connector.Connector, snapshot Snapshot) error {
	to, err := r.Workspace.NewPlan(ctx, run.ID)
	if err != nil {
		return err
	}
	info := snapshot.Info()
	found := &reconciling{
		Reconciler: r, ctx: ctx, snapshot: snapshot, to: to, units: map[string]*WarehouseUnits{}, owners: owners{in: snapshot}, gaps: gapsOf(info),
		plan: Plan{
			ID: run.ID, Store: c.Store, Provider: c.Provider, Domain: info.Shop.Domain, AccountID: info.Shop.AccountID, Resources: info.Resources,
			Snapshot: info.Run, AsOf: info.AsOf, Reader: info.Reader, Had: map[string]int{}, WarningsBy: map[string]int{}, RejectedBy: map[string]int{},
			NotRead: info.NotRead,
		},
		report: Reconciliation{Totals: map[string]Sides{}, Units: []WarehouseUnits{}, Moved: map[Moved]int{}},
	}
	if err := found.tables(); err != nil {
		_ = to.Discard() // the first error is the one to tell
		return err
	}
	found.plan.MadeAt = r.Now().UTC()
	*run = finished(*run, found.plan, r.Now())
	run.Status, run.Reconciliation = Succeeded, &found.report
	return to.Commit(found.plan)
}

// reconciling is one comparison.
type reconciling struct {
	*Reconciler
	ctx      context.Context
	snapshot Snapshot
	to       PlanWriter
	plan     Plan
	report   Reconciliation
	units    map[string]*WarehouseUnits
	unread   unread    // of the table at hand
	last     *lastRead // of the table at hand
	owners   owners
	gaps     gaps
}

func (r *reconciling) tables() error {
	for _, remark := range r.dropped.remarks() {
		r.plan.Warnings++
		r.plan.WarningsBy[remark.Code]++
		if err := r.to.Remark(remark); err != nil {
			return err
		}
	}
	for _, t := range TablesOf(r.plan.Resources) {
		r.Report.Planning(t)
		r.report.Totals[t.Name] = Sides{}
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
	slices.SortFunc(r.report.Units, func(a, b WarehouseUnits) int { return cmp.Compare(a.ExternalID, b.ExternalID) })
	return nil
}

// nameless accounts for what has no id to be compared by.
func (r *reconciling) nameless(t *Table) {
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
func (r *reconciling) table(t *Table) error {
	imported, err := r.Catalog.Imported(r.ctx, t)
	unknown := r.dropped.had(imported, err)
	if err != nil && !errors.Is(err, ErrNotKept) && !unknown {
		return err
	}
	if unknown {
		imported = nil
	}
	if r.unread, r.last, err = unreadSince(r.ctx, r.Catalog, t, r.snapshot, imported, r.dropped); err != nil {
		return err
	}
	defer r.last.stop()
	sides := join(Records(r.snapshot, t), r.Catalog.Rows(r.ctx, t), t.Key, func(row Row) string { return row.Key })
	then := join(recordsOf(imported, t), r.Catalog.Deviations(r.ctx, t), t.Key, func(d Deviation) string { return d.Key })
	return pair(sides, then, joined[Record, Row].at, joined[Record, Deviation].at,
		func(key string, now *joined[Record, Row], then *joined[Record, Deviation]) error {
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
func (r *reconciling) asStored(key string, now *joined[Record, Row], was *before) error {
	if err := r.last.into(key, &was.read, &was.imported); err != nil {
		return err
	}
	stored := was.imported
	if now.right != nil {
		stored = now.right.Record
	}
	if now.left != nil {
		now.left = new(now.left.keeping(stored, r.unread.now))
	}
	unknown := r.unread.now | r.unread.unknown
	was.read, was.imported = was.read.keeping(stored, unknown), was.imported.keeping(stored, unknown)
	was.hold(now)
	return nil
}

// compare accounts for one key.
func (r *reconciling) compare(t *Table, key string, now joined[Record, Row], was before) error {
	rejects, err := r.rejects(t, now)
	if err != nil {
		return err
	}
	r.total(t, now, !rejects || now.left != nil && t.Sound(*now.left))
	counts := r.plan.Counts.Of(t)
	change := Change{Table: t, Key: key}
	switch {
	case rejects:
		return r.compareRejected(change, now)
	case now.left == nil:
		if kept, err := r.keptAsMissing(t, *now.right); kept || err != nil {
			return err
		}
		change.Action, change.LocalID, change.Fields = Remove, now.right.LocalID, t.AllFields(now.right.Record, nil)
		if t.Kept {
			change.Action, change.Fields = Miss, nil
		}
	case now.right == nil:
		change.Action, change.Records = Create, 1
	case t.Equal(*now.left, now.right.Record) && !now.right.Missing && !now.right.Astray:
		counts.Read++
		counts.Unchanged++
		return nil
	default:
		change.Action, change.LocalID, change.Fields = Update, now.right.LocalID, t.differences(now.right.Record, *now.left)
		change.Filled = fills(change.Fields, was.imported, *now.right)
	}
	if !change.Filled {
		change.Moved = whoMoved(t, now, was)
	}
	if change.Moved == ByBoth {
		change.Imported = was.imported
	}
	return r.differ(change)
}

// rejects reports whether an import would keep what the shop has out, or leave the row
// alone, because of what the shop does not say.
func (r *reconciling) rejects(t *Table, now joined[Record, Row]) (bool, error) {
	if now.left != nil {
		_, short := r.gaps.incomplete(t, *now.left)
		return short || !t.Sound(*now.left), nil
	}
	if r.gaps.mayHold(t, now.right.Record) {
		return true, nil
	}
	return r.owners.unsound(t, now.right.Record)
}

// compareRejected accounts for what an import would reject. A row can only be compared
// with what is sound.
func (r *reconciling) compareRejected(change Change, now joined[Record, Row]) error {
	t := change.Table
	change.Moved = ByRejected
	switch {
	case now.left == nil:
		return nil
	case now.right == nil:
		change.Action, change.Records = Create, 1
	case !t.Sound(*now.left) || t.Equal(*now.left, now.right.Record):
		counts := r.plan.Counts.Of(t)
		counts.Read++
		counts.Rejected++
		return nil
	default:
		change.Action, change.LocalID, change.Fields = Update, now.right.LocalID, t.differences(now.right.Record, *now.left)
	}
	return r.differ(change)
}

// differ counts a difference and keeps it.
func (r *reconciling) differ(change Change) error {
	counts := r.plan.Counts.Of(change.Table)
	if change.Moved != ByNobody {
		r.report.Moved[change.Moved]++
	}
	change.Drifted, change.Both = change.Moved == ByStore || change.Moved == ByBoth, change.Moved == ByBoth
	if change.Drifted {
		counts.Drifted++
	}
	switch {
	case change.Action == Miss:
		counts.Missing++
	case change.Action == Remove:
		counts.Removed++
	case change.Moved == ByRejected:
		counts.Read++
		counts.Rejected++
	case change.Action == Create:
		counts.Read++
		counts.Created++
	default:
		counts.Read++
		counts.Updated++
		if change.Filled {
			counts.Filled++
		}
	}
	if change.Moved == ByNeither {
		if err := r.remarkBug(change); err != nil {
			return err
		}
	}
	return r.to.Change(change)
}

func (r *reconciling) remarkBug(change Change) error {
	r.plan.Warnings++
	r.plan.WarningsBy[WarnReconciliationBug]++
	return r.to.Remark(Remark{
		Code: WarnReconciliationBug, Severity: Warning, Resource: change.Table.Name, ExternalID: ShowKey(change.Key), LocalID: change.LocalID,
		Message: fmt.Sprintf("reconciliation bug: shop and store differ in %s, but neither changed since the last run", r.what(change)),
		Next:    connector.Typed("runs changes", r.plan.ID, "-o", "jsonl").After("do not run the import again blindly; report it with: "),
	})
}

func (r *reconciling) what(change Change) string {
	switch change.Action {
	case Create:
		return "that only the shop has it"
	case Miss, Remove:
		return "that only the store has it"
	}
	return fieldNames(change.Table, change.Fields, func(FieldChange) bool { return true })
}

// keptAsMissing reports whether a row is rightly here although the shop no
// longer shows it: it was marked missing, or is part of what is gone from the shop
// and marked so, or gone from here as well.
func (r *reconciling) keptAsMissing(t *Table, row Row) (kept bool, err error) {
	kept = row.Missing
	if !t.Kept && t.Stocked == nil {
		kept, err = r.ownerGone(t.owner(row.Record))
	}
	if kept {
		sides := r.report.Totals[t.Name]
		sides.Missing++
		r.report.Totals[t.Name] = sides
	}
	return kept, err
}

func (r *reconciling) ownerGone(owner ParentRef) (bool, error) {
	if shown, err := r.owners.shown(owner); shown || err != nil {
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
func (r *reconciling) total(t *Table, now joined[Record, Row], known bool) {
	sides := r.report.Totals[t.Name]
	if now.left != nil {
		sides.Shop++
		if known {
			r.addUnits(t, *now.left, func(u *WarehouseUnits) (*int64, *int) { return &u.Shop, &u.ShopUnknown })
		}
	}
	if now.right != nil {
		sides.Store++
		if known || t != Stock {
			r.addUnits(t, now.right.Record, func(u *WarehouseUnits) (*int64, *int) { return &u.Store, &u.StoreUnknown })
		}
	}
	r.report.Totals[t.Name] = sides
}

// name names a place by its warehouse where no locations were compared.
func (r *reconciling) name(units *WarehouseUnits) error {
	if units.Name != "" {
		return nil
	}
	row, has, err := r.Catalog.Find(r.ctx, Warehouses, units.ExternalID)
	if has {
		units.Name = row.Record[warehouseName].text
	}
	return err
}

// addUnits adds a level to the units of its place. Where no stock was read there are
// no units to tell, not even none.
func (r *reconciling) addUnits(t *Table, record Record, side func(*WarehouseUnits) (*int64, *int)) {
	id := record[0].text
	if t == Stock {
		id = record[stockWarehouse].text
	}
	if t != Warehouses && t != Stock || !slices.Contains(r.plan.Resources, connector.Stock) {
		return
	}
	units := r.units[id]
	if units == nil {
		units = &WarehouseUnits{ExternalID: id}
		r.units[id] = units
	}
	if t == Warehouses {
		units.Name = record[warehouseName].text
		return
	}
	available, unknown := side(units)
	switch {
	case !record[stockTracked].Is(true):
	case record[stockAvailable].present:
		*available += record[stockAvailable].Int()
	default:
		*unknown++
	}
}
