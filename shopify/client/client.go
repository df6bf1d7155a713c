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

// Client asks one shop questions over the Admin GraphQL API. It paces itself by
// the shop's budget, tries again what may pass, and gives up with a
// *connector.Fault. It is safe for concurrent use.
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
	headers     headers // of the answers
}

// maxAnswer is the size in bytes of the largest answer that is read. A page whose answer
// is larger is asked for in halves.
const maxAnswer = 128 << 20

// New returns a client for the shop with that permanent domain, such as
// a.myshopify.com, asking for an API version such as 2026-10.
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

// Domain is the permanent domain of the shop.
func (c *Client) Domain() string { return c.domain }

// AskedVersion is the API version that is asked for.
func (c *Client) AskedVersion() string { return c.version }

// Lacking are the fields that the version turned out to lack.
func (c *Client) AbsentFields() *queries.AbsentFields { return c.absent }

// SparedFields are those fields, for package decode.
func (c *Client) SparedFields() decode.FieldSet { return c.absent.Fields() }

// Points is the budget as far as it is known.
func (c *Client) Points() Points { return c.budget.pointsNow() }

// Price is what a document is charged with these variables: what the shop named last, or
// the most it can be.
func (c *Client) Price(d queries.Document, variables map[string]any) float64 {
	return c.budget.priceOf(d, variables)
}

// HasSpare reports whether points are left over for one more request at a time of that price.
func (c *Client) HasSpare(price float64) bool { return c.budget.hasSpare(price) }

// Version returns the API version that answers: the one asked for, unless some
// answer came from another.
func (c *Client) Version() string { return cmp.Or(c.headers.answeredVersion(), c.version) }

// Time is what time it is at the shop.
func (c *Client) Time() time.Time { return c.headers.shopTime() }
