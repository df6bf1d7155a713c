package client

import (
	"cmp"
	"net/http"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/site"
)

// Client asks one shop questions over the Admin GraphQL API. It keeps to the shop's budget,
// tries again what may pass, and fails with a *connector.Fault. It is safe for concurrent use.
type Client struct {
	site        *site.Site
	http        *http.Client
	files       *http.Client // for results of bulk operations
	domain      string
	version     string
	credentials connector.Credentials
	waits       *waits
	maxAnswer   int64
	budget      *budget
	absent      *queries.AbsentFields
	headers     headers // what the headers of answers said
}

// maxAnswer is the size in bytes of the largest answer that is read. A page whose answer
// is larger is asked for in halves.
const maxAnswer = 128 << 20

// New returns a client for the shop with a permanent domain, such as a.myshopify.com. It asks
// for an API version such as 2026-10.
func New(site *site.Site, domain, apiVersion string, credentials connector.Credentials, pauses Pauses) *Client {
	if pauses.Sleep == nil {
		pauses.Sleep = connector.Sleep
	}
	c := &Client{
		site: site, http: site.Client(domain), files: site.FileClient(), domain: domain, version: apiVersion, credentials: credentials,
		waits: &waits{domain, site, pauses}, maxAnswer: maxAnswer, absent: &queries.AbsentFields{},
	}
	c.budget = newBudget(c.waits.forPoints)
	return c
}

// Domain returns the permanent domain of the shop.
func (c *Client) Domain() string { return c.domain }

// AskedVersion returns the API version that is asked for.
func (c *Client) AskedVersion() string { return c.version }

// AbsentFields returns the fields that the version turned out to lack.
func (c *Client) AbsentFields() *queries.AbsentFields { return c.absent }

// SparedFields returns those fields as package decode takes them.
func (c *Client) SparedFields() decode.FieldSet { return c.absent.Fields() }

// Points returns the budget as far as it is known.
func (c *Client) Points() Points { return c.budget.pointsNow() }

// Price returns the price of a document with these variables, in points: what the shop named
// last, or the most it can be.
func (c *Client) Price(d queries.Document, variables map[string]any) float64 {
	return c.budget.priceOf(d, variables)
}

// HasSpare reports whether the budget allows one more request of that price to be on its way
// all the time.
func (c *Client) HasSpare(price float64) bool { return c.budget.hasSpare(price) }

// Version returns the API version that answers: the one asked for, unless an answer came from
// another one.
func (c *Client) Version() string { return cmp.Or(c.headers.answeredVersion(), c.version) }

// Time returns the time by the shop's clock.
func (c *Client) Time() time.Time { return c.headers.shopTime() }
