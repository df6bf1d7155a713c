package pages

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

type locationData struct{ Location *records.Location }

// ReadUnlisted asks for the locations that levels name and the list of locations does
// not have.
func (r *Reader) ReadUnlisted(ctx context.Context) error {
	for _, lacking := range r.intake.Lacking(importer.Warehouses) {
		if err := r.locationOf(ctx, lacking); err != nil {
			return err
		}
	}
	return nil
}

// locationOf gives a location by its id. Where the shop has none, its levels are
// forgotten if they went as well: a result may be older than the list of locations.
func (r *Reader) locationOf(ctx context.Context, lacking importer.Named) error {
	if !gid.HasKind(gid.Location, lacking.ID) {
		return nil // which is no id that could be asked for
	}
	var data locationData
	if err := r.client.Ask(ctx, queries.Location, map[string]any{"id": lacking.ID}, &data); err != nil {
		return err
	}
	if data.Location != nil {
		data.Location.ID = lacking.ID // which was asked for
		return r.parts.give.GiveWarehouse(data.Location, records.OnPage(queries.Location))
	}
	stocked, err := r.stockedAt(ctx, lacking)
	if err != nil || stocked {
		return err
	}
	return r.intake.Replace(importer.ParentRef{Part: importer.Stock, ID: lacking.ID})
}

// stockedAt looks again at the item of a level: does it still name the location?
func (r *Reader) stockedAt(ctx context.Context, lacking importer.Named) (stocked bool, err error) {
	item := importer.SplitKey(lacking.By)[0]
	err = itemLevels(item).walkPages(ctx, r.client, func(nodes []*records.Level) error {
		for _, level := range nodes {
			stocked = stocked || level.Location.ID == lacking.ID
		}
		return nil
	})
	if errors.Is(err, client.ErrMoved) {
		return true, nil // the item went, which says nothing about the location
	}
	return stocked, err
}
