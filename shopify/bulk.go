package shopify

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
)

// The lists of a shop as bulk operations. Each operation is flat, so that a part
// may stand far from what it belongs to; the assembly of the snapshot brings them
// together. Nothing of a list is given before all of its results are there and whole.

// bulkReader reads the lists of a shop as bulk operations, and by pages what these cannot
// tell.
type bulkReader struct {
	client *Client
	intake importer.Intake
	desk   *bulk.Desk
	give   giver
	items  *sharedItems
	pages  *pageReader
	before *asBefore
}

func (r *bulkReader) products(ctx context.Context) error {
	order := &mediaOrder{}
	file, err := flatList{document: bulkProducts, count: productsCount, shown: importer.Products, ids: productIDs, order: order}.read(ctx, r)
	if err != nil {
		return err
	}
	return r.before.arrive(ctx, func(ctx context.Context) error {
		if order.kept() {
			return file.Lines(ctx, newProductLines(r.give).take)
		}
		return r.productsInOrder(ctx)
	}, result{bulkProducts, file})
}

// productsInOrder reads products by pages, since their result does not tell how media
// stand.
func (r *bulkReader) productsInOrder(ctx context.Context) error {
	r.before.falls()
	r.intake.Remark(importer.Remark{
		Code: importer.WarnReaderFallback, Severity: importer.Warning, Resource: importer.Products.Name,
		Message: "the lines of the bulk result of products are not in the order of the shop, so that media would change places; products came by pages instead",
		Next:    connector.Advice("nothing to do; the result is the same"),
	})
	return r.pages.products(ctx)
}

func (r *bulkReader) variantList() flatList {
	return flatList{document: bulkVariants, count: variantsCount, shown: importer.Variants, ids: variantIDs}
}

func (r *bulkReader) variants(ctx context.Context) error {
	file, err := r.variantList().read(ctx, r)
	if err != nil {
		return err
	}
	return r.before.arrive(ctx, func(ctx context.Context) error {
		return file.Lines(ctx, newVariantLines(r.give, r.items).take)
	}, result{bulkVariants, file})
}

func (r *bulkReader) variantsWithMedia(ctx context.Context) error {
	var variants, media *bulk.Result
	var both errgroup.Group // one may end well without the other, and is then of use
	both.Go(func() (err error) {
		variants, err = r.variantList().read(ctx, r)
		return err
	})
	both.Go(func() (err error) {
		media, err = flatList{document: bulkVariantMedia, count: variantsCount, ids: variantIDs}.read(ctx, r)
		return err
	})
	if err := both.Wait(); err != nil {
		variants.Close()
		media.Close()
		return err
	}
	shows := func(media *memberLine, _ place) error { return r.give.shows(media.ParentID.id, media.ID) }
	return r.before.arrive(ctx, func(ctx context.Context) error {
		both, ctx := errgroup.WithContext(ctx)
		both.Go(func() error { return variants.Lines(ctx, newVariantLines(r.give, r.items).take) })
		both.Go(func() error { return media.Lines(ctx, newMemberLines(bulkVariantMedia, shows).take) })
		return both.Wait()
	}, result{bulkVariants, variants}, result{bulkVariantMedia, media})
}

// stock reads all levels. The shop does not count inventory items, but each
// variant has one: its own, or that of another.
func (r *bulkReader) stock(ctx context.Context) error {
	file, err := flatList{document: bulkInventory, count: variantsCount, fewer: r.items.count, shown: importer.Stock, ids: itemIDs}.read(ctx, r)
	if err != nil {
		return err
	}
	err = r.before.arrive(ctx, func(ctx context.Context) error { return file.Lines(ctx, newLevelLines(r.give).take) }, result{bulkInventory, file})
	if err != nil {
		return err
	}
	if from := file.TakenUp; !from.IsZero() {
		if older := importer.StockOlder("from a bulk operation that began", time.Since(from)); older != nil {
			r.intake.Remark(*older)
		}
	}
	return nil
}

// categories reads collections by pages, since they are few, and the members
// of most by an operation. Its order is not that of the collection
// (https://community.shopify.dev reports it), so that those which the merchant
// sorts by hand have their members read by pages.
func (r *bulkReader) categories(ctx context.Context) error {
	var members *bulk.Result
	byHand := map[string]bool{}
	both, side := errgroup.WithContext(ctx)
	both.Go(func() (err error) {
		members, err = flatList{document: bulkMembers, count: collectionsCount, shown: importer.Memberships, ids: collectionIDs}.read(side, r)
		return err
	})
	both.Go(func() error {
		err := r.pages.collections(side, []*importer.Table{importer.Categories}, func(c *collectionNode) bool {
			if c.byHand() {
				byHand[c.ID] = true
			}
			return false
		})
		if err != nil {
			return err
		}
		return r.pages.membersByHand(side, slices.Collect(maps.Keys(byHand)))
	})
	if err := both.Wait(); err != nil {
		members.Close()
		return err
	}
	lines := newMemberLines(bulkMembers, func(product *memberLine, at place) error {
		collection := product.ParentID.id
		if byHand[collection] || !fits(collectionIDs, collection) { // without a good id it cannot be asked for its members either
			return nil
		}
		return r.give.member(&product.fitness, collection, product.ID, nil, at)
	})
	return r.before.arrive(ctx, func(ctx context.Context) error { return members.Lines(ctx, lines.take) }, result{bulkMembers, members})
}

// flatList is a list that is read as a bulk operation, its connections lifted out.
type flatList struct {
	document document
	count    document        // of what there is no more of than of its roots
	fewer    fewer           // nil when there cannot be fewer roots
	shown    *importer.Table // in progress, by the records that name it; nil for none
	ids      string          // what the ids of its roots begin with
	order    *mediaOrder     // learns in which order its lines stand; nil where that is of no account
}

// read brings the result of the list. The shop may have changed while it was gathered, but
// not to have more both before and after.
func (l flatList) read(ctx context.Context, r *bulkReader) (*bulk.Result, error) {
	before, err := r.pages.countBefore(ctx, l.count)
	if err != nil {
		return nil, err
	}
	result, err := r.desk.Bring(ctx, bulk.List{
		Query: l.document.text(), Name: l.document.name(), Marks: l.marks,
		Known:      func(digest string) bool { return r.before.knows(l.document, digest) },
		Check:      func(ctx context.Context, o *bulk.Operation) error { return l.compare(ctx, r, o.Roots, before.number()) },
		Gathered:   func(roots int) { l.progress(r, importer.PhaseGathering, roots, before.number()) },
		Downloaded: func(roots, all int) { l.progress(r, importer.PhaseDownloading, roots, all) },
	})
	if deniedInBulk(err) {
		err = l.explained(ctx, r, err)
	}
	return result, bulkWorded(r.client.Domain(), err)
}

// compare holds what an operation found against what the shop counts.
func (l flatList) compare(ctx context.Context, r *bulkReader, found, before int) error {
	after, err := r.pages.count(ctx, l.count)
	if err != nil {
		return err
	}
	least := min(before, after.number())
	if found < least && l.fewer != nil {
		r.before.differs() // what it waits for has to be given
		shared, err := l.fewer(ctx)
		if err != nil {
			return err
		}
		least -= shared
	}
	if found < least {
		return &bulk.BadFile{Of: l.document.name(), Why: fmt.Sprintf("has %d records, but the shop counts %d %s", found, least, l.count.counted())}
	}
	return nil
}

// explained looks for the reason of a refusal that names none: the same question as a
// page tells which scope is missing.
func (l flatList) explained(ctx context.Context, r *bulkReader, err error) error {
	paged, variables := l.document.paged()
	if why := r.client.ask(ctx, paged, variables, &struct{}{}); why != nil {
		return why
	}
	return err
}

// progress tells how many records were read. The shop may find more than it counted
// before.
func (l flatList) progress(r *bulkReader, phase importer.Phase, read, total int) {
	if total > 0 {
		read = min(read, total)
	}
	if l.shown != nil {
		r.intake.Progress(l.shown, phase, read, total)
	}
}
