package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/importer/history"
)

func runsCompareCommand(p *access.Access) *cobra.Command {
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
		RunE: func(cmd *cobra.Command, args []string) error { return compareRuns(cmd.Context(), p, args[0], args[1]) },
	}
}

func compareRuns(ctx context.Context, p *access.Access, first, second string) error {
	db, err := p.OpenToLook(ctx)
	if err != nil {
		return err
	}
	var c view.Comparison
	if c.First, err = p.ChosenStore().FindRun(ctx, db, first); err != nil {
		return err
	}
	if c.Second, err = p.ChosenStore().FindRun(ctx, db, second); err != nil {
		return err
	}
	if c.New, c.NewKept, err = history.NewRemarks(ctx, db, c.First, c.Second); err != nil {
		return err
	}
	if c.Gone, c.GoneKept, err = history.NewRemarks(ctx, db, c.Second, c.First); err != nil {
		return err
	}
	return p.Face.ShowReport(c)
}
