package results

import (
	"context"
	"maps"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// ReadProducts reads all products with their media.
func (r *Reader) ReadProducts(ctx context.Context) error {
	order := &mediaOrder{}
	file, err := flatList{
		document: queries.BulkProducts, count: queries.ProductsCount, shown: importer.Products, ids: gid.Product, order: order,
	}.bringResult(ctx, r)
	if err != nil {
		return err
	}
	return r.Before.arriveWhole(ctx, func(ctx context.Context) error {
		if order.isKept() {
			return file.Lines(ctx, productLines(r.Give))
		}
		return r.productsInOrder(ctx)
	}, result{queries.BulkProducts, file})
}

// productsInOrder reads products by pages, because their result does not say in which order
// media stand.
func (r *Reader) productsInOrder(ctx context.Context) error {
	r.Before.NoteFallback()
	r.Intake.AddRemark(importer.Remark{
		Code: importer.WarnReaderFallback, Severity: importer.Warning, Resource: importer.Products.Name,
		Message: "the lines of the bulk result of products are not in the order of the shop, so that media would change places; " +
			"products came by pages instead",
		Next: connector.Advice("nothing to do; the result is the same"),
	})
	return r.Pages.ReadProducts(ctx)
}

func (r *Reader) variantList() flatList {
	return flatList{document: queries.BulkVariants, count: queries.VariantsCount, shown: importer.Variants, ids: gid.Variant}
}

// ReadVariants reads all variants.
func (r *Reader) ReadVariants(ctx context.Context) error {
	_, err := r.readLines(ctx, r.variantList(), variantLines(r.Give, r.Items))
	return err
}

// readLines reads a list of one result whose lines give takes.
func (r *Reader) readLines(ctx context.Context, l flatList, give func(bulk.Line) error) (*bulk.Result, error) {
	file, err := l.bringResult(ctx, r)
	if err != nil {
		return nil, err
	}
	return file, r.Before.arriveWhole(ctx, func(ctx context.Context) error {
		return file.Lines(ctx, give)
	}, result{l.document, file})
}

// ReadVariantsWithMedia reads all variants and which media each shows.
func (r *Reader) ReadVariantsWithMedia(ctx context.Context) error {
	var variants, media *bulk.Result
	var both errgroup.Group // without a context: when one fails the result of the other may still be picked up later
	both.Go(func() (err error) {
		variants, err = r.variantList().bringResult(ctx, r)
		return err
	})
	both.Go(func() (err error) {
		media, err = flatList{document: queries.BulkVariantMedia, count: queries.VariantsCount, ids: gid.Variant}.bringResult(ctx, r)
		return err
	})
	if err := both.Wait(); err != nil {
		variants.Close()
		media.Close()
		return err
	}
	shows := func(media *memberLine, _ records.Place) error {
		return r.Give.GiveMediaLink(media.ParentID.Text, media.ID)
	}
	return r.Before.arriveWhole(ctx, func(ctx context.Context) error {
		both, ctx := errgroup.WithContext(ctx)
		both.Go(func() error { return variants.Lines(ctx, variantLines(r.Give, r.Items)) })
		both.Go(func() error { return media.Lines(ctx, memberLines(queries.BulkVariantMedia, shows)) })
		return both.Wait()
	}, result{queries.BulkVariants, variants}, result{queries.BulkVariantMedia, media})
}

// ReadStock reads all levels. The shop does not count inventory items, but each variant has
// one, which it may share with other variants.
func (r *Reader) ReadStock(ctx context.Context) error {
	file, err := r.readLines(ctx, flatList{
		document: queries.BulkInventory, count: queries.VariantsCount, fewer: r.Items.CountShared, shown: importer.Stock, ids: gid.Item,
	}, levelLines(r.Give))
	if err != nil {
		return err
	}
	if from := file.TakenUp; !from.IsZero() {
		if older := importer.StockOlder("from a bulk operation that began", time.Since(from)); older != nil {
			r.Intake.AddRemark(*older)
		}
	}
	return nil
}

// ReadCategories reads collections by pages, since they are few, and their members by an
// operation. The members of collections that the merchant sorts by hand are read by pages: the
// lines of an operation are not in the order of the collection, as merchants report at
// https://community.shopify.dev.
func (r *Reader) ReadCategories(ctx context.Context) error {
	var members *bulk.Result
	byHand := map[string]bool{}
	both, side := errgroup.WithContext(ctx)
	both.Go(func() (err error) {
		members, err = flatList{
			document: queries.BulkMembers, count: queries.CollectionsCount, shown: importer.Memberships, ids: gid.Collection,
		}.bringResult(side, r)
		return err
	})
	both.Go(func() error {
		err := r.Pages.ReadCollections(side, []*importer.Table{importer.Categories}, func(c *records.Collection) bool {
			if c.ByHand() {
				byHand[c.ID] = true
			}
			return false
		})
		if err != nil {
			return err
		}
		return r.Pages.ReadMembersByHand(side, slices.Collect(maps.Keys(byHand)))
	})
	if err := both.Wait(); err != nil {
		members.Close()
		return err
	}
	lines := memberLines(queries.BulkMembers, func(product *memberLine, at records.Place) error {
		collection := product.ParentID.Text
		if byHand[collection] || !gid.HasKind(gid.Collection, collection) { // a collection without a usable id has no members
			return nil
		}
		return r.Give.GiveMember(&product.Fitness, collection, product.ID, nil, at)
	})
	return r.Before.arriveWhole(ctx, func(ctx context.Context) error {
		return members.Lines(ctx, lines)
	}, result{queries.BulkMembers, members})
}
