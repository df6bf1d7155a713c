package shopify

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// pageReader reads the lists of a shop by pages, several at a time.
type pageReader struct {
	client *Client
	intake importer.Intake
	give   giver
	items  *sharedItems

	mu      sync.Mutex
	counted map[document]*count // before anything was read, where that was needed
	spans   int                 // that are read beside the first of each list
}

func newPageReader(c *Client, intake importer.Intake, give giver, items *sharedItems) *pageReader {
	return &pageReader{client: c, intake: intake, give: give, items: items, counted: map[document]*count{}}
}

// uncompared has nobody compare what is read.
func (r *pageReader) uncompared() { r.give = r.give.uncompared() }

// count asks for a root count; nil when there is none.
func (r *pageReader) count(ctx context.Context, d document) (*count, error) {
	if d == "" {
		return nil, nil
	}
	var data struct{ Count *count }
	err := r.client.ask(ctx, d, nil, &data)
	return data.Count, err
}

// countOnce asks for a root count and remembers it as that from before anything was read.
func (r *pageReader) countOnce(ctx context.Context, d document) (*count, error) {
	n, err := r.countBefore(ctx, d)
	if err == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.counted[d] = n
	}
	return n, err
}

// countBefore is a root count from before its records were read.
func (r *pageReader) countBefore(ctx context.Context, d document) (*count, error) {
	r.mu.Lock()
	n, known := r.counted[d]
	r.mu.Unlock()
	if known {
		return n, nil
	}
	return r.count(ctx, d)
}

// forget forgets what was given of tables, because it is read once more.
func forget(intake importer.Intake, tables ...*importer.Table) error {
	for _, table := range tables {
		if err := intake.Restart(table); err != nil {
			return err
		}
	}
	return nil
}

// restart forgets what a list brought, because it is read once more.
func (r *pageReader) restart(tables []*importer.Table, because error) error {
	if err := forget(r.intake, tables...); err != nil {
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
