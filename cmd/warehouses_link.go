package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

type linkFlags struct{ move, fresh bool }

func warehousesLinkCommand(p *access.Access) *cobra.Command {
	var f linkFlags
	cmd := &cobra.Command{
		Use:   "link WAREHOUSE LOCATION",
		Short: "Map a warehouse to a location by hand",
		Long: `Say that a warehouse, given by its id or exact name, stands for a location of the
shop, given by its external id. The stock of a location goes with its mapping, and the
next import brings the warehouse up to date.

What one of the two is linked to already is refused, unless --move takes that mapping
away. With --new LOCATION the location gets a new warehouse: none of those here stood
for it.

Exit statuses: 0 done, 4 nothing connected yet, 11 a run holds the store, 64 there
is no such warehouse or location, or one of the two is linked already.`,
		Example: `  eshopctl warehouses link 3 gid://shopify/Location/1001 --store main
  eshopctl warehouses link 3 gid://shopify/Location/1001 --move --store main
  eshopctl warehouses link --new gid://shopify/Location/1001 --store main`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.fresh && len(args) != 1:
				return usage.Fault(usage.SeeHelp(cmd), "%s --new needs one LOCATION", cmd.CommandPath())
			case !f.fresh && len(args) != 2:
				return usage.Fault(usage.SeeHelp(cmd), "%s needs a WAREHOUSE and a LOCATION", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			want := job.LinkRequest{Location: args[len(args)-1], Move: f.move}
			if !f.fresh {
				want.Warehouse = args[0]
			}
			return changeMapping(cmd.Context(), p, args[0],
				func(ctx context.Context, env job.Env, c connector.Connector) (job.Warehouse, error) {
					done, err := job.LinkWarehouse(ctx, env, c, want)
					if err == nil {
						tellLinked(p, c.Store, done)
					}
					return done.Warehouse, err
				})
		},
	}
	cmd.Flags().BoolVar(&f.move, "move", false, "take away what the warehouse or the location is linked to")
	cmd.Flags().BoolVar(&f.fresh, "new", false, "make a new warehouse for the location")
	return cmd
}

func warehousesUnlinkCommand(p *access.Access) *cobra.Command {
	return &cobra.Command{
		Use:   "unlink WAREHOUSE",
		Short: "Take a warehouse's mapping away",
		Long: `Say that a warehouse, given by its id or exact name, stands for no location of the
shop any more. The next import adopts the warehouse of the location's name, if there is
one; else it leaves the location out and asks which warehouse it is.

Exit statuses: 0 done, 4 nothing connected yet, 11 a run holds the store, 64 there
is no such linked warehouse.`,
		Example: "  eshopctl warehouses unlink 3 --store main",
		Args:    usage.OneArg("WAREHOUSE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return changeMapping(cmd.Context(), p, args[0],
				func(ctx context.Context, env job.Env, c connector.Connector) (job.Warehouse, error) {
					was, err := job.UnlinkWarehouse(ctx, env, c, args[0])
					if err == nil {
						p.Face.Note("%s stands for no location any more.\nIt stood for %s. Plans made before are stale.", named(was), plain.Line(was.ExternalID))
					}
					return was, err
				})
		},
	}
}

// mappingChange changes the mapping of a store and returns the warehouse it is about.
type mappingChange func(context.Context, job.Env, connector.Connector) (job.Warehouse, error)

// changeMapping changes a mapping and shows the warehouse.
func changeMapping(ctx context.Context, p *access.Access, warehouse string, change mappingChange) error {
	return access.WithJobs(ctx, p, func(j *access.Jobs) error {
		db := j.State
		c, err := p.ChosenStore().Connector(ctx, db, "")
		if err != nil {
			return err
		}
		changed, err := change(ctx, j.Env(), c)
		if err == nil {
			p.Face.NoteDeed(connector.Typed("warehouses list").For(c.Store), "the mapping of warehouse %s is as it was asked for", changed.ID)
		}
		if err == nil && p.Face.Settings.IsForPrograms() {
			changed, err = db.WarehouseNamed(ctx, c.Store, changed.ID)
		}
		if err != nil {
			return warehouseFault(ctx, p, db, c.Store, warehouse, err)
		}
		if !p.Face.Settings.IsForPrograms() {
			return nil
		}
		return showWarehouse(ctx, p, db, c, changed)
	})
}

// tellLinked notes what a link did, and what it took away.
func tellLinked(p *access.Access, store string, done job.LinkResult) {
	location := plain.Line(done.Warehouse.ExternalID)
	if done.Already {
		p.Face.Note("%s stands for %s already; nothing was changed.", named(done.Warehouse), location)
		return
	}
	stock := "Its stock comes with the next import."
	if done.Levels > 0 {
		stock = "Its " + plain.Counted(done.Levels, "stock level") + " go with it."
	}
	p.Face.Note("%s stands for %s now.\n%s Plans made before are stale.", named(done.Warehouse), location, stock)
	if done.Left != "" {
		p.Face.Note("It leaves %s,\nwhich has no warehouse until you link one.", plain.Line(done.Left))
	}
	if done.From != nil {
		p.Face.Note("%s stands for no location any more. If the two are one place:\n  %s",
			named(*done.From), plain.CommandLine(connector.Typed("warehouses merge", done.From.ID, done.Warehouse.ID).For(store)))
	}
}

// named is a warehouse in words: its id and name.
func named(w job.Warehouse) string {
	return fmt.Sprintf("Warehouse %s (%s)", w.ID, plain.Line(w.Name))
}
