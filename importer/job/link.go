package job

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

const changeOfMapping = "a change of the mapping"

// LinkRequest says which warehouse to link to which location.
type LinkRequest struct {
	Warehouse string // id or exact name; "" makes a new warehouse
	Location  string // external id
	Move      bool   // links that are in the way are removed
}

// LinkWarehouse links a warehouse to a location by hand.
func LinkWarehouse(ctx context.Context, env Env, c connector.Connector, want LinkRequest) (done LinkResult, err error) {
	err = HoldStore(ctx, env.State, c.ID(), changeOfMapping, func() error {
		shown, err := shownOf(ctx, env.State, c, want.Location)
		switch {
		case err != nil:
		case want.Warehouse == "":
			done, err = env.State.LinkNewWarehouse(ctx, c, shown, want.Move)
		default:
			done, err = env.State.LinkWarehouse(ctx, c, want.Warehouse, want.Location, want.Move)
		}
		return err
	})
	return done, err
}

// UnlinkWarehouse removes the link of a warehouse by hand and returns the warehouse as it
// was.
func UnlinkWarehouse(ctx context.Context, env Env, c connector.Connector, warehouse string) (was Warehouse, err error) {
	err = HoldStore(ctx, env.State, c.ID(), changeOfMapping, func() error {
		was, err = env.State.UnlinkWarehouse(ctx, c.Store, warehouse)
		return err
	})
	return was, err
}

// shownOf returns a location as the shop showed it when it was read last, or a record with
// its id only if that is not kept. It returns a fault for a location that was not shown: a
// warehouse would wait for it in vain.
func shownOf(ctx context.Context, workspace importer.Workspace, c connector.Connector, location string) (importer.Record, error) {
	unknown := make(importer.Record, len(importer.Warehouses.Columns))
	unknown[0], unknown[importer.Warehouses.Column("name")] = importer.String(location), importer.String(location)
	last, err := workspace.LastSnapshot(ctx, c.ID())
	if errors.Is(err, importer.ErrNotKept) {
		return unknown, nil
	}
	if err != nil {
		return nil, err
	}
	if info := last.Info(); info.Shop.AccountID != c.AccountID || !slices.Contains(info.Resources, connector.Warehouses) {
		return unknown, nil
	}
	locations, err := walk.NewFinder(last, importer.Warehouses)
	if err != nil {
		return nil, err
	}
	if found, err := locations.FindRecord(location); err != nil || found != nil {
		return found, err
	}
	return nil, &connector.Fault{Code: connector.Usage, Next: importer.KindPreview.Command(c.Store).Next(),
		Message: fmt.Sprintf("the shop showed no location %q when it was read last; a preview reads it again", location)}
}
