package shopify

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
)

// reading is one read of the shop. Its lists are read side by side: by bulk
// operations, or by pages as fast as the client's budget lets them.
type reading struct {
	client   *Client
	bulk     *bulk.Desk
	quicker  func(forecast, throttleStatus) importer.Reader
	currency string
	intake   importer.Intake
	began    time.Time           // by the shop's clock
	counted  map[document]*count // before anything was read, where that was needed
	items    *sharedItems
	pages    *pageSum // of what comes by pages, where that is compared
	before   *asBefore

	again bool // what changed is read once more

	mu       sync.Mutex
	spans    int             // that are read beside the first of each list
	fellBack map[string]bool // reasons that were told
}

func (r *reading) giver() giver {
	return giver{r.intake, r.currency, r.again, r.pages, r.client.spares}
}

// listing is one of the lists that a shop is read as. Both ways give the same.
type listing struct {
	of     connector.Resource // which it is needed for
	tables []*importer.Table  // that it fills, the one that names it first
	count  document           // tells how long it is
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
		err = r.unlisted(ctx)
	}
	if err != nil {
		return importer.Reading{}, err
	}
	given, same, err := r.before.end(ctx)
	return importer.Reading{Reader: used, Began: r.bulk.Began(), NotRead: r.client.notRead(), Given: given, Same: same}, err
}

// compare begins to compare what the lists bring with what the snapshot before was made
// of. Reading a shop by pages takes so long that nothing is saved by it.
func (r *reading) compare(lists int, reader importer.Reader) {
	if r.before.expect(lists); reader == importer.ReaderPaged {
		r.pages = nil
		r.before.falls()
	}
}

// lists are what the resources need. Warehouses are few: they are read here, by
// pages, because the price of stock depends on their number.
func (r *reading) lists(ctx context.Context, resources []connector.Resource) ([]listing, error) {
	asked := func(resource connector.Resource) bool { return slices.Contains(resources, resource) }
	locations := 0
	if asked(connector.Warehouses) || asked(connector.Stock) {
		var err error
		if locations, err = r.warehouses(ctx); err != nil {
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
			listing{connector.Products, tablesOf(importer.Products, importer.Media), productsCount, productsDocument.ceiling(), 0, r.products, r.bulkProducts},
			listing{connector.Products, tablesOf(importer.Variants, importer.MediaLinks), variantsCount, variantsDocument.ceiling(), 0, r.variants, r.bulkVariantsWithMedia})
	} else if asked(connector.Stock) {
		lists = append(lists, listing{connector.Stock, tablesOf(importer.Variants, importer.MediaLinks), variantsCount, variantsDocument.ceiling(), 0, r.variants, r.bulkVariants})
	}
	if asked(connector.Stock) {
		paged := func(ctx context.Context) error { return r.stock(ctx, locations) }
		lists = append(lists, listing{connector.Stock, tablesOf(importer.Stock), variantsCount, itemsPrice(locations), 0, paged, r.bulkStock})
	}
	if asked(connector.Categories) {
		page, parts := collectionsDocument.ceiling(), collectionProductsDocument.ceiling()
		lists = append(lists, listing{connector.Categories, tablesOf(importer.Categories, importer.Memberships), collectionsCount, page, parts, r.categories, r.bulkCategories})
	}
	return lists, nil
}

func tablesOf(tables ...*importer.Table) []*importer.Table { return tables }

// choose counts the shop and takes the way that is quicker.
func (r *reading) choose(ctx context.Context, lists []listing) (importer.Reader, error) {
	r.counted = map[document]*count{}
	var will forecast
	for _, l := range lists {
		n, known := r.counted[l.count]
		if !known {
			var err error
			if n, err = r.count(ctx, l.count); err != nil {
				return "", denied(err, l.of)
			}
			r.counted[l.count] = n
		}
		will.add(n.number(), l.page, l.parts)
	}
	return r.quicker(will, r.client.budget.now()), nil
}

// countBefore is a root count from before its records were read.
func (r *reading) countBefore(ctx context.Context, d document) (*count, error) {
	if n, known := r.counted[d]; known {
		return n, nil
	}
	return r.count(ctx, d)
}

// all reads the lists and tells how products were read, or else the first of the
// lists.
func (r *reading) all(ctx context.Context, lists []listing, reader importer.Reader) (importer.Reader, error) {
	used := make([]importer.Reader, len(lists), len(lists)+1)
	side, ctx := errgroup.WithContext(ctx)
	for i, l := range lists {
		side.Go(func() (err error) {
			if used[i], err = r.read(ctx, l, reader); err == nil && l.tables[0] == importer.Variants {
				err = r.items.settle()
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
	r.before.falls()
	if err := r.forget(l.tables...); err != nil { // collections come by pages even so
		return "", err
	}
	r.remarkFallback(l, err)
	return importer.ReaderPaged, l.paged(ctx)
}

// remarkFallback tells why pages are read instead, once for each reason.
func (r *reading) remarkFallback(l listing, err error) {
	var fault *connector.Fault
	if !errors.As(err, &fault) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fellBack[fault.Message] {
		return
	}
	if r.fellBack == nil {
		r.fellBack = map[string]bool{}
	}
	r.fellBack[fault.Message] = true
	r.intake.Remark(importer.Remark{
		Code: importer.WarnReaderFallback, Severity: importer.Warning, Resource: l.tables[0].Name,
		Message: fault.Message + "; " + l.tables[0].Name + " came by pages instead", Next: fault.Next,
	})
}

// forget forgets what was given of tables, because it is read once more.
func (r *reading) forget(tables ...*importer.Table) error {
	for _, table := range tables {
		if err := r.intake.Restart(table); err != nil {
			return err
		}
	}
	return nil
}

// restart forgets what a list brought, because it is read once more.
func (r *reading) restart(tables []*importer.Table, because error) error {
	if err := r.forget(tables...); err != nil {
		return err
	}
	r.intake.Remark(importer.Remark{
		Code: importer.WarnChangedWhileReading, Severity: importer.Warning, Resource: tables[0].Name,
		Message: because.Error(),
		Next:    connector.Advice("nothing to do; they were read once more, and a run at a quieter time sees one state of the shop"),
	})
	return nil
}

// partsAtOnce is how many records of a list have their parts read side by side.
const partsAtOnce = 3

// eachOf does it for all ids, a few at once.
func eachOf(ctx context.Context, ids []string, do func(context.Context, string) error) error {
	side, ctx := errgroup.WithContext(ctx)
	side.SetLimit(partsAtOnce)
	for _, id := range ids {
		side.Go(func() error { return do(ctx, id) })
	}
	return side.Wait()
}
