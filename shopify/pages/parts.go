package pages

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/records"
)

// partReader gives the records of a page, and asks for their parts where these did not fit
// into it.
type partReader struct {
	client *client.Client
	give   records.Giver
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
