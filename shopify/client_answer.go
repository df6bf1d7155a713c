package shopify

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// answer is the envelope of every GraphQL answer. Errors stay raw: they may be
// a string.
type answer struct {
	Data       json.RawMessage
	Errors     json.RawMessage
	Extensions struct {
		Cost *struct {
			RequestedQueryCost float64
			ThrottleStatus     *throttleStatus
		}
		Search []searchReport
	}
}

// status is the shop's budget as the answer tells it, nil when it does not.
func (a *answer) status() *throttleStatus {
	if a.Extensions.Cost == nil {
		return nil
	}
	return a.Extensions.Cost.ThrottleStatus
}

// untilPaid is how long to wait after THROTTLED: until the points are there, and
// a second at least, as Shopify advises.
func (a *answer) untilPaid() time.Duration {
	status := a.status()
	if status == nil {
		return time.Second
	}
	short := a.Extensions.Cost.RequestedQueryCost - status.CurrentlyAvailable
	return max(time.Second, status.restoring(short))
}

var errNoData = errors.New("there is no data in it")

// accept learns from an answer with status 200 and decodes its data, unless
// anything at all is wrong with it.
func (c *Client) accept(a *answer, d document, variables map[string]any, token connector.Secret, data any) error {
	if cost := a.Extensions.Cost; cost != nil && cost.RequestedQueryCost > 0 {
		c.budget.learn(d, variables, cost.RequestedQueryCost)
	}
	if hasContent(a.Errors) {
		f := disagreement(c.domain, d, veiled(a.Errors, token))
		if f.patient == throttled {
			f.wait = a.untilPaid()
		}
		return f
	}
	if f := ignoredFilter(c.domain, d, a.Extensions.Search); f != nil {
		return f
	}
	if !hasContent(a.Data) {
		return unreadable(c.domain, nil, errNoData)
	}
	if err := json.Unmarshal(a.Data, data); err != nil {
		return unreadable(c.domain, nil, err)
	}
	return nil
}

func hasContent(raw json.RawMessage) bool {
	text := bytes.TrimSpace(raw)
	return len(text) > 0 && string(text) != "null" && string(text) != "[]"
}
