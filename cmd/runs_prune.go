package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

func runsPruneCommand(p *access.Access) *cobra.Command {
	keep := job.RunsKept
	cmd := &cobra.Command{
		Use:   "prune",
		Short: "Drop the changes, warnings and snapshots of old runs",
		Long: `Drop what is kept of a store's runs beyond the newest: their changes with the values
from before, the single warnings, and the snapshots (of which 5 are kept at most).
Runs stay in the history with their counts. What the last import read and changed
is always kept. Every import and preview does the same by itself, with --keep 20.

Exit statuses: 0 done, 4 nothing connected yet, 11 a run holds the store, 64 --keep
is no number from 0.`,
		Example: "  eshopctl runs prune --store main --keep 5\n  eshopctl runs prune --store main --keep 20 -o json",
		Args:    usage.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return pruneRuns(cmd.Context(), p, keep) },
	}
	cmd.Flags().IntVar(&keep, "keep", keep, "`N` of the newest runs keep their changes and warnings")
	return cmd
}

func pruneRuns(ctx context.Context, p *access.Access, keep int) error {
	if keep < 0 {
		return usage.Fault(usage.Again("--keep", "5"), "--keep %d: fewer than no runs cannot be kept", keep)
	}
	return p.WorkAtStore(ctx, func(ctx context.Context, db access.StateFile, c connector.Connector) error {
		return job.HoldStore(ctx, db, c.ID(), "a pruning", func() error { return pruneStore(ctx, p, db, c.ID(), keep) })
	})
}

func pruneStore(ctx context.Context, p *access.Access, db access.StateFile, of connector.ID, keep int) error {
	if err := db.PruneRuns(ctx, of, keep); err != nil {
		return err
	}
	p.Face.NoteDeed(connector.Typed("state info"), "the old runs of store %s are pruned", of.Store)
	bytes, free, err := db.Size(ctx)
	if err != nil {
		return err
	}
	return p.Face.ShowReport(view.PruneReport{Store: of.Store, Kept: keep, Bytes: bytes, Free: free})
}
