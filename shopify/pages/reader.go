package pages

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// Reader reads the lists of a shop by pages, several at a time.
type Reader struct {
	client *client.Client
	intake importer.Intake
	give   records.Giver
	items  *records.SharedItems

	mu      sync.Mutex
	counted map[queries.Document]*records.Count // before anything was read, where that was needed
	spans   int                                 // that are read beside the first of each list
}

func New(c *client.Client, intake importer.Intake, give records.Giver, items *records.SharedItems) *Reader {
	return &Reader{client: c, intake: intake, give: give, items: items, counted: map[queries.Document]*records.Count{}}
}

// Uncompared has nobody compare what is read.
func (r *Reader) Uncompared() { r.give = r.give.Uncompared() }

// Count asks for a root count; nil when there is none.
func (r *Reader) Count(ctx context.Context, d queries.Document) (*records.Count, error) {
	if d == "" {
		return nil, nil
	}
	var data struct{ Count *records.Count }
	err := r.client.Ask(ctx, d, nil, &data)
	return data.Count, err
}

// CountOnce asks for a root count and remembers it as that from before anything was read.
func (r *Reader) CountOnce(ctx context.Context, d queries.Document) (*records.Count, error) {
	n, err := r.CountBefore(ctx, d)
	if err == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.counted[d] = n
	}
	return n, err
}

// CountBefore is a root count from before its records were read.
func (r *Reader) CountBefore(ctx context.Context, d queries.Document) (*records.Count, error) {
	r.mu.Lock()
	n, known := r.counted[d]
	r.mu.Unlock()
	if known {
		return n, nil
	}
	return r.Count(ctx, d)
}

// Forget forgets what was given of tables, because it is read once more.
func Forget(intake importer.Intake, tables ...*importer.Table) error {
	for _, table := range tables {
		if err := intake.Restart(table); err != nil {
			return err
		}
	}
	return nil
}

// restart forgets what a list brought, because it is read once more.
func (r *Reader) restart(tables []*importer.Table, because error) error {
	if err := Forget(r.intake, tables...); err != nil {
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
