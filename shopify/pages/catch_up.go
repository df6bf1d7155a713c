package pages

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/records"
)

// overlap is how far before the start of the read changes are searched for: Shopify's
// search lags behind changes (https://shopify.dev/docs/api/usage/search-syntax).
const overlap = 10 * time.Minute

// changedList is a list of records that changed lately, to be given once more. Parts that
// a record lost meanwhile show when its parts are counted.
type changedList[D, T any] struct {
	connection[D, T]
	table   *importer.Table
	updated func(*T) string
	give    func(context.Context, []*T) error
}

// CatchUp gives once more the records that changed since then, by the shop's clock. It calls
// before ahead of each page that holds any. Changes of levels and memberships are not found:
// nothing that they belong to says when they changed.
func (r *Reader) CatchUp(ctx context.Context, resources []connector.Resource, since time.Time, before func(context.Context) error) error {
	r.parts.give = r.parts.give.OnceMore()
	asked := func(resource connector.Resource) bool { return slices.Contains(resources, resource) }
	lists, ctx := errgroup.WithContext(ctx)
	if asked(connector.Products) {
		lists.Go(func() error { return r.changedProducts().readAgain(ctx, r, since, before) })
	}
	if asked(connector.Products) || asked(connector.Stock) {
		lists.Go(func() error { return r.changedVariants().readAgain(ctx, r, since, before) })
	}
	if asked(connector.Categories) {
		lists.Go(func() error { return r.changedCollections().readAgain(ctx, r, since, before) })
	}
	return lists.Wait()
}

func (c changedList[D, T]) readAgain(ctx context.Context, r *Reader, since time.Time, before func(context.Context) error) error {
	filter := changedSince(since)
	began, moved := since.UTC().Format(time.RFC3339), 0
	err := c.withFilter(filter).walkPages(ctx, r.client, func(nodes []*T) error {
		for _, node := range nodes {
			if c.updated(node) > began {
				moved++
			}
		}
		if len(nodes) > 0 {
			if err := before(ctx); err != nil {
				return err
			}
		}
		err := c.give(ctx, nodes)
		if errors.Is(err, client.ErrMoved) {
			return nil // it was deleted; that shows when parts are counted
		}
		return err
	})
	if moved > 0 {
		r.intake.AddRemark(importer.Remark{
			Code: importer.WarnChangedWhileReading, Severity: importer.Warning, Resource: c.table.Name,
			Message: fmt.Sprintf("%d %s changed while the shop was read; they were read once more", moved, c.table.Name),
			Next:    connector.Advice("nothing to do; a run at a quieter time sees one state of the shop"),
		})
	}
	return err
}

// changedSince returns a search query for what changed since then or a little before.
func changedSince(then time.Time) string {
	return fmt.Sprintf("updated_at:>='%s'", then.Add(-overlap).UTC().Format(time.RFC3339))
}

func (r *Reader) changedProducts() changedList[productsData, records.Product] {
	return changedList[productsData, records.Product]{
		connection: productPages(map[string]any{"sortKey": "UPDATED_AT"}),
		table:      importer.Products,
		updated:    func(p *records.Product) string { return p.UpdatedAt },
		give:       r.parts.giveProducts,
	}
}

func (r *Reader) changedVariants() changedList[variantsData, records.Variant] {
	return changedList[variantsData, records.Variant]{
		connection: variantPages(nil),
		table:      importer.Variants,
		updated:    func(v *records.Variant) string { return v.UpdatedAt },
		give:       r.parts.giveVariants,
	}
}

func (r *Reader) changedCollections() changedList[collectionsData, records.Collection] {
	return changedList[collectionsData, records.Collection]{
		connection: collectionPages(map[string]any{"sortKey": "UPDATED_AT"}),
		table:      importer.Categories,
		updated:    func(c *records.Collection) string { return c.UpdatedAt },
		give: func(ctx context.Context, nodes []*records.Collection) error {
			return r.parts.giveCollections(ctx, nodes, (*records.Collection).ByHand)
		},
	}
}
