package cmd

import (
	"context"
	"iter"
	"slices"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

func (p *program) runsCompareCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "compare RUN RUN",
		Short: "Set two runs side by side",
		Long: `Set two runs side by side: the counts that differ, and the warnings and rejections
that are new in the second or went away since the first. A warning is the same when
it is the same code about the same record.

Exit statuses: 0 done, 64 unknown run.`,
		Example: "  eshopctl runs compare 20261123-0944 latest --store main\n  eshopctl runs compare 20261123-0944 latest -o json",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage.Fault(usage.SeeHelp(cmd), "%s needs two RUNs", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return p.compareRuns(cmd.Context(), args[0], args[1]) },
	}
}

func (p *program) compareRuns(ctx context.Context, first, second string) error {
	db, err := p.openToLook(ctx)
	if err != nil {
		return err
	}
	var c view.Comparison
	if c.First, err = p.runNamed(ctx, db, first); err != nil {
		return err
	}
	if c.Second, err = p.runNamed(ctx, db, second); err != nil {
		return err
	}
	if c.New, c.NewKept, err = newRemarks(ctx, db, c.First, c.Second); err != nil {
		return err
	}
	if c.Gone, c.GoneKept, err = newRemarks(ctx, db, c.Second, c.First); err != nil {
		return err
	}
	return p.face.Show(c)
}

// newRemarks counts what a run remarked and an earlier one did not. Where the
// remarks of the two are not kept any more, their numbers are all there is.
func newRemarks(ctx context.Context, db job.Kept, earlier, later importer.Run) (fresh map[string]importer.Fresh, kept bool, err error) {
	baseline, err := importer.NewBaseline(earlier, remarksOf(ctx, db, earlier))
	if err != nil {
		return nil, false, err
	}
	own, err := importer.NewBaseline(later, remarksOf(ctx, db, later))
	if err != nil {
		return nil, false, err
	}
	kept = !baseline.Lost() && !own.Lost()
	switch {
	case kept:
	case !slices.Equal(readBy(earlier), readBy(later)):
		return map[string]importer.Fresh{}, false, nil // numbers of other things
	default:
		return own.More(baseline), false, nil
	}
	comparable := baseline.Comparing(earlier)
	fresh, err = comparable.New(remarksOf(ctx, db, later), later.WarningsBy, later.RejectedBy)
	return fresh, true, err
}

// readBy are the tables that a run looked at.
func readBy(run importer.Run) []*importer.Table {
	return slices.DeleteFunc(importer.Tables(), func(t *importer.Table) bool { return !run.LookedAt(t) })
}

func remarksOf(ctx context.Context, db job.Kept, run importer.Run) iter.Seq2[importer.Remark, error] {
	return db.Remarks(ctx, planOf(run), "")
}
