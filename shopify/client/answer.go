package client

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
)

// answer is the envelope of every GraphQL answer. Errors stay raw, because they may be a
// string instead of a list.
type answer struct {
	Data       json.RawMessage
	Errors     json.RawMessage
	Extensions struct {
		Cost   *queryCost
		Search []searchReport
	}
}

var errNoData = errors.New("there is no data in it")

// acceptAnswer decodes the data of an answer with status 200, if nothing at all is wrong with
// the answer. It notes the price and the fields that the version lacks.
func (c *Client) acceptAnswer(a *answer, d queries.Document, variables map[string]any, token connector.Secret, data any) error {
	if cost := a.Extensions.Cost; cost != nil && cost.RequestedQueryCost > 0 {
		c.budget.learnPrice(d, variables, cost.RequestedQueryCost)
	}
	if hasContent(a.Errors) && leaveOut(c.absent, a.Errors) {
		return errLeftOut
	}
	if hasContent(a.Errors) {
		f := errorsInWords(c.domain, d, veilToken(a.Errors, token))
		if f.remedy == throttled {
			f.wait = untilPaid(a.Extensions.Cost)
		}
		return f
	}
	if f := ignoredFilter(c.domain, d, a.Extensions.Search); f != nil {
		return f
	}
	if !hasContent(a.Data) {
		return misfittingAnswer(c.domain, d, errNoData)
	}
	if err := decode.Unmarshal(a.Data, data, c.absent.Fields()); err != nil {
		return misfittingAnswer(c.domain, d, err)
	}
	return nil
}

// takeVersion notes which API version answered, and refuses one that leaves collections out.
// Shopify answers in its oldest supported version when a version was asked for that has
// ended (https://shopify.dev/docs/api/usage/versioning).
func (c *Client) takeVersion(version string) error {
	if version == "" {
		version = c.version
	}
	if !gid.IsValid(version) { // it is stored
		return misfittingAnswer(c.domain, queries.Shop, fmt.Errorf("it was answered with API version %.20q", version)).fault
	}
	c.headers.noteVersion(version, c.version)
	if version >= queries.OldestVersion {
		return nil
	}
	return &connector.Fault{
		Code: connector.IncompleteRead,
		Message: fmt.Sprintf("%s answered with API version %.20q, which leaves collections out; %s is the oldest that does not",
			c.domain, version, queries.OldestVersion),
		Next: connector.Advice("unset ESHOPCTL_SHOPIFY_API_VERSION, or look for a newer eshopctl"),
	}
}
