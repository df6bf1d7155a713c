package checking

import (
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// findings are the differences that were found, stored as changes that are never applied.
type findings struct {
	to    importer.PlanWriter
	plan  importer.Plan
	moved map[importer.Mover]int
}

func newFindings(to importer.PlanWriter, plan importer.Plan) *findings {
	return &findings{to: to, plan: plan, moved: map[importer.Mover]int{}}
}

// remark adds a warning about the comparison.
func (f *findings) remark(r importer.Remark) error {
	f.plan.Warnings++
	f.plan.WarningsBy[r.Code]++
	return f.to.WriteRemark(r)
}

// countRejected counts a record that an import would reject.
func (f *findings) countRejected(t *importer.Table) {
	counts := f.plan.Counts.Of(t)
	counts.Read++
	counts.Rejected++
}

// addDifference counts and stores a difference.
func (f *findings) addDifference(change importer.Change) error {
	counts := f.plan.Counts.Of(change.Table)
	if change.Moved != importer.ByNobody {
		f.moved[change.Moved]++
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
		if err := f.remarkBug(change); err != nil {
			return err
		}
	}
	return f.to.WriteChange(change)
}

func (f *findings) remarkBug(change importer.Change) error {
	return f.remark(importer.Remark{
		Code: importer.WarnReconciliationBug, Severity: importer.Warning, Resource: change.Table.Name,
		ExternalID: importer.ShowKey(change.Key), LocalID: change.LocalID,
		Message: fmt.Sprintf("reconciliation bug: shop and store differ in %s, but neither changed since the last run",
			differenceWords(change)),
		Next: connector.Typed("runs changes", f.plan.ID, "-o", "jsonl").After("do not run the import again blindly; report it with: "),
	})
}

func differenceWords(change importer.Change) string {
	switch change.Action {
	case importer.Create:
		return "that only the shop has it"
	case importer.Miss, importer.Remove:
		return "that only the store has it"
	}
	return importer.FieldNames(change.Table, change.Fields, func(importer.FieldChange) bool { return true })
}
