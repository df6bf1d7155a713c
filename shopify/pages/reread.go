package pages

import (
	"context"
	"errors"
	"fmt"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// Reread gives one record and its parts once more, in full, or nothing when the
// shop does not have it any more.
func (r *Reader) Reread(ctx context.Context, parent importer.ParentRef) error {
	switch parent.Part {
	case importer.Variants, importer.Media:
		return r.productAgain(ctx, parent)
	case importer.Memberships:
		return r.collectionAgain(ctx, parent)
	}
	return fmt.Errorf("%s are not parts of another record", parent.Part.Name)
}

// productAgain reads one product and its variants or media once more.
func (r *Reader) productAgain(ctx context.Context, parent importer.ParentRef) error {
	var data struct{ Product *records.Product }
	if err := r.client.Ask(ctx, queries.Product, map[string]any{"id": parent.ID}, &data); err != nil {
		return err
	}
	parts := r.parts.readMedia
	if parent.Part == importer.Variants {
		parts = func(ctx context.Context, id string) error { return r.parts.readVariants(ctx, id, r.parts.give) }
	}
	return r.replaceRecord(ctx, parent, parts, data.Product != nil, func() error {
		data.Product.ID = parent.ID // which was asked for
		return r.parts.give.GiveProduct(data.Product, records.OnPage(queries.Product))
	})
}

// collectionAgain reads one collection and its members once more.
func (r *Reader) collectionAgain(ctx context.Context, parent importer.ParentRef) error {
	var data struct{ Collection *records.Collection }
	if err := r.client.Ask(ctx, queries.Collection, map[string]any{"id": parent.ID}, &data); err != nil {
		return err
	}
	return r.replaceRecord(ctx, parent, r.parts.readMembers, data.Collection != nil, func() error {
		data.Collection.ID = parent.ID
		return r.parts.give.GiveCategory(data.Collection, records.OnPage(queries.Collection))
	})
}

// replaceRecord gives a record, when it exists, and its parts in place of what was
// given before. A record that goes while its parts are read never existed.
func (r *Reader) replaceRecord(ctx context.Context, parent importer.ParentRef,
	parts func(context.Context, string) error, exists bool, record func() error,
) error {
	if err := r.intake.Replace(parent); err != nil || !exists {
		return err
	}
	if err := record(); err != nil {
		return err
	}
	err := parts(ctx, parent.ID)
	if errors.Is(err, client.ErrMoved) {
		return r.intake.Replace(parent)
	}
	return err
}
