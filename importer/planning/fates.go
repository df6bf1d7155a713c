package planning

import (
	"context"
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// No row may refer to a record that is not there once a plan is applied. What the
// shop shows refers well, because the assembly sees to it; a row that stays as it is,
// whatever the shop shows, may not: what it refers to was taken away by this plan, by
// somebody else, or was never there.

// fates are what becomes of records that others refer to.
type fates struct {
	ctx      context.Context
	catalog  importer.CatalogReader
	snapshot importer.Snapshot
	owners   walk.Owners
	gaps     importer.Gaps
	book     *book

	rejected map[importer.ParentRef]bool     // their parts are left alone, as far as what they refer to stays
	unfit    map[importer.ParentRef]obstacle // why, where that is known
	lost     map[importer.ParentRef]bool     // not there when the plan is applied
	covered  map[*importer.Table]bool        // read in full, so that every parent was met
	parents  map[*importer.Table]string      // the last of each table that was found to be there
}

func newFates(ctx context.Context, catalog importer.CatalogReader, snapshot importer.Snapshot, book *book) *fates {
	return &fates{
		ctx: ctx, catalog: catalog, snapshot: snapshot, owners: walk.NewOwners(snapshot), gaps: importer.GapsOf(snapshot.Info()), book: book,
		rejected: map[importer.ParentRef]bool{}, unfit: map[importer.ParentRef]obstacle{}, lost: map[importer.ParentRef]bool{},
		covered: map[*importer.Table]bool{}, parents: map[*importer.Table]string{},
	}
}

// obstacle says why something of a record cannot be imported, and what may help. The
// zero unfit says that it can.
type obstacle struct {
	why  string
	next connector.Next
}

// loseRecord notes a record that is not there once the plan is applied.
func (f *fates) loseRecord(t *importer.Table, key string) {
	if len(importer.PartsOf(t)) > 0 {
		f.lost[importer.ParentRef{Part: t, ID: key}] = true
	}
}

// lackParents notes what the plan cannot bring: records that the shop names and does
// not show, and, of tables that are not covered, those that others deleted here. A
// location that lost its warehouse is left alone by each import.
func (f *fates) lackParents() error {
	for name, ids := range f.snapshot.Info().Lacking {
		for _, id := range ids {
			if err := f.lackHidden(importer.ParentRef{Part: importer.TableNamed(name), ID: id}); err != nil {
				return err
			}
		}
	}
	for _, t := range importer.Tables() {
		if f.covered[t] || len(importer.PartsOf(t)) == 0 {
			continue
		}
		for d, err := range f.catalog.Deviations(f.ctx, t) {
			if err == nil && (d.Edited || d.Left && t == importer.Warehouses) {
				err = f.lackDeleted(importer.ParentRef{Part: t, ID: d.Key})
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *fates) lackDeleted(ref importer.ParentRef) error {
	_, has, err := f.catalog.FindRow(f.ctx, ref.Part, ref.ID)
	if err != nil || has {
		return err
	}
	return f.lackRecord(ref, obstacle{fmt.Sprintf("%s of %s is not here any more; import %[2]s as well", ref.ID, ref.Part.Name),
		importer.KindImport.Command(f.book.plan.Store).Next()})
}

func (f *fates) lackHidden(ref importer.ParentRef) error {
	if ref.Part == nil {
		return nil // a table that this program does not have
	}
	looked := ""
	if ref.Part.Few {
		looked = ", neither in its list nor by its id"
	}
	return f.lackRecord(ref, obstacle{
		fmt.Sprintf("the shop does not show %s of %s%s", ref.ID, ref.Part.Name, looked),
		importer.KindImport.Command(f.book.plan.Store).After("look whether the shop still has it; once it shows it: "),
	})
}

// lackRecord notes a record whose parts cannot be imported, and why.
func (f *fates) lackRecord(ref importer.ParentRef, why obstacle) error {
	f.rejected[ref], f.unfit[ref] = true, why
	if _, has, err := f.catalog.FindRow(f.ctx, ref.Part, ref.ID); err != nil || has {
		return err
	}
	if ref.Part == importer.Warehouses && !f.covered[ref.Part] {
		f.book.plan.Waiting = append(f.book.plan.Waiting, ref.ID)
		return nil
	}
	f.lost[ref] = true
	return nil
}

// whatStays is what may stay of a row that the plan would leave as it is: nothing when
// what it belongs to is not there once the plan is applied, less when it names such
// records in a set.
func (f *fates) whatStays(t *importer.Table, m walk.Versions, row importer.Record) (importer.Record, error) {
	for _, parent := range t.Parents {
		var stay []string
		named := 0
		for id := range t.ParentIDs(parent, row) {
			stands, err := f.isThere(importer.ParentRef{Part: parent.Table, ID: id}, m)
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

// isThere reports whether a record is there once the plan is applied. What was imported
// refers well, as far as it is not lost; a row that others touched may refer to anything.
func (f *fates) isThere(ref importer.ParentRef, m walk.Versions) (bool, error) {
	if f.lost[ref] {
		return false, nil
	}
	if m.Deviation == nil || !m.Deviation.Edited {
		return true, nil
	}
	if _, has, err := f.catalog.FindRow(f.ctx, ref.Part, ref.ID); err != nil || has {
		return has, err
	}
	waits := ref.Part == importer.Warehouses // for somebody to link it
	if !f.covered[ref.Part] || f.rejected[ref] && !waits {
		return waits, nil
	}
	return f.owners.HasOwner(ref)
}

func (f *fates) lostOf(t *importer.Table) (ids []string) {
	for ref := range f.lost {
		if ref.Part == t {
			ids = append(ids, ref.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// lackTakenAlong notes a record that goes although the shop may show it, so that none
// of its parts can be imported.
func (f *fates) lackTakenAlong(ref importer.ParentRef) {
	if len(importer.PartsOf(ref.Part)) == 0 {
		return
	}
	f.lost[ref], f.rejected[ref] = true, true
	f.unfit[ref] = obstacle{
		fmt.Sprintf("%s of %s belonged to what was deleted here; import %[2]s as well", ref.ID, ref.Part.Name),
		importer.KindImport.Command(f.book.plan.Store).Next(),
	}
}

// keepParts notes a record whose parts are to be left alone.
func (f *fates) keepParts(t *importer.Table, key string) {
	if len(importer.PartsOf(t)) > 0 {
		f.rejected[importer.ParentRef{Part: t, ID: key}] = true
	}
}

// rejectedParents reports whether records of the table may have lost a parent to
// a rejection.
func (f *fates) rejectedParents(t *importer.Table) bool {
	for ref := range f.rejected {
		if slices.ContainsFunc(t.Parents, func(parent importer.Parent) bool { return parent.Table == ref.Part }) {
			return true
		}
	}
	return false
}

// coveredParents reports whether all that the records of t belong to was read as
// well, so that to name a parent is enough.
func (f *fates) coveredParents(t *importer.Table) bool {
	return !slices.ContainsFunc(t.Parents, func(parent importer.Parent) bool { return !f.covered[parent.Table] })
}

// isUnsure reports whether a row may still be there although the shop did not show it:
// something that it belongs to was rejected, or it may be among what was not given
// whole.
func (f *fates) isUnsure(t *importer.Table, row importer.Record) bool {
	for parent := range t.ParentsOf(row) {
		if f.rejected[importer.ParentRef{Part: parent.Table, ID: row[parent.Column].Text()}] {
			return true
		}
	}
	return f.gaps.MayHold(t, row)
}

// ownerRead reports whether what a part belongs to was read. The rows do not tell:
// others may have deleted the owner's.
func (f *fates) ownerRead(t *importer.Table, part importer.Record) (bool, error) {
	if t.Stocked != nil {
		return true, nil
	}
	return f.owners.HasOwner(t.OwnerOf(part))
}
