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

// Reread gives one record and all its parts in place of what was given of them, or forgets
// them when the shop has the record no longer.
func (r *Reader) Reread(ctx context.Context, parent importer.ParentRef) error {
	switch parent.Part {
	case importer.Variants, importer.Media:
		return r.rereadProduct(ctx, parent)
	case importer.Memberships:
		return r.rereadCollection(ctx, parent)
	}
	return fmt.Errorf("%s are not parts of another record", parent.Part.Name)
}

// rereadProduct reads a product and its variants or media.
func (r *Reader) rereadProduct(ctx context.Context, parent importer.ParentRef) error {
	var data struct{ Product *records.Product }
	if err := r.client.Ask(ctx, queries.Product, map[string]any{"id": parent.ID}, &data); err != nil {
		return err
	}
	parts := r.parts.readMedia
	if parent.Part == importer.Variants {
		parts = r.parts.readVariants
	}
	return r.replaceRecord(ctx, parent, parts, data.Product != nil, func() error {
		data.Product.ID = parent.ID // it was asked for by this id
		return r.parts.give.GiveProduct(data.Product, records.OnPage(queries.Product))
	})
}

// rereadCollection reads a collection and its members.
func (r *Reader) rereadCollection(ctx context.Context, parent importer.ParentRef) error {
	var data struct{ Collection *records.Collection }
	if err := r.client.Ask(ctx, queries.Collection, map[string]any{"id": parent.ID}, &data); err != nil {
		return err
	}
	return r.replaceRecord(ctx, parent, r.parts.readMembers, data.Collection != nil, func() error {
		data.Collection.ID = parent.ID
		return r.parts.give.GiveCategory(data.Collection, records.OnPage(queries.Collection))
	})
}

// replaceRecord gives a record, if it exists, and its parts in place of what was given of
// them. A record that is deleted while its parts are read counts as one that never existed.
func (r *Reader) replaceRecord(ctx context.Context, parent importer.ParentRef,
	parts func(context.Context, string) error, exists bool, record func() error,
) error {
	if err := r.intake.ReplaceParent(parent); err != nil || !exists {
		return err
	}
	if err := record(); err != nil {
		return err
	}
	err := parts(ctx, parent.ID)
	if errors.Is(err, client.ErrMoved) {
		return r.intake.ReplaceParent(parent)
	}
	return err
}
