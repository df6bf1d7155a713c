package shopify

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/importer"
)

// The lists of a shop as bulk operations. Each operation is flat, so that a part
// may stand far from what it belongs to; the assembly of the snapshot brings them
// together.

func (r *reading) bulkProducts(ctx context.Context) error {
	return r.operate(ctx, bulkProducts, importer.Products, newProductLines(r.intake))
}

func (r *reading) bulkVariants(ctx context.Context) error {
	return r.operate(ctx, bulkVariants, importer.Variants, newVariantLines(r.intake, r.currency))
}

func (r *reading) bulkVariantsWithMedia(ctx context.Context) error {
	var both errgroup.Group // one may end well without the other, and is then of use
	both.Go(func() error { return r.bulkVariants(ctx) })
	both.Go(func() error {
		return r.operate(ctx, bulkVariantMedia, importer.Media, newMemberLines(variantIDs, func(variant, media string) error {
			return r.intake.VariantMedia(importer.VariantMedia{VariantID: variant, MediaID: media})
		}))
	})
	return both.Wait()
}

func (r *reading) bulkStock(ctx context.Context) error {
	return r.operate(ctx, bulkInventory, importer.Stock, newLevelLines(r.intake))
}

// bulkCategories reads collections by pages, since they are few, and the members
// of most by an operation. Its order is not that of the collection
// (https://community.shopify.dev reports it), so that those which the merchant
// sorts by hand have their members read by pages.
func (r *reading) bulkCategories(ctx context.Context) error {
	var operation *bulkOperation
	byHand := map[string]bool{}
	both, bothCtx := errgroup.WithContext(ctx)
	both.Go(func() (err error) {
		operation, err = r.bulk.run(bothCtx, bulkMembers, r.found(importer.Memberships))
		return err
	})
	both.Go(func() error {
		return r.collections(bothCtx, func(c *collectionNode) bool {
			byHand[c.ID] = byHand[c.ID] || c.byHand()
			return c.byHand()
		})
	})
	if err := both.Wait(); err != nil {
		return err
	}
	return r.transfer(ctx, bulkMembers, operation, importer.Memberships, newMemberLines(collectionIDs, func(collection, product string) error {
		if byHand[collection] {
			return nil
		}
		return r.intake.Membership(importer.Membership{CategoryID: collection, ProductID: product})
	}))
}

// operate reads one document as a bulk operation.
func (r *reading) operate(ctx context.Context, d document, table *importer.Table, lines resultLines) error {
	operation, err := r.bulk.run(ctx, d, r.found(table))
	if err != nil {
		return err
	}
	return r.transfer(ctx, d, operation, table, lines)
}

// found reports what a running operation found so far.
func (r *reading) found(table *importer.Table) func(*bulkOperation) {
	return func(o *bulkOperation) { r.intake.Progress(table, importer.PhaseGathering, int(o.ObjectCount), 0) }
}

// transfer reads the result of an operation. One that is not what it should be
// is not worth picking up again.
func (r *reading) transfer(ctx context.Context, d document, o *bulkOperation, table *importer.Table, lines resultLines) error {
	err := r.bulk.fetch(ctx, d, o, lines, func(read int) {
		r.intake.Progress(table, importer.PhaseDownloading, read, int(o.ObjectCount))
	})
	if errors.Is(err, errBadFile) || errors.Is(err, errNoBulk) {
		return errors.Join(err, r.bulk.ledger.Forget(ctx, d.text()))
	}
	return err
}
