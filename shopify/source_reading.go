package shopify

import (
	"context"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// reading is one read of the shop by pages. Its lists are read side by side;
// the client's budget decides how fast.
type reading struct {
	client   *Client
	currency string

	mu     sync.Mutex // the intake takes one thing at a time
	intake importer.Intake
}

// everything reads the lists that the resources need.
func (r *reading) everything(ctx context.Context, resources []connector.Resource) error {
	asked := func(resource connector.Resource) bool { return slices.Contains(resources, resource) }
	locations := 0
	if asked(connector.Warehouses) || asked(connector.Stock) {
		var err error
		if locations, err = r.warehouses(ctx); err != nil {
			return err
		}
	}
	lists, ctx := errgroup.WithContext(ctx)
	if asked(connector.Products) {
		lists.Go(func() error { return r.products(ctx) })
	}
	if asked(connector.Products) || asked(connector.Stock) {
		lists.Go(func() error { return r.variants(ctx) })
	}
	if asked(connector.Stock) {
		lists.Go(func() error { return r.stock(ctx, locations) })
	}
	if asked(connector.Categories) {
		lists.Go(func() error { return r.categories(ctx) })
	}
	return lists.Wait()
}

// give lets a page of records into the intake.
func (r *reading) give(records func(importer.Intake) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return records(r.intake)
}

func (r *reading) progress(table *importer.Table, read, total int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.intake.Progress(table, read, total)
}

// restart forgets what a list brought, because it is read once more.
func (r *reading) restart(tables []*importer.Table, because error) error {
	return r.give(func(intake importer.Intake) error {
		for _, table := range tables {
			if err := intake.Restart(table); err != nil {
				return err
			}
		}
		intake.Remark(importer.Remark{
			Code: importer.WarnChangedWhileReading, Severity: importer.Warning, Resource: tables[0].Name,
			Message: because.Error(),
			Hint:    "nothing to do; they were read once more, and a run at a quieter time sees one state of the shop",
		})
		return nil
	})
}
