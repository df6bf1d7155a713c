package pages

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/records"
)

// partReader gives the records of a page, and asks for those of their parts that did not
// fit into the page.
type partReader struct {
	client *client.Client
	give   records.Giver
}

// partsAtOnce is for how many records of a list parts are asked for at a time.
const partsAtOnce = 3

// forEachID calls do for all ids, for a few at a time.
func forEachID(ctx context.Context, ids []string, do func(context.Context, string) error) error {
	side, ctx := errgroup.WithContext(ctx)
	side.SetLimit(partsAtOnce)
	for _, id := range ids {
		side.Go(func() error { return do(ctx, id) })
	}
	return side.Wait()
}
