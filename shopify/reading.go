package shopify

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/pages"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
	"github.com/eshopos/eshopctl/shopify/results"
)

// reading is one read of the shop. Its lists are read side by side: by bulk
// operations, or by pages as fast as the client's budget lets them.
type reading struct {
	client  *client.Client
	intake  importer.Intake
	began   time.Time // by the shop's clock
	items   *records.SharedItems
	pages   *pages.Reader
	bulk    *results.Reader
	before  *results.AsBefore
	quicker func(forecast, client.Points) importer.Reader

	fallbacks fallbacks
}

// listing is one of the lists that a shop is read as. Both ways give the same.
type listing struct {
	of     connector.Resource // which it is needed for
	tables []*importer.Table  // that it fills, the one that names it first
	count  queries.Document   // tells how long it is
	page   float64            // what a page of it costs
	parts  float64            // what a page of the parts of each record costs, 0 where they need none
	paged  func(context.Context) error
	bulk   func(context.Context) error
}

// everything reads what the resources need, and then once more what changed
// meanwhile.
func (r *reading) everything(ctx context.Context, resources []connector.Resource, reader importer.Reader) (importer.Reading, error) {
	lists, err := r.lists(ctx, resources)
	if err != nil {
		return importer.Reading{}, err
	}
	if reader == importer.ReaderAuto {
		if reader, err = r.choose(ctx, lists); err != nil {
			return importer.Reading{}, err
		}
	}
	defer r.items.Close()
	defer r.before.Close()
	r.compare(len(lists), reader)
	used, err := r.all(ctx, lists, reader)
	if err == nil {
		err = r.catchUp(ctx, resources)
	}
	if err == nil {
		err = r.pages.Unlisted(ctx)
	}
	if err != nil {
		return importer.Reading{}, err
	}
	given, same, err := r.before.End(ctx)
	return importer.Reading{Reader: used, Began: r.bulk.Desk.Began(), NotRead: notRead(r.client), Given: given, Same: same}, err
}

// compare begins to compare what the lists bring with what the snapshot before was made
// of. Reading a shop by pages takes so long that nothing is saved by it.
func (r *reading) compare(lists int, reader importer.Reader) {
	if r.before.Expect(lists); reader == importer.ReaderPaged {
		r.pages.Uncompared()
		r.before.Falls()
	}
}

// lists are what the resources need. Warehouses are few: they are read here, by
// pages, because the price of stock depends on their number.
func (r *reading) lists(ctx context.Context, resources []connector.Resource) ([]listing, error) {
	asked := func(resource connector.Resource) bool { return slices.Contains(resources, resource) }
	locations := 0
	if asked(connector.Warehouses) || asked(connector.Stock) {
		var err error
		if locations, err = r.pages.Warehouses(ctx); err != nil {
			of := connector.Warehouses
			if !asked(of) {
				of = connector.Stock
			}
			return nil, denied(err, of)
		}
	}
	var lists []listing
	if asked(connector.Products) {
		lists = append(lists,
			listing{connector.Products, tablesOf(importer.Products, importer.Media), queries.ProductsCount, queries.Products.Ceiling(), 0, r.pages.Products, r.bulk.Products},
			listing{connector.Products, tablesOf(importer.Variants, importer.MediaLinks), queries.VariantsCount, queries.Variants.Ceiling(), 0, r.pages.Variants, r.bulk.VariantsWithMedia})
	} else if asked(connector.Stock) {
		lists = append(lists, listing{connector.Stock, tablesOf(importer.Variants, importer.MediaLinks), queries.VariantsCount, queries.Variants.Ceiling(), 0, r.pages.Variants, r.bulk.Variants})
	}
	if asked(connector.Stock) {
		paged := func(ctx context.Context) error { return r.pages.Stock(ctx, locations) }
		lists = append(lists, listing{connector.Stock, tablesOf(importer.Stock), queries.VariantsCount, itemsPrice(locations), 0, paged, r.bulk.Stock})
	}
	if asked(connector.Categories) {
		page, parts := queries.Collections.Ceiling(), queries.CollectionProducts.Ceiling()
		lists = append(lists, listing{connector.Categories, tablesOf(importer.Categories, importer.Memberships), queries.CollectionsCount, page, parts, r.pages.Categories, r.bulk.Categories})
	}
	return lists, nil
}

func tablesOf(tables ...*importer.Table) []*importer.Table { return tables }

// choose counts the shop and takes the way that is quicker.
func (r *reading) choose(ctx context.Context, lists []listing) (importer.Reader, error) {
	var will forecast
	for _, l := range lists {
		n, err := r.pages.Counts.Once(ctx, l.count)
		if err != nil {
			return "", denied(err, l.of)
		}
		will.add(n.Number(), l.page, l.parts)
	}
	return r.quicker(will, r.client.Points()), nil
}

// all reads the lists and tells how products were read, or else the first of the
// lists.
func (r *reading) all(ctx context.Context, lists []listing, reader importer.Reader) (importer.Reader, error) {
	used := make([]importer.Reader, len(lists), len(lists)+1)
	side, ctx := errgroup.WithContext(ctx)
	for i, l := range lists {
		side.Go(func() (err error) {
			if used[i], err = r.read(ctx, l, reader); err == nil && l.tables[0] == importer.Variants {
				err = r.items.Settle()
			}
			return denied(err, l.of)
		})
	}
	err := side.Wait()
	return append(used, importer.ReaderPaged)[0], err
}

// read reads one list and tells how. ReaderAuto turns to pages where bulk
// operations lead nowhere.
func (r *reading) read(ctx context.Context, l listing, reader importer.Reader) (importer.Reader, error) {
	if reader == importer.ReaderPaged {
		return reader, l.paged(ctx)
	}
	err := l.bulk(ctx)
	if reader == importer.ReaderBulk || err == nil || ctx.Err() != nil || !pagesMayHelp(err) {
		return importer.ReaderBulk, orByPages(err)
	}
	r.before.Falls()
	if err := pages.Forget(r.intake, l.tables...); err != nil { // collections come by pages even so
		return "", err
	}
	r.fallbacks.remark(l.tables[0].Name, err)
	return importer.ReaderPaged, l.paged(ctx)
}

// catchUp gives once more what changed since the first list began to be read.
func (r *reading) catchUp(ctx context.Context, resources []connector.Resource) error {
	since := r.began
	if began := r.bulk.Desk.Began(); !began.IsZero() && began.Before(since) {
		since = began
	}
	return r.pages.CatchUp(ctx, resources, since, r.before.GiveAll)
}
