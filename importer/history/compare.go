package history

import (
	"context"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// NewRemarks counts the remarks of a later run that an earlier one did not make. If the
// remarks of one of the two are not kept (kept is false) it can only compare their numbers.
func NewRemarks(ctx context.Context, db job.RunOutput, earlier, later importer.Run) (fresh map[string]importer.FreshRemarks,
	kept bool, err error) {
	baseline, err := importer.NewBaseline(earlier, remarksOf(ctx, db, earlier))
	if err != nil {
		return nil, false, err
	}
	own, err := importer.NewBaseline(later, remarksOf(ctx, db, later))
	if err != nil {
		return nil, false, err
	}
	kept = !baseline.RemarksLost() && !own.RemarksLost()
	switch {
	case kept:
	case !slices.Equal(readBy(earlier), readBy(later)):
		return map[string]importer.FreshRemarks{}, false, nil // the numbers cannot be compared
	default:
		return own.MoreRemarks(baseline), false, nil
	}
	comparable := baseline.ForTablesOf(earlier)
	fresh, err = comparable.NewRemarks(remarksOf(ctx, db, later), later.WarningsBy, later.RejectedBy)
	return fresh, true, err
}

// readBy returns the tables that a run read.
func readBy(run importer.Run) []*importer.Table {
	return slices.DeleteFunc(importer.Tables(), func(t *importer.Table) bool { return !run.LookedAt(t) })
}

func remarksOf(ctx context.Context, db job.RunOutput, run importer.Run) iter.Seq2[importer.Remark, error] {
	return db.Remarks(ctx, run.PlanID(), "")
}
