package pages

import (
	"context"
	"sync"

	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// Counts asks the shop how many records of a kind it has. A count is nil where the shop
// does not say. It is safe for concurrent use.
type Counts struct {
	client *client.Client

	mu     sync.Mutex
	before map[queries.Document]*records.Count // those that Once asked for
}

// Now asks for a count.
func (c *Counts) Now(ctx context.Context, d queries.Document) (*records.Count, error) {
	var data struct{ Count *records.Count }
	err := c.client.Ask(ctx, d, nil, &data)
	return data.Count, err
}

// Once returns a count from before anything was read. It asks for it the first time only.
func (c *Counts) Once(ctx context.Context, d queries.Document) (*records.Count, error) {
	n, err := c.Before(ctx, d)
	if err == nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.before[d] = n
	}
	return n, err
}

// Before returns the count that Once asked for, or else asks for it now. It must be called
// before the records that it counts are read.
func (c *Counts) Before(ctx context.Context, d queries.Document) (*records.Count, error) {
	c.mu.Lock()
	n, known := c.before[d]
	c.mu.Unlock()
	if known {
		return n, nil
	}
	return c.Now(ctx, d)
}
