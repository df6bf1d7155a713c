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

// maxRereads bounds how many parents are read again one by one; a shop in which
// more do not add up was not read properly.
const maxRereads = 1000

// count counts a part for its parent.
func (w *assembling) count(t *Table, parent string) {
	if w.roll != nil && !w.roll.part(t, parent) {
		w.strayed(t, parent)
	}
}

// strayed notes parts whose parent was not read. It keeps a few more than may be
// read again, which is enough to know that there are too many.
func (w *assembling) strayed(parts *Table, parent string) {
	ref := ParentRef{parts, parent}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.gone[ParentRef{parts.Parents[0].Table, parent}] || len(w.off) > 2*maxRereads {
		return
	}
	w.off = append(w.off, unsettled{ref, true})
	w.roll.parent(parts, parent, None) // once is enough
}

// unsettled lists the parents whose parts do not add up. They have to be read
// again, because the shop changed, or lied, while it was read.
func (w *assembling) unsettled() ([]unsettled, error) {
	if w.roll == nil || w.roll.settled() {
		return compact(w.off), nil
	}
	for _, parts := range []*Table{Variants, Media, Memberships} {
		parent := parts.Parents[0].Table
		if !w.asked(parent) {
			continue
		}
		for one, err := range w.final(parent) {
			if err != nil {
				return nil, err
			}
			if id := one.record[0].text; len(w.off) <= 2*maxRereads && !w.roll.fits(parts, id) {
				w.off = append(w.off, unsettled{ParentRef{parts, id}, false})
			}
		}
	}
	return compact(w.off), nil
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
