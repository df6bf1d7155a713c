package shopify

import (
	"context"
	"errors"
	"fmt"

	"github.com/eshopos/eshopctl/importer"
)

// reread gives one record and its parts once more, in full, or nothing when the
// shop does not have it any more.
func (r *pageReader) reread(ctx context.Context, parent importer.ParentRef) error {
	switch parent.Part {
	case importer.Variants, importer.Media:
		return r.productAgain(ctx, parent)
	case importer.Memberships:
		return r.collectionAgain(ctx, parent)
	}
	return fmt.Errorf("%s are not parts of another record", parent.Part.Name)
}

// productAgain reads one product and its variants or media once more.
func (r *pageReader) productAgain(ctx context.Context, parent importer.ParentRef) error {
	var data struct{ Product *productNode }
	if err := r.client.ask(ctx, productDocument, map[string]any{"id": parent.ID}, &data); err != nil {
		return err
	}
	parts := r.mediaOf
	if parent.Part == importer.Variants {
		parts = func(ctx context.Context, id string) error { return r.variantsOf(ctx, id, r.give) }
	}
	return r.replace(ctx, parent, parts, data.Product != nil, func() error {
		data.Product.ID = parent.ID // which was asked for
		return r.give.product(data.Product, place{document: productDocument})
	})
}

// collectionAgain reads one collection and its members once more.
func (r *pageReader) collectionAgain(ctx context.Context, parent importer.ParentRef) error {
	var data struct{ Collection *collectionNode }
	if err := r.client.ask(ctx, collectionDocument, map[string]any{"id": parent.ID}, &data); err != nil {
		return err
	}
	return r.replace(ctx, parent, r.membersOf, data.Collection != nil, func() error {
		data.Collection.ID = parent.ID
		return r.give.category(data.Collection, place{document: collectionDocument})
	})
}

// replace gives a record, when it exists, and its parts in place of what was
// given before. A record that goes while its parts are read never existed.
func (r *pageReader) replace(ctx context.Context, parent importer.ParentRef,
	parts func(context.Context, string) error, exists bool, record func() error,
) error {
	if err := r.intake.Replace(parent); err != nil || !exists {
		return err
	}
	if err := record(); err != nil {
		return err
	}
	err := parts(ctx, parent.ID)
	if errors.Is(err, errMoved) {
		return r.intake.Replace(parent)
	}
	return err
}
