package client

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/queries"
)

// mostLeftOut is for how many attempts of one question a field was left out.
const mostLeftOut = 40

// Ask sends a document and decodes the data of the answer into data. All trying
// again is done here.
func (c *Client) Ask(ctx context.Context, d queries.Document, variables map[string]any, data any) error {
	token, err := c.credentials.Token(ctx)
	failed := map[remedy]int{}
	for err == nil {
		var f *failure
		if err = c.sendOnce(ctx, token, d, variables, data); errors.Is(err, errLeftOut) && d != queries.BulkRun && failed[final] < mostLeftOut {
			failed[final]++
			err = nil
			continue
		}
		if !errors.As(err, &f) {
			c.site.Patience().Moved()
			return err
		}
		failed[f.remedy]++
		if failed[f.remedy] >= c.triesFor(d, f.remedy) {
			return f.lastFault()
		}
		token, err = c.mendFailure(ctx, f, failed[f.remedy], token)
	}
	return err
}

// triesFor is fewer before the shop has answered anything: then somebody waits at
// a terminal, and the network is more likely to be missing than to be shaky. A
// start whose answer was lost may have happened: whoever asked must look first.
func (c *Client) triesFor(d queries.Document, r remedy) int {
	switch {
	case d == queries.BulkRun && (r == shaky || r == odd):
		return 1
	case r == shaky && c.headers.answeredVersion() == "":
		return 3
	}
	return r.mostTries()
}

// mendFailure does what must be done between two attempts.
func (c *Client) mendFailure(ctx context.Context, f *failure, failed int, token connector.Secret) (connector.Secret, error) {
	if f.remedy == tokenGone {
		return c.credentials.Refused(ctx, token)
	}
	wait := f.wait
	if wait == 0 {
		wait = backoffAfter(failed)
	}
	if err := c.waits.waitAfter(ctx, f, c.waits.waitReason(f), wait); err != nil {
		return token, err
	}
	return c.credentials.Token(ctx)
}
