package cmd

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

func (p *program) warehousesCommand() *cobra.Command {
	return group("warehouses", "look", "See and mend the mapping of warehouses", p.warehousesListCommand(), p.warehousesLinkCommand(), p.warehousesUnlinkCommand())
}

func (p *program) warehousesListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the warehouses with their mapping and stock",
		Long: `List the warehouses of a store: which location of the shop each stands for, how
many stock levels it has and how many units of tracked items are available.

Exit statuses: 0 done, 4 nothing connected yet, 64 unknown store.`,
		Example: "  eshopctl warehouses list --store main\n  eshopctl warehouses list --store main -o json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			db, err := p.openToLook(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			c, err := p.connectorOf(ctx, db)
			if err != nil {
				return err
			}
			return p.showWarehouses(ctx, db, c.Store)
		},
	}
}

func (p *program) warehousesLinkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "link WAREHOUSE LOCATION",
		Short: "Map a warehouse to a location by hand",
		Long: `Say that a warehouse, given by its id or exact name, stands for a location of the
shop, given by its external id. The next import brings it up to date.

Exit statuses: 0 done, 4 nothing connected yet, 11 a run holds the store, 64 there
is no such warehouse or location, or one of the two is linked already.`,
		Example: "  eshopctl warehouses link 3 gid://shopify/Location/1001 --store main",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage(cmd.CommandPath()+" --help", "%s needs a WAREHOUSE and a LOCATION", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.changeMapping(cmd.Context(), args[0], "linked "+args[0]+" to "+args[1], func(s *mapping) error {
				if err := s.shows(cmd.Context(), args[1]); err != nil {
					return err
				}
				return s.db.LinkWarehouse(cmd.Context(), s.connector, args[0], args[1])
			})
		},
	}
}

func (p *program) warehousesUnlinkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "unlink WAREHOUSE",
		Short: "Take a warehouse's mapping away",
		Long: `Say that a warehouse, given by its id or exact name, stands for no location of the
shop any more. The next import adopts or creates a warehouse for the location.

Exit statuses: 0 done, 4 nothing connected yet, 11 a run holds the store, 64 there
is no such linked warehouse.`,
		Example: "  eshopctl warehouses unlink 3 --store main",
		Args:    oneArg("WAREHOUSE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.changeMapping(cmd.Context(), args[0], "unlinked "+args[0], func(s *mapping) error {
				return s.db.UnlinkWarehouse(cmd.Context(), s.connector.Store, args[0])
			})
		},
	}
}

// changeMapping changes the mapping of a store while no run is at work on it.
func (p *program) changeMapping(ctx context.Context, warehouse, done string, change func(*mapping) error) error {
	db, err := p.openToWrite(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	c, err := p.connectorOf(ctx, db)
	if err != nil {
		return err
	}
	lock := db.StoreLock(c.Store)
	if err := lock.Take(ctx, "a change of the mapping of store "+c.Store); err != nil {
		return err
	}
	defer lock.Release() //nolint:errcheck // it ends with the process in any case
	if err := change(&mapping{db, c}); err != nil {
		return p.warehouseFault(ctx, db, c.Store, warehouse, err)
	}
	p.note("%s; plans made before are stale", done)
	if p.machine() {
		return p.showWarehouse(ctx, db, c.Store, warehouse)
	}
	return nil
}

// showWarehouse prints the warehouse of that id or name as it is now.
func (p *program) showWarehouse(ctx context.Context, db *state.DB, store, named string) error {
	all, err := warehousesOf(ctx, db, store)
	if err != nil {
		return err
	}
	for _, w := range all {
		if w.ID == named || w.Name == named {
			return p.document(map[string]any{"warehouse": w})
		}
	}
	return nil
}

// mapping is what a change of the mapping works on.
type mapping struct {
	db        *state.DB
	connector connector.Connector
}

// shows refuses a location that the shop did not show when it was read last: a
// warehouse would wait for it in vain.
func (m *mapping) shows(ctx context.Context, location string) error {
	last, err := m.db.LastSnapshot(ctx, m.connector.Store)
	if errors.Is(err, importer.ErrNotKept) {
		return nil
	}
	if err != nil {
		return err
	}
	if info := last.Info(); info.Shop.AccountID != m.connector.AccountID || !slices.Contains(info.Resources, connector.Warehouses) {
		return nil
	}
	locations, err := importer.NewFinder(last, importer.Warehouses)
	if err != nil {
		return err
	}
	if found, err := locations.Find(location); err != nil || found != nil {
		return err
	}
	return usage("eshopctl import preview --store "+m.connector.Store+" reads the shop again",
		"the shop showed no location %q when it was read last", location)
}
