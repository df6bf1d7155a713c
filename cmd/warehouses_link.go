package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

type linkFlags struct{ move, fresh bool }

func (p *program) warehousesLinkCommand() *cobra.Command {
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
				return usage(cmd.CommandPath()+" --help", "%s --new needs one LOCATION", cmd.CommandPath())
			case !f.fresh && len(args) != 2:
				return usage(cmd.CommandPath()+" --help", "%s needs a WAREHOUSE and a LOCATION", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.changeMapping(cmd.Context(), args[0], func(m *mapping) (state.Warehouse, error) {
				return m.link(cmd.Context(), args, f)
			})
		},
	}
	cmd.Flags().BoolVar(&f.move, "move", false, "take away what the warehouse or the location is linked to")
	cmd.Flags().BoolVar(&f.fresh, "new", false, "make a new warehouse for the location")
	return cmd
}

func (p *program) warehousesUnlinkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "unlink WAREHOUSE",
		Short: "Take a warehouse's mapping away",
		Long: `Say that a warehouse, given by its id or exact name, stands for no location of the
shop any more. The next import adopts the warehouse of the location's name, if there is
one; else it leaves the location out and asks which warehouse it is.

Exit statuses: 0 done, 4 nothing connected yet, 11 a run holds the store, 64 there
is no such linked warehouse.`,
		Example: "  eshopctl warehouses unlink 3 --store main",
		Args:    oneArg("WAREHOUSE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.changeMapping(cmd.Context(), args[0], func(m *mapping) (state.Warehouse, error) {
				was, err := m.db.UnlinkWarehouse(cmd.Context(), m.connector.Store, args[0])
				if err == nil {
					p.note("%s stands for no location any more.\nIt stood for %s. Plans made before are stale.", named(was), view.Line(was.ExternalID))
				}
				return was, err
			})
		},
	}
}

// changeMapping changes the mapping of a store while no run is at work on it, and
// shows the warehouse that it returns.
func (p *program) changeMapping(ctx context.Context, warehouse string, change func(*mapping) (state.Warehouse, error)) error {
	return p.workAtStore(ctx, func(ctx context.Context, db *state.DB, c connector.Connector) error {
		return p.holding(ctx, db, c.Store, changeOfMapping, func() error {
			changed, err := change(&mapping{p, db, c})
			if err == nil {
				p.did(connector.Typed("warehouses", "list", "--store", c.Store), "the mapping of warehouse %s is as it was asked for", changed.ID)
			}
			if err == nil && p.machine() {
				changed, err = db.WarehouseNamed(ctx, c.Store, changed.ID)
			}
			if err != nil {
				return p.warehouseFault(ctx, db, c.Store, warehouse, err)
			}
			if !p.machine() {
				return nil
			}
			return p.showWarehouse(ctx, db, c, changed)
		})
	})
}

const changeOfMapping = "a change of the mapping"

// mapping is what a change of the mapping works on.
type mapping struct {
	*program
	db        *state.DB
	connector connector.Connector
}

// link maps what was named, and says what it moved.
func (m *mapping) link(ctx context.Context, args []string, f linkFlags) (state.Warehouse, error) {
	location := args[len(args)-1]
	shown, err := m.shown(ctx, location)
	if err != nil {
		return state.Warehouse{}, err
	}
	var done state.Linked
	if f.fresh {
		done, err = m.db.LinkNewWarehouse(ctx, m.connector, shown, f.move)
	} else {
		done, err = m.db.LinkWarehouse(ctx, m.connector, args[0], location, f.move)
	}
	if err != nil {
		return state.Warehouse{}, err
	}
	m.told(done)
	return done.Warehouse, nil
}

// told says what a link did, and what it took away.
func (m *mapping) told(done state.Linked) {
	location := view.Line(done.Warehouse.ExternalID)
	if done.Already {
		m.note("%s stands for %s already; nothing was changed.", named(done.Warehouse), location)
		return
	}
	stock := "Its stock comes with the next import."
	if done.Levels > 0 {
		stock = "Its " + view.Counted(done.Levels, "stock level") + " go with it."
	}
	m.note("%s stands for %s now.\n%s Plans made before are stale.", named(done.Warehouse), location, stock)
	if done.Left != "" {
		m.note("It leaves %s,\nwhich has no warehouse until you link one.", view.Line(done.Left))
	}
	if done.From != nil {
		m.note("%s stands for no location any more. If the two are one place:\n  eshopctl warehouses merge %s %s --store %s",
			named(*done.From), done.From.ID, done.Warehouse.ID, m.connector.Store)
	}
}

// named is a warehouse as people are told of it.
func named(w state.Warehouse) string {
	return fmt.Sprintf("Warehouse %s (%s)", w.ID, view.Line(w.Name))
}

// shown is a location as the shop showed it when it was read last, or as little as is
// known of it when that is not kept. One that was not shown is refused: a warehouse
// would wait for it in vain.
func (m *mapping) shown(ctx context.Context, location string) (importer.Record, error) {
	unknown := make(importer.Record, len(importer.Warehouses.Columns))
	unknown[0], unknown[importer.Warehouses.Column("name")] = importer.String(location), importer.String(location)
	last, err := m.db.LastSnapshot(ctx, m.connector.Store)
	if errors.Is(err, importer.ErrNotKept) {
		return unknown, nil
	}
	if err != nil {
		return nil, err
	}
	if info := last.Info(); info.Shop.AccountID != m.connector.AccountID || !slices.Contains(info.Resources, connector.Warehouses) {
		return unknown, nil
	}
	locations, err := importer.NewFinder(last, importer.Warehouses)
	if err != nil {
		return nil, err
	}
	if found, err := locations.Find(location); err != nil || found != nil {
		return found, err
	}
	return nil, usage("eshopctl import preview --store "+m.connector.Store,
		"the shop showed no location %q when it was read last; a preview reads it again", location)
}
