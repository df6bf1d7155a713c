package cmd

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/completion"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

func warehousesMergeCommand(p *access.Access) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "merge FROM INTO",
		Short: "Join a warehouse that was doubled with the other one",
		Long: `Join two warehouses that are one place: FROM goes away, and INTO stands for the
location that one of the two stands for, with its stock, name and address as the shop
has them. What is told about earlier runs names INTO from then on. It is shown first,
and done at once or not at all. Two warehouses that stand for two locations of the shop
are two places, and are refused.

Somebody at a terminal says yes, or --yes on the command line does. Without a terminal
the store must be named, by --store, ESHOPCTL_STORE or the configuration.

Exit statuses: 0 done, 1 the answer was not yes, 4 nothing connected yet, 6 one of the
two was changed meanwhile, 11 a run holds the store, 64 there is no such warehouse,
they are two places, nobody answered the question, or no store was named.`,
		Example: `  eshopctl warehouses merge 7 1 --store main
  eshopctl warehouses merge 7 1 --store main --yes -o json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage.Fault(usage.SeeHelp(cmd), "%s needs FROM and INTO, two warehouses", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return mergeWarehouses(cmd.Context(), p, args[0], args[1], yes)
		},
	}
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) == 2 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return completion.Warehouses(p, cmd, begun)
	}
	settings.AddTypedYes(cmd, &yes)
	return cmd
}

func mergeWarehouses(ctx context.Context, p *access.Access, from, into string, yes bool) error {
	return access.WithJobs(ctx, p, func(j *access.Jobs) error {
		db := j.State
		c, err := p.ChosenStore().ConnectorToDestroy(ctx, db, "", p.Face.CanAsk())
		if err != nil {
			return err
		}
		j.Yes = yes
		merge, err := job.Merge(ctx, j.Env(), c, from, into)
		if err != nil {
			return mergeFault(ctx, p, db, c.Store, from, into, err)
		}
		return showMerged(ctx, p, db, c, merge)
	})
}

func showMerged(ctx context.Context, p *access.Access, db access.Depot, c connector.Connector, m job.MergePlan) error {
	p.Face.NoteDeed(connector.Typed("warehouses list").For(c.Store), "warehouse %s is merged into %s", m.From.ID, m.Into.ID)
	p.Face.Note("Warehouse %s is merged into %s.", m.From.ID, m.Into.ID)
	if !p.Face.Settings.IsForPrograms() {
		return nil
	}
	merged, err := db.WarehouseNamed(ctx, c.Store, m.Into.ID)
	if err != nil {
		return err
	}
	return showWarehouse(ctx, p, db, c, merged)
}

// mergeFault says which of the two warehouses was not found.
func mergeFault(ctx context.Context, p *access.Access, db job.Warehouses, store, from, into string, err error) error {
	if _, wrong := db.WarehouseNamed(ctx, store, from); wrong == nil {
		from = into
	}
	if errors.Is(err, job.ErrNoWarehouse) { // a guess is to be looked at before something is merged into it
		look := connector.Typed("warehouses list").For(store).Next()
		if meant := nearestWarehouse(ctx, db, store, from); meant != "" {
			return usage.Fault(look, "%s; did you mean %q?", err, meant)
		}
		return usage.Fault(look, "%s", err)
	}
	return warehouseFault(ctx, p, db, store, from, err)
}
