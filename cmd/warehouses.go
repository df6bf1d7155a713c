package cmd

import (
	"context"
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

func warehousesListCommand(p *access.Access) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the warehouses with their mapping and stock",
		Long: `List the warehouses of a store: which location of the shop each stands for, how
many stock levels it has and how many units of tracked items are available.

Exit statuses: 0 done, 4 nothing connected yet, 64 unknown store.`,
		Example: "  eshopctl warehouses list --store main\n  eshopctl warehouses list --store main -o json",
		Args:    usage.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.LookAtStore(cmd.Context(), func(ctx context.Context, db access.StateFile, c connector.Connector) error {
				return showWarehouses(ctx, p, db, c.Store)
			})
		},
	}
}

func warehousesShowCommand(p *access.Access) *cobra.Command {
	return &cobra.Command{
		Use:   "show WAREHOUSE",
		Short: "Show one warehouse with its mapping and stock",
		Long: `Show a warehouse, given by its id, its exact name or the external id of its location:
which location of the shop it stands for, its stock levels, the units of tracked items
that are available, and its address.

Exit statuses: 0 done, 4 nothing connected yet, 64 there is no such warehouse.`,
		Example: "  eshopctl warehouses show 3 --store main\n  eshopctl warehouses show 'Warehouse Leeds' --store main -o json",
		Args:    usage.OneArg("WAREHOUSE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.LookAtStore(cmd.Context(), func(ctx context.Context, db access.StateFile, c connector.Connector) error {
				found, err := db.WarehouseNamed(ctx, c.Store, args[0])
				if err != nil {
					return warehouseFault(ctx, p, db, c.Store, args[0], err)
				}
				return showWarehouse(ctx, p, db, c, found)
			})
		},
	}
}

func showWarehouses(ctx context.Context, p *access.Access, db job.Warehouses, store string) error {
	stock, err := db.StockByPlace(ctx, store)
	if err != nil {
		return err
	}
	all, err := db.Warehouses(ctx, store)
	if err != nil {
		return err
	}
	var warehouses []view.Warehouse
	for _, w := range all {
		warehouses = append(warehouses, view.WarehouseOf(w, stock[w.Place()]))
	}
	return p.Face.ShowReport(view.Warehouses{List: warehouses, Left: ofNoWarehouse(stock, all)})
}

// ofNoWarehouse is the stock of locations that no warehouse stands for.
func ofNoWarehouse(stock map[importer.Place]job.WarehouseStock, warehouses []job.Warehouse) (left view.StockLeft) {
	for _, w := range warehouses {
		if w.ExternalID != "" {
			delete(stock, w.Place())
		}
	}
	for place, sum := range stock {
		left.Locations = append(left.Locations, place.Location)
		left.Levels, left.Units, left.Unknown = left.Levels+sum.Levels, left.Units+sum.Units, left.Unknown+sum.Unknown
	}
	return left
}

// showWarehouse shows a warehouse as it is now, with what may be done about it.
func showWarehouse(ctx context.Context, p *access.Access, db access.Depot, c connector.Connector, w job.Warehouse) error {
	place := w.Place()
	one := importer.ListFilter{Store: c.Store, At: &place}
	sums, err := db.SumRows(ctx, importer.Stock, one)
	if err != nil {
		return err
	}
	detail := view.WarehouseDetail{
		Warehouse: view.WarehouseOf(w, job.WarehouseStock{Levels: sums.Rows, Units: int(sums.Units), Unknown: sums.Unknown}),
		Untracked: sums.Untracked, Address: json.RawMessage("null"),
	}
	if json.Valid([]byte(w.Address)) {
		detail.Address = json.RawMessage(w.Address)
	}
	if !p.Face.Settings.IsForPrograms() {
		if detail.Next, err = mendingOf(ctx, db, c, w); err != nil {
			return err
		}
	}
	return p.Face.ShowReport(detail)
}

// mendingOf are the commands for a warehouse that stands for no location.
func mendingOf(ctx context.Context, db job.Warehouses, c connector.Connector, w job.Warehouse) ([]plain.Suggestion, error) {
	all, err := db.UnlinkedWarehouses(ctx, c)
	for _, unlinked := range all {
		if unlinked.ID == w.ID {
			return mending(c.Store, unlinked), err
		}
	}
	return nil, err
}

func mending(store string, w job.UnlinkedWarehouse) []plain.Suggestion {
	switch {
	case w.Double != nil:
		from, into := pairInOrder(w)
		return []plain.Suggestion{{Text: "warehouse " + w.Double.ID + " stands for its location now; if the two are one place",
			Command: plain.CommandLine(connector.Typed("warehouses merge", from, into).For(store))}}
	case w.Location != "":
		return []plain.Suggestion{plain.Suggested("it stood for a location that has no warehouse now",
			connector.Typed("warehouses link", w.ID, w.Location).For(store))}
	}
	return nil
}

// pairInOrder returns the newer warehouse of a pair and the older one, which it is merged
// into.
func pairInOrder(w job.UnlinkedWarehouse) (from, into string) {
	if w.IsNewerThan(*w.Double) {
		return w.ID, w.Double.ID
	}
	return w.Double.ID, w.ID
}
