package client

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/queries"
)

// mostLeftOut is how many attempts of one question may end in leaving out one more field.
const mostLeftOut = 40

// Ask sends a document and decodes the data of the answer into what data points to. It tries
// again what may pass. An error is a *connector.Fault, or the cause of the end of ctx.
func (c *Client) Ask(ctx context.Context, d queries.Document, variables map[string]any, data any) error {
	token, err := c.credentials.Token(ctx)
	failed := map[remedy]int{}
	for err == nil {
		var f *failure
		err = c.sendOnce(ctx, token, d, variables, data)
		if errors.Is(err, errLeftOut) && d != queries.BulkRun && failed[final] < mostLeftOut {
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

// triesFor returns how often a document may fail in this way. Before the first answer of the
// shop that is less often: somebody waits at a terminal, and the network is more likely to be
// missing than to be shaky. The start of a bulk operation is not repeated after an answer was
// lost: the caller must first look whether the operation was started.
func (c *Client) triesFor(d queries.Document, r remedy) int {
	switch {
	case d == queries.BulkRun && (r == shaky || r == odd):
		return 1
	case r == shaky && c.headers.answeredVersion() == "":
		return 3
	}
	return r.mostTries()
}

// mendFailure waits before the next attempt, or replaces a refused token. It returns the token
// for that attempt.
func (c *Client) mendFailure(ctx context.Context, f *failure, failed int, token connector.Secret) (connector.Secret, error) {
	if f.remedy == tokenGone {
		return c.credentials.Refused(ctx, token)
	}
	if err := c.waits.waitAfter(ctx, f, c.waits.waitReason(f), waitFor(f, failed)); err != nil {
		return token, err
	}
	return c.credentials.Token(ctx)
}
