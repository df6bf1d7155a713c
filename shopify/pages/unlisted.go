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

// ReadUnlisted asks for the locations that levels name but the list of locations does not
// hold.
func (r *Reader) ReadUnlisted(ctx context.Context) error {
	for _, lacking := range r.intake.LackingRecords(importer.Warehouses) {
		if err := r.readLocation(ctx, lacking); err != nil {
			return err
		}
	}
	return nil
}

// readLocation gives a location by its id. Where the shop does not have it, its levels are
// forgotten if they are gone too: a bulk result may be older than the list of locations.
func (r *Reader) readLocation(ctx context.Context, lacking importer.NamedRecord) error {
	if !gid.HasKind(gid.Location, lacking.ID) {
		return nil // the shop cannot be asked for such an id
	}
	var data locationData
	if err := r.client.Ask(ctx, queries.Location, map[string]any{"id": lacking.ID}, &data); err != nil {
		return err
	}
	if data.Location != nil {
		data.Location.ID = lacking.ID // it was asked for by this id
		return r.parts.give.GiveWarehouse(data.Location, records.OnPage(queries.Location))
	}
	stocked, err := r.isStocked(ctx, lacking)
	if err != nil || stocked {
		return err
	}
	return r.intake.ReplaceParent(importer.ParentRef{Part: importer.Stock, ID: lacking.ID})
}

// isStocked asks again for the levels of the item that named a location, and reports whether
// one of them still does.
func (r *Reader) isStocked(ctx context.Context, lacking importer.NamedRecord) (stocked bool, err error) {
	item := importer.SplitKey(lacking.By)[0]
	err = itemLevels(item).walkPages(ctx, r.client, func(nodes []*records.Level) error {
		for _, level := range nodes {
			stocked = stocked || level.Location.ID == lacking.ID
		}
		return nil
	})
	if errors.Is(err, client.ErrMoved) {
		return true, nil // the item was deleted, which says nothing about the location
	}
	return stocked, err
}
