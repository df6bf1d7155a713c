package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/queries"
)

// answer is the envelope of every GraphQL answer. Errors stay raw: they may be
// a string.
type answer struct {
	Data       json.RawMessage
	Errors     json.RawMessage
	Extensions struct {
		Cost   *queryCost
		Search []searchReport
	}
}

// untilPaid is how long to wait after THROTTLED: until the points are there, and
// a second at least, as Shopify advises.
func (a *answer) untilPaid() time.Duration {
	cost := a.Extensions.Cost
	if cost == nil || cost.ThrottleStatus == nil {
		return time.Second
	}
	return max(time.Second, cost.ThrottleStatus.restoring(cost.RequestedQueryCost-cost.ThrottleStatus.CurrentlyAvailable))
}

var errNoData = errors.New("there is no data in it")

// accept learns from an answer with status 200 and decodes its data, unless
// anything at all is wrong with it.
func (c *Client) accept(a *answer, d queries.Document, variables map[string]any, token connector.Secret, data any) error {
	if cost := a.Extensions.Cost; cost != nil && cost.RequestedQueryCost > 0 {
		c.budget.learn(d, variables, cost.RequestedQueryCost)
	}
	if hasContent(a.Errors) && c.leaveOut(a.Errors) {
		return errLeftOut
	}
	if hasContent(a.Errors) {
		f := disagreement(c.domain, d, veiled(a.Errors, token))
		if f.remedy == throttled {
			f.wait = a.untilPaid()
		}
		return f
	}
	if f := ignoredFilter(c.domain, d, a.Extensions.Search); f != nil {
		return f
	}
	if !hasContent(a.Data) {
		return misfitting(c.domain, d, errNoData)
	}
	if err := decode.Unmarshal(a.Data, data, c.lacking.Fields()); err != nil {
		return misfitting(c.domain, d, err)
	}
	return nil
}

func hasContent(raw json.RawMessage) bool {
	text := bytes.TrimSpace(raw)
	return len(text) > 0 && string(text) != "null" && string(text) != "[]"
}
