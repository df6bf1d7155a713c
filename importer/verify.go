package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// unsettled is a parent whose parts do not add up. Without a parent the parts
// belong to a record that was not read.
type unsettled struct {
	ParentRef
	orphans bool
}

const (
	// maxRereads bounds how many parents are read again one by one; a shop in which
	// more do not add up was not read properly.
	maxRereads = 1000
	// tooManyOff is when no more of them are looked for.
	tooManyOff = 2*maxRereads + 1
)

// count counts a part for its parent.
func (w *assembling) count(parts *Table, parent string) {
	if w.roll != nil && !w.gone[ParentRef{parts.Parents[0].Table, parent}] {
		w.roll.part(parts, parent)
	}
}

// strayed notes parts whose parent was not read.
func (w *assembling) strayed(parts *Table, parent string) {
	if w.gone[ParentRef{parts.Parents[0].Table, parent}] || len(w.off) >= tooManyOff {
		return
	}
	w.off = append(w.off, unsettled{ParentRef{parts, parent}, true})
	w.roll.parent(parts, parent, None) // once is enough
}

// unsettled lists the parents whose parts do not add up. They have to be read
// again, because the shop changed, or lied, while it was read.
func (w *assembling) unsettled() ([]unsettled, error) {
	if w.roll == nil {
		return nil, nil
	}
	for _, list := range []func(*Table) error{w.strays, w.misfits} {
		for _, parts := range counted() {
			if err := list(parts); err != nil {
				return nil, err
			}
		}
	}
	return compact(w.off), nil
}

// strays lists the missing parents of parts.
func (w *assembling) strays(parts *Table) error {
	if !w.roll.tallies[parts].strayed() {
		return nil
	}
	for part, err := range w.final(parts) {
		if err != nil {
			return err
		}
		if id := part.record[parts.Parents[0].Column].text; !w.roll.of(parts, id).entered() {
			w.strayed(parts, id)
		}
	}
	return nil
}

// misfits lists the parents that do not have the parts that they announced.
func (w *assembling) misfits(parts *Table) error {
	if w.roll.tallies[parts].settled() {
		return nil
	}
	for parent, err := range w.final(parts.Parents[0].Table) {
		if err != nil {
			return err
		}
		if id := parent.record[0].text; len(w.off) < tooManyOff && !w.roll.of(parts, id).fits() {
			w.off = append(w.off, unsettled{ParentRef{parts, id}, false})
		}
	}
	return nil
}

// snapshot makes the snapshot of run. What does not add up is read again, once;
// if it still does not, the read has failed. Parts of a record that the shop no
// longer has when it is asked again are left out.
func (a *Assembly) snapshot(ctx context.Context, run string, source Source, workspace Workspace, resources []connector.Resource) (SnapshotWriter, error) {
	for pass := 1; ; pass++ {
		to, err := workspace.NewSnapshot(ctx, run)
		if err != nil {
			return nil, err
		}
		off, err := a.write(to, resources)
		if err == nil && len(off) == 0 {
			return to, nil
		}
		_ = to.Discard() // the first error is the one to tell
		switch {
		case errors.Is(err, errAnew):
			a.anew, err = true, nil
			pass--
		case err != nil:
			return nil, err
		case pass == 1:
			err = a.reread(ctx, source, off)
		default:
			err = a.giveUp(off)
		}
		if err != nil {
			return nil, err
		}
	}
}

// reread reads parents again, with all their parts.
func (a *Assembly) reread(ctx context.Context, source Source, off []unsettled) error {
	if len(off) > maxRereads {
		return incomplete(fmt.Sprintf("more than %d records do not have the parts that the shop announced", maxRereads))
	}
	for _, parent := range off {
		if err := source.Reread(ctx, parent.ParentRef, a); err != nil {
			return err
		}
		a.Remark(changedWhileReading(parent.Part.Parents[0].Table, parent.ID))
	}
	return nil
}

// giveUp is for parents that do not add up even when they were read again. Parts
// without a parent are forgotten if the shop does not have it.
func (a *Assembly) giveUp(off []unsettled) error {
	for _, parent := range off {
		record := ParentRef{parent.Part.Parents[0].Table, parent.ID}
		if _, reread := a.replaced[record]; !reread || !parent.orphans || a.gone[record] {
			return incomplete(fmt.Sprintf("%s of %s do not add up, even when they are read again", parent.Part.Name, parent.ID))
		}
	}
	for _, parent := range off {
		a.gone[ParentRef{parent.Part.Parents[0].Table, parent.ID}] = true
	}
	return nil
}

func incomplete(message string) error {
	return &connector.Fault{Code: connector.IncompleteRead, Message: "the shop was not read completely: " + message,
		Hint: "try again; nothing was changed"}
}

func changedWhileReading(t *Table, id string) Remark {
	return Remark{
		Code: WarnChangedWhileReading, Severity: Warning, Resource: t.Name, ExternalID: id,
		Message: "it changed while the shop was read, so it was read again",
		Hint:    "nothing to do; a run at a quieter time sees one state of the shop",
	}
}

func compact(refs []unsettled) []unsettled {
	slices.SortFunc(refs, func(a, b unsettled) int {
		return cmp.Or(cmp.Compare(a.Part.Name, b.Part.Name), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(refs, func(a, b unsettled) bool { return a.ParentRef == b.ParentRef })
}
