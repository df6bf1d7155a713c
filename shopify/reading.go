package shopify

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/pages"
	"github.com/eshopos/eshopctl/shopify/records"
	"github.com/eshopos/eshopctl/shopify/results"
)

// shopReader reads the shop once. Its lists are read side by side, as bulk operations, or by
// pages as fast as the client's budget allows.
type shopReader struct {
	listReaders
	client  *client.Client
	intake  importer.Intake
	began   time.Time // by the shop's clock
	items   *records.SharedItems
	before  *results.Comparison
	quicker func(forecast, client.Points) importer.Reader

	fallbacks fallbacks
}

// readEverything reads what the resources need, and then once more what changed meanwhile.
func (r *shopReader) readEverything(ctx context.Context, resources []connector.Resource, reader importer.Reader) (importer.Reading, error) {
	lists, err := r.neededLists(ctx, resources)
	if err != nil {
		return importer.Reading{}, err
	}
	if reader == importer.ReaderAuto {
		if reader, err = r.chooseReader(ctx, lists); err != nil {
			return importer.Reading{}, err
		}
	}
	defer r.items.Close()
	defer r.before.Close()
	r.beginComparing(len(lists), reader)
	used, err := r.readLists(ctx, lists, reader)
	if err == nil {
		err = r.catchUp(ctx, resources)
	}
	if err == nil {
		err = r.pages.ReadUnlisted(ctx)
	}
	if err != nil {
		return importer.Reading{}, err
	}
	given, same, err := r.before.EndReading(ctx)
	return importer.Reading{Reader: used, Began: r.results.Desk.Began(), NotRead: notRead(r.client), Given: given, Same: same}, err
}

// beginComparing begins to compare what the lists bring with what the snapshot before was
// made of. It does not where the shop is read by pages: that takes so long that nothing
// would be saved.
func (r *shopReader) beginComparing(lists int, reader importer.Reader) {
	if r.before.ExpectLists(lists); reader == importer.ReaderPaged {
		r.pages.StopComparing()
		r.before.NoteFallback()
	}
}

// chooseReader asks the shop how long the lists are and returns the reader that is quicker.
func (r *shopReader) chooseReader(ctx context.Context, lists []shopList) (importer.Reader, error) {
	var will forecast
	for _, l := range lists {
		n, err := r.pages.Counts.Once(ctx, l.count)
		if err != nil {
			return "", deniedError(err, l.of)
		}
		will.addList(n.Number(), l.page, l.parts)
	}
	return r.quicker(will, r.client.Points()), nil
}

// readLists reads the lists and returns how the first of them was read: products, where
// they are asked for.
func (r *shopReader) readLists(ctx context.Context, lists []shopList, reader importer.Reader) (importer.Reader, error) {
	used := make([]importer.Reader, len(lists), len(lists)+1)
	side, ctx := errgroup.WithContext(ctx)
	for i, l := range lists {
		side.Go(func() (err error) {
			if used[i], err = r.readList(ctx, l, reader); err == nil && l.tables[0] == importer.Variants {
				err = r.items.Settle()
			}
			return deniedError(err, l.of)
		})
	}
	err := side.Wait()
	return append(used, importer.ReaderPaged)[0], err
}

// readList reads a list and returns how. ReaderAuto turns to pages where bulk operations
// fail.
func (r *shopReader) readList(ctx context.Context, l shopList, reader importer.Reader) (importer.Reader, error) {
	if reader == importer.ReaderPaged {
		return reader, l.byPages(ctx)
	}
	err := l.byBulk(ctx)
	if reader == importer.ReaderBulk || err == nil || ctx.Err() != nil || !pagesMayHelp(err) {
		return importer.ReaderBulk, orByPages(err)
	}
	r.before.NoteFallback()
	if err := pages.ForgetTables(r.intake, l.tables...); err != nil { // byBulk reads collections by pages, and gives them at once
		return "", err
	}
	r.fallbacks.remarkOnce(l.tables[0].Name, err)
	return importer.ReaderPaged, l.byPages(ctx)
}

// catchUp gives once more what changed since the first list began to be read.
func (r *shopReader) catchUp(ctx context.Context, resources []connector.Resource) error {
	since := r.began
	if began := r.results.Desk.Began(); !began.IsZero() && began.Before(since) {
		since = began
	}
	return r.pages.CatchUp(ctx, resources, since, r.before.GiveAll)
}
