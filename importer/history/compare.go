package history

import (
	"context"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// NewRemarks counts what a run remarked and an earlier one did not. Where the
// remarks of the two are not kept any more, their numbers are all there is.
func NewRemarks(ctx context.Context, db job.RunOutput, earlier, later importer.Run) (fresh map[string]importer.FreshRemarks, kept bool, err error) {
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
		return map[string]importer.FreshRemarks{}, false, nil // numbers of other things
	default:
		return own.MoreRemarks(baseline), false, nil
	}
	comparable := baseline.ForTablesOf(earlier)
	fresh, err = comparable.NewRemarks(remarksOf(ctx, db, later), later.WarningsBy, later.RejectedBy)
	return fresh, true, err
}

// readBy are the tables that a run looked at.
func readBy(run importer.Run) []*importer.Table {
	return slices.DeleteFunc(importer.Tables(), func(t *importer.Table) bool { return !run.LookedAt(t) })
}

func remarksOf(ctx context.Context, db job.RunOutput, run importer.Run) iter.Seq2[importer.Remark, error] {
	return db.Remarks(ctx, run.PlanID(), "")
}
