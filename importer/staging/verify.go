package staging

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// unsettled is a parent whose parts do not add up. Without a parent the parts
// belong to a record that was not read.
type unsettled struct {
	importer.ParentRef
	orphans bool
	count   partCount
}

const (
	// maxRereads bounds how many parents are read again one by one; a shop in which
	// more do not add up was not read properly.
	maxRereads = 1000
	// tooManyOff is when no more of them are looked for.
	tooManyOff = 2*maxRereads + 1
)

// count counts a part for its parent, if it names one.
func (w *assembling) count(parts *importer.Table, parent string) {
	if parent != "" && !w.gone[importer.ParentRef{Part: parts.Parents[0].Table, ID: parent}] {
		w.roll.part(parts, parent)
	}
}

// countNameless counts the parts that have no id.
func (w *assembling) countNameless() {
	for _, one := range w.nameless {
		if parts := importer.TableNamed(one.Table); parts.Counted > 0 {
			w.count(parts, one.Parent)
		}
	}
}

// strayed notes parts whose parent was not read.
func (w *assembling) strayed(parts *importer.Table, parent string) {
	if w.gone[importer.ParentRef{Part: parts.Parents[0].Table, ID: parent}] || len(w.off) >= tooManyOff {
		return
	}
	w.off = append(w.off, unsettled{ParentRef: importer.ParentRef{Part: parts, ID: parent}, orphans: true})
	w.roll.parent(parts, parent, importer.None) // once is enough
}

// look notes a record that something else names, if it was not read.
func (w *assembling) look(t *importer.Table, id string) {
	for _, parts := range w.roll.kinds[t] {
		if !w.roll.of(parts, id).entered() {
			w.strayed(parts, id)
		}
	}
}

// unsettled lists the parents whose parts do not add up. They have to be read
// again, because the shop changed, or lied, while it was read.
func (w *assembling) unsettled() ([]unsettled, error) {
	for _, list := range []func(*importer.Table) error{w.strays, w.misfits} {
		for _, parts := range counted() {
			if err := list(parts); err != nil {
				return nil, err
			}
		}
	}
	return compact(w.off), nil
}

// strays lists the missing parents of parts.
func (w *assembling) strays(parts *importer.Table) error {
	if !w.roll.tallies[parts].strayed() {
		return nil
	}
	for part, err := range w.final(parts) {
		if err != nil {
			return err
		}
		if id := part.record[parts.Parents[0].Column].Text(); !w.roll.of(parts, id).entered() {
			w.strayed(parts, id)
		}
	}
	return nil
}

// misfits lists the parents that do not have the parts that they announced, but for
// those that are known to stay like that.
func (w *assembling) misfits(parts *importer.Table) error {
	if w.roll.tallies[parts].settled() {
		return nil
	}
	for parent, err := range w.final(parts.Parents[0].Table) {
		if err != nil {
			return err
		}
		ref := importer.ParentRef{Part: parts, ID: parent.record[0].Text()}
		if _, stays := w.stays[ref]; stays || len(w.off) >= tooManyOff {
			continue
		}
		if count := w.roll.of(parts, ref.ID); !count.fits() {
			w.off = append(w.off, unsettled{ParentRef: ref, count: count})
		}
	}
	return nil
}

// snapshot makes the snapshot of run. What does not add up is read again, once. Parts
// of a record that the shop no longer has when it is asked again are left out. same says
// that the shop is as the snapshot before has it.
func (a *Assembly) snapshot(ctx context.Context, run string, same bool, source importer.Source, workspace importer.Workspace, resources []connector.Resource) (importer.SnapshotWriter, error) {
	for {
		to, err := workspace.NewSnapshot(ctx, run)
		if err != nil {
			return nil, err
		}
		again := false
		if same {
			err = a.take(to, resources)
		} else {
			again, err = a.assemble(ctx, to, source, resources)
		}
		if err == nil && !again {
			err = a.tell(to)
		}
		if err == nil && !again {
			return to, nil
		}
		_ = to.Discard() // the first error is the one to tell
		if err != nil {
			return nil, err
		}
	}
}

// take makes the snapshot out of the one before.
func (a *Assembly) take(to importer.SnapshotWriter, resources []connector.Resource) error {
	for _, t := range importer.TablesOf(resources) {
		if err := to.Take(t, a.before); err != nil {
			return err
		}
	}
	return nil
}

// assemble makes the snapshot of what was given, and reports whether it has to be made again.
func (a *Assembly) assemble(ctx context.Context, to importer.SnapshotWriter, source importer.Source, resources []connector.Resource) (again bool, err error) {
	off, err := a.write(to, resources)
	if err != nil {
		return false, err
	}
	return a.settleOff(ctx, source, off)
}

// settleOff reads what is off again, or takes it as it is where that was done, and
// reports whether the snapshot has to be made again.
func (a *Assembly) settleOff(ctx context.Context, source importer.Source, off []unsettled) (again bool, err error) {
	var fresh []unsettled
	for _, parent := range off {
		switch {
		case !a.reread[parent.ParentRef]:
			fresh = append(fresh, parent)
		case parent.orphans:
			a.gone[importer.ParentRef{Part: parent.Part.Parents[0].Table, ID: parent.ID}] = true
			again = true
		default:
			a.stays[parent.ParentRef] = parent.count
		}
	}
	if len(a.reread)+len(fresh) > maxRereads {
		return false, incomplete(fmt.Sprintf("more than %d records do not have the parts that the shop announced", maxRereads))
	}
	for _, parent := range fresh {
		if err := source.Reread(ctx, parent.ParentRef, a); err != nil {
			return false, err
		}
		a.reread[parent.ParentRef] = true
	}
	return again || len(fresh) > 0, nil
}

// tell passes on what was remarked about the reading itself.
func (a *Assembly) tell(to importer.SnapshotWriter) error {
	for _, ref := range slices.SortedFunc(maps.Keys(a.reread), importer.ParentRef.Compare) {
		if _, stays := a.stays[ref]; !stays && !a.explained[ref] {
			a.Remark(changedWhileReading(ref.Part.Parents[0].Table, ref.ID))
		}
	}
	for _, remark := range a.remarks {
		if err := to.Remark(nil, remark); err != nil {
			return err
		}
	}
	return nil
}

// incomplete lists the records that lack parts for good, in order.
func (a *Assembly) incomplete() (list []importer.Incomplete) {
	for _, ref := range slices.SortedFunc(maps.Keys(a.stays), importer.ParentRef.Compare) {
		if count := a.stays[ref]; count.lacks() {
			list = append(list, importer.Incomplete{Table: ref.Part.Name, ID: ref.ID, Found: int(count.found), Announced: int(count.announced)})
		}
	}
	return list
}

func incomplete(message string) error {
	return &connector.Fault{Code: connector.IncompleteRead, Message: "the shop was not read completely: " + message,
		Next: connector.Advice("try again; nothing was changed")}
}

func changedWhileReading(t *importer.Table, id string) importer.Remark {
	return importer.Remark{
		Code: importer.WarnChangedWhileReading, Severity: importer.Warning, Resource: t.Name, ExternalID: id,
		Message: "it changed while the shop was read, so it was read again",
		Next:    connector.Advice("nothing to do; a run at a quieter time sees one state of the shop"),
	}
}

func compact(refs []unsettled) []unsettled {
	slices.SortFunc(refs, func(a, b unsettled) int { return a.Compare(b.ParentRef) })
	return slices.CompactFunc(refs, func(a, b unsettled) bool { return a.ParentRef == b.ParentRef })
}
