package pages

import (
	"context"
	"sync"

	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// Counts asks the shop how many records of a kind it has.
type Counts struct {
	client *client.Client

	mu     sync.Mutex
	before map[queries.Document]*records.Count // anything was read, where that was needed
}

// Now asks for a root count; nil when there is none.
func (c *Counts) Now(ctx context.Context, d queries.Document) (*records.Count, error) {
	if d == "" {
		return nil, nil
	}
	var data struct{ Count *records.Count }
	err := c.client.Ask(ctx, d, nil, &data)
	return data.Count, err
}

// Once asks for a root count and remembers it as that from before anything was read.
func (c *Counts) Once(ctx context.Context, d queries.Document) (*records.Count, error) {
	n, err := c.Before(ctx, d)
	if err == nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.before[d] = n
	}
	return n, err
}

// Before is a root count from before its records were read.
func (c *Counts) Before(ctx context.Context, d queries.Document) (*records.Count, error) {
	c.mu.Lock()
	n, known := c.before[d]
	c.mu.Unlock()
	if known {
		return n, nil
	}
	return c.Now(ctx, d)
}
