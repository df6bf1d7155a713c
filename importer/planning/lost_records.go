package planning

import (
	"context"
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// After a plan is applied no row may refer to a record that does not exist. Staging makes
// sure of that for records of the shop. A row that stays as it is may refer to a record that
// this plan or somebody else removed, or that never existed.

// lostRecords knows which records will not exist after the plan, and why records that refer to
// them cannot be imported.
type lostRecords struct {
	ctx      context.Context
	catalog  importer.CatalogReader
	snapshot importer.Snapshot
	owners   walk.Owners
	gaps     importer.Gaps
	book     *book

	rejected map[importer.ParentRef]bool     // records whose parts are left alone
	unfit    map[importer.ParentRef]obstacle // the reasons, as far as they are known
	lost     map[importer.ParentRef]bool     // records that will not exist after the plan
	covered  map[*importer.Table]bool        // tables that the plan covers
	parents  map[*importer.Table]string      // by table, the parent that was found last
}

func newLostRecords(ctx context.Context, catalog importer.CatalogReader, snapshot importer.Snapshot, book *book) *lostRecords {
	return &lostRecords{
		ctx: ctx, catalog: catalog, snapshot: snapshot, owners: walk.NewOwners(snapshot), gaps: importer.GapsOf(snapshot.Info()), book: book,
		rejected: map[importer.ParentRef]bool{}, unfit: map[importer.ParentRef]obstacle{}, lost: map[importer.ParentRef]bool{},
		covered: map[*importer.Table]bool{}, parents: map[*importer.Table]string{},
	}
}

// obstacle says why a record cannot be imported, and what may help. The zero obstacle says
// that it can.
type obstacle struct {
	why  string
	next connector.Next
}

// loseRecord notes a record that will not exist after the plan.
func (l *lostRecords) loseRecord(t *importer.Table, key string) {
	if len(importer.PartsOf(t)) > 0 {
		l.lost[importer.ParentRef{Part: t, ID: key}] = true
	}
}

// lackParents notes records that the plan cannot bring although others refer to them: those
// that the shop does not show and, in tables that the plan does not cover, those that
// others deleted here.
func (l *lostRecords) lackParents() error {
	for name, ids := range l.snapshot.Info().Lacking {
		for _, id := range ids {
			if err := l.lackHidden(importer.ParentRef{Part: importer.TableNamed(name), ID: id}); err != nil {
				return err
			}
		}
	}
	for _, t := range importer.Tables() {
		if l.covered[t] || len(importer.PartsOf(t)) == 0 {
			continue
		}
		for d, err := range l.catalog.Deviations(l.ctx, t) {
			if err == nil && (d.Edited || d.Left && t == importer.Warehouses) {
				err = l.lackDeleted(importer.ParentRef{Part: t, ID: d.Key})
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *lostRecords) lackDeleted(ref importer.ParentRef) error {
	_, has, err := l.catalog.FindRow(l.ctx, ref.Part, ref.ID)
	if err != nil || has {
		return err
	}
	return l.lackRecord(ref, obstacle{fmt.Sprintf("%s of %s is not here any more; import %[2]s as well", ref.ID, ref.Part.Name),
		importer.KindImport.Command(l.book.plan.Store).Next()})
}

func (l *lostRecords) lackHidden(ref importer.ParentRef) error {
	if ref.Part == nil {
		return nil // a table that this program does not have
	}
	looked := ""
	if ref.Part.Few {
		looked = ", neither in its list nor by its id"
	}
	return l.lackRecord(ref, obstacle{
		fmt.Sprintf("the shop does not show %s of %s%s", ref.ID, ref.Part.Name, looked),
		importer.KindImport.Command(l.book.plan.Store).After("look whether the shop still has it; once it shows it: "),
	})
}

// lackRecord notes a record whose parts cannot be imported, and why.
func (l *lostRecords) lackRecord(ref importer.ParentRef, why obstacle) error {
	l.rejected[ref], l.unfit[ref] = true, why
	if _, has, err := l.catalog.FindRow(l.ctx, ref.Part, ref.ID); err != nil || has {
		return err
	}
	if ref.Part == importer.Warehouses && !l.covered[ref.Part] {
		l.book.plan.Waiting = append(l.book.plan.Waiting, ref.ID)
		return nil
	}
	l.lost[ref] = true
	return nil
}

// whatStays returns what may stay of a row: nil if its owner will not exist, and a copy
// with fewer references if others will not.
func (l *lostRecords) whatStays(t *importer.Table, m walk.Versions, row importer.Record) (importer.Record, error) {
	for _, parent := range t.Parents {
		var stay []string
		named := 0
		for id := range t.ParentIDs(parent, row) {
			stands, err := l.isThere(importer.ParentRef{Part: parent.Table, ID: id}, m)
			if err != nil {
				return nil, err
			}
			if named++; stands {
				stay = append(stay, id)
			}
		}
		switch {
		case len(stay) == named:
		case t.Columns[parent.Column].Type != importer.Set:
			return nil, nil
		default:
			row = slices.Clone(row)
			row[parent.Column] = importer.StringSet(stay)
		}
	}
	return row, nil
}

// isThere reports whether a record will exist after the plan. References that were imported
// are good unless the record is lost; a row that others edited may refer to anything.
func (l *lostRecords) isThere(ref importer.ParentRef, m walk.Versions) (bool, error) {
	if l.lost[ref] {
		return false, nil
	}
	if m.Deviation == nil || !m.Deviation.Edited {
		return true, nil
	}
	if _, has, err := l.catalog.FindRow(l.ctx, ref.Part, ref.ID); err != nil || has {
		return has, err
	}
	waits := ref.Part == importer.Warehouses // for somebody to link it
	if !l.covered[ref.Part] || l.rejected[ref] && !waits {
		return waits, nil
	}
	return l.owners.HasOwner(ref)
}

func (l *lostRecords) isLost(ref importer.ParentRef) bool { return l.lost[ref] }

func (l *lostRecords) lostOf(t *importer.Table) (ids []string) {
	for ref := range l.lost {
		if ref.Part == t {
			ids = append(ids, ref.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// lackTakenAlong notes a record that is removed although the shop may show it, so that its
// parts cannot be imported.
func (l *lostRecords) lackTakenAlong(ref importer.ParentRef) {
	if len(importer.PartsOf(ref.Part)) == 0 {
		return
	}
	l.lost[ref], l.rejected[ref] = true, true
	l.unfit[ref] = obstacle{
		fmt.Sprintf("%s of %s belonged to what was deleted here; import %[2]s as well", ref.ID, ref.Part.Name),
		importer.KindImport.Command(l.book.plan.Store).Next(),
	}
}

// keepParts notes a record whose parts are to be left alone.
func (l *lostRecords) keepParts(t *importer.Table, key string) {
	if len(importer.PartsOf(t)) > 0 {
		l.rejected[importer.ParentRef{Part: t, ID: key}] = true
	}
}

// rejectedParents reports whether a parent of records of the table may have been rejected.
func (l *lostRecords) rejectedParents(t *importer.Table) bool {
	for ref := range l.rejected {
		if slices.ContainsFunc(t.Parents, func(parent importer.Parent) bool { return parent.Table == ref.Part }) {
			return true
		}
	}
	return false
}

// coveredParents reports whether the plan covers all parents of t, so that every parent
// that a record refers to exists or is noted.
func (l *lostRecords) coveredParents(t *importer.Table) bool {
	return !slices.ContainsFunc(t.Parents, func(parent importer.Parent) bool { return !l.covered[parent.Table] })
}

// isUnsure reports whether a row that the shop did not show may still exist in the shop:
// its parent was rejected, or it falls into a gap of the snapshot.
func (l *lostRecords) isUnsure(t *importer.Table, row importer.Record) bool {
	for parent := range t.ParentsOf(row) {
		if l.rejected[importer.ParentRef{Part: parent.Table, ID: row[parent.Column].Text()}] {
			return true
		}
	}
	return l.gaps.MayHold(t, row)
}

// ownerRead reports whether the owner of a part is in the snapshot. Its row does not tell:
// somebody may have deleted it.
func (l *lostRecords) ownerRead(t *importer.Table, part importer.Record) (bool, error) {
	if t.Stocked != nil {
		return true, nil
	}
	return l.owners.HasOwner(t.OwnerOf(part))
}
