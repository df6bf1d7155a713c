package staging

import (
	"context"
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// makeSnapshot writes the snapshot of a run. What does not add up is read again, once. same
// says that the shop is as in the snapshot before, which is copied then.
func (a *Assembly) makeSnapshot(ctx context.Context, run string, same bool, source importer.Source, workspace importer.Workspace,
	resources []connector.Resource) (importer.SnapshotWriter, error) {
	for {
		to, err := workspace.NewSnapshot(ctx, run)
		if err != nil {
			return nil, err
		}
		again := false
		if same {
			err = a.takeBefore(to, resources)
		} else {
			again, err = a.assembleGiven(ctx, to, source, resources)
		}
		if err == nil && !again {
			err = a.tellRemarks(to)
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

// takeBefore copies the tables of the snapshot before.
func (a *Assembly) takeBefore(to importer.SnapshotWriter, resources []connector.Resource) error {
	for _, t := range importer.TablesOf(resources) {
		if err := to.CopyTable(t, a.before); err != nil {
			return err
		}
	}
	return nil
}

// assembleGiven writes what was given. again says that it must be written again.
func (a *Assembly) assembleGiven(ctx context.Context, to importer.SnapshotWriter, source importer.Source,
	resources []connector.Resource) (again bool, err error) {
	off, err := a.writeTables(to, resources)
	if err != nil {
		return false, err
	}
	return a.rereads.settleOff(ctx, source, a, off)
}

// tellRemarks writes the remarks on the read itself.
func (a *Assembly) tellRemarks(to importer.SnapshotWriter) error {
	for _, ref := range slices.SortedFunc(maps.Keys(a.rereads.reread), importer.ParentRef.Compare) {
		if _, stays := a.rereads.stays[ref]; !stays && !a.rereads.explained[ref] {
			a.AddRemark(changedWhileReading(ref.Part.Parents[0].Table, ref.ID))
		}
	}
	for _, remark := range a.remarks {
		if err := to.WriteRemark(nil, remark); err != nil {
			return err
		}
	}
	return nil
}

func changedWhileReading(t *importer.Table, id string) importer.Remark {
	return importer.Remark{
		Code: importer.WarnChangedWhileReading, Severity: importer.Warning, Resource: t.Name, ExternalID: id,
		Message: "it changed while the shop was read, so it was read again",
		Next:    connector.Advice("nothing to do; a run at a quieter time sees one state of the shop"),
	}
}
