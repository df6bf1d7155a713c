package shopify

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/importer"
)

// The lists of a shop as bulk operations. Each operation is flat, so that a part
// may stand far from what it belongs to; the assembly of the snapshot brings them
// together.

func (r *reading) bulkProducts(ctx context.Context) error {
	lines := newProductLines(r.giver())
	tables := tablesOf(importer.Products, importer.Media)
	err := flatList{document: bulkProducts, count: productsCount, shown: importer.Products, tables: tables, lines: lines}.read(ctx, r)
	if err != nil || lines.order.kept() {
		return err
	}
	if err := r.forget(tables...); err != nil {
		return err
	}
	r.intake.Remark(importer.Remark{
		Code: importer.WarnReaderFallback, Severity: importer.Warning, Resource: importer.Products.Name,
		Message: "the lines of the bulk result of products are not in the order of the shop, so that media would change places; products came by pages instead",
		Hint:    "nothing to do; the result is the same",
	})
	return r.products(ctx)
}

func (r *reading) bulkVariants(ctx context.Context) error {
	tables, lines := tablesOf(importer.Variants), newVariantLines(r.giver(), r.items)
	return flatList{document: bulkVariants, count: variantsCount, shown: importer.Variants, tables: tables, lines: lines}.read(ctx, r)
}

func (r *reading) bulkVariantsWithMedia(ctx context.Context) error {
	var both errgroup.Group // one may end well without the other, and is then of use
	both.Go(func() error { return r.bulkVariants(ctx) })
	both.Go(func() error {
		lines := newMemberLines(variantIDs, func(media *memberLine, _ line) error {
			return r.giver().shows(media.ParentID.id, media.ID)
		})
		return flatList{document: bulkVariantMedia, count: variantsCount, tables: tablesOf(importer.MediaLinks), lines: lines}.read(ctx, r)
	})
	return both.Wait()
}

// bulkStock reads all levels. The shop does not count inventory items, but each
// variant has one: its own, or that of another.
func (r *reading) bulkStock(ctx context.Context) error {
	tables, lines := tablesOf(importer.Stock), newLevelLines(r.giver())
	err := flatList{document: bulkInventory, count: variantsCount, fewer: r.items.count, shown: importer.Stock, tables: tables, lines: lines}.read(ctx, r)
	if from := r.bulk.stockFrom; err == nil && !from.IsZero() {
		if older := importer.StockOlder("from a bulk operation that began", time.Since(from)); older != nil {
			r.intake.Remark(*older)
		}
	}
	return err
}

// bulkCategories reads collections by pages, since they are few, and the members
// of most by an operation. Its order is not that of the collection
// (https://community.shopify.dev reports it), so that those which the merchant
// sorts by hand have their members read by pages.
func (r *reading) bulkCategories(ctx context.Context) error {
	byHand, known := map[string]bool{}, make(chan struct{})
	both, side := errgroup.WithContext(ctx)
	both.Go(func() error {
		err := r.collections(side, tablesOf(importer.Categories), func(c *collectionNode) bool {
			if c.byHand() {
				byHand[c.ID] = true
			}
			return false
		})
		if err != nil {
			return err
		}
		close(known)
		return r.membersByHand(side, byHand)
	})
	members, forgotten := r.bulkMembers(side, byHand, known), false
	members.forgotten = func() { forgotten = true }
	both.Go(func() error { return members.read(side, r) })
	if err := both.Wait(); err != nil || !forgotten {
		return err
	}
	return r.membersByHand(ctx, byHand) // they were forgotten with the others
}

// bulkMembers gives the members of all collections but those which byHand tells,
// once that is known.
func (r *reading) bulkMembers(ctx context.Context, byHand map[string]bool, known <-chan struct{}) flatList {
	lines := newMemberLines(collectionIDs, func(product *memberLine, one line) error {
		select {
		case <-known:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		collection := product.ParentID.id
		if byHand[collection] || !fits(collectionIDs, collection) { // without a good id it cannot be asked for its members either
			return nil
		}
		return r.giver().member(&product.fitness, collection, product.ID, nil, one.at(bulkMembers))
	})
	return flatList{document: bulkMembers, count: collectionsCount, shown: importer.Memberships, tables: tablesOf(importer.Memberships), lines: lines}
}

// membersByHand reads the members of those collections. One that went meanwhile
// never existed.
func (r *reading) membersByHand(ctx context.Context, byHand map[string]bool) error {
	return eachOf(ctx, slices.Collect(maps.Keys(byHand)), func(ctx context.Context, id string) error {
		err := r.membersOf(ctx, id)
		if errors.Is(err, errMoved) {
			return r.intake.Replace(importer.ParentRef{Part: importer.Memberships, ID: id})
		}
		return err
	})
}

// flatList is a list that is read as a bulk operation, its connections lifted out.
type flatList struct {
	document  document
	count     document          // of what there is no more of than of its roots
	fewer     fewer             // nil when there cannot be fewer roots
	shown     *importer.Table   // in progress, by the records that name it; nil for none
	tables    []*importer.Table // that it fills
	lines     resultLines
	forgotten func() // called when the tables were forgotten; may be nil
}

// read brings an operation to its end and reads its result, once more where that
// may help. An operation whose result is of no use is not worth picking up again.
func (l flatList) read(ctx context.Context, r *reading) error {
	for attempt := 1; ; attempt++ {
		err := l.once(ctx, r)
		useless := errors.Is(err, errNoBulk) || errors.Is(err, errBadFile) || errors.Is(err, errUntrusted)
		if err == nil || ctx.Err() != nil || !useless {
			return err // it may be picked up later
		}
		if err := r.bulk.ledger.Forget(ctx, l.document.text()); err != nil {
			return err
		}
		if attempt == 2 || !errors.Is(err, errOnceMore) && !errors.Is(err, errBadFile) {
			return r.bulk.explained(ctx, l.document, err)
		}
		if err := l.forget(r); err != nil {
			return err
		}
	}
}

func (l flatList) once(ctx context.Context, r *reading) error {
	before, err := r.countBefore(ctx, l.count)
	if err != nil {
		return err
	}
	gathered := func(n figure) { l.progress(r, importer.PhaseGathering, int(n), before.number()) }
	gathered(0) // it may take long before the shop has anything to tell
	o, err := r.bulk.run(ctx, l.document, func(o *bulkOperation) { gathered(o.RootObjectCount) })
	if err != nil {
		return err
	}
	after, err := r.count(ctx, l.count)
	if err != nil {
		return err
	}
	// The shop may have changed, but not to have more both before and after.
	least := min(before.number(), after.number())
	if int(o.RootObjectCount) < least && l.fewer != nil {
		shared, err := l.fewer(ctx)
		if err != nil {
			return err
		}
		least -= shared
	}
	if int(o.RootObjectCount) < least {
		return badFile(l.document, "has %d records, but the shop counts %d %s", o.RootObjectCount, least, l.count.counted())
	}
	again := func() error { return l.forget(r) }
	return r.bulk.fetch(ctx, l.document, o, l.lines, again, func(read int) { l.progress(r, importer.PhaseDownloading, read, int(o.RootObjectCount)) })
}

// progress tells how many records were read. The shop may find more than it counted
// before.
func (l flatList) progress(r *reading, phase importer.Phase, read, total int) {
	if total > 0 {
		read = min(read, total)
	}
	if l.shown != nil {
		r.intake.Progress(l.shown, phase, read, total)
	}
}

// forget forgets what the list gave, because it is read once more.
func (l flatList) forget(r *reading) error {
	if l.forgotten != nil {
		l.forgotten()
	}
	return r.forget(l.tables...)
}
