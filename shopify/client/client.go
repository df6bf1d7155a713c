package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/site"
)

const (
	maxAnswer   = 128 << 20 // bytes; a page whose answer is larger is asked for in halves
	mostLeftOut = 40        // attempts for which a field was left out
	firstPause  = 500 * time.Millisecond
	longestWait = 30 * time.Second
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
	waiting     func(time.Duration)
	sleep       func(context.Context, time.Duration) error
	maxAnswer   int64
	budget      *budget
	lacking     *queries.Lacking

	mu       sync.Mutex
	answered string        // the API version that answered, "" before
	ahead    time.Duration // of the shop's clock before ours
}

// Pauses are what a client does between two requests. Either may be nil; several requests
// may call them at a time.
type Pauses struct {
	Told  func(time.Duration)                        // hears before each pause how long it will be
	Sleep func(context.Context, time.Duration) error // waits; connector.Sleep if nil
}

// New returns a client for the shop with that permanent domain, such as
// a.myshopify.com, asking for an API version such as 2026-10.
func New(site *site.Site, domain, apiVersion string, credentials connector.Credentials, pauses Pauses) *Client {
	c := &Client{
		site: site, http: site.Client(domain), files: site.FileClient(), domain: domain, version: apiVersion, credentials: credentials,
		waiting: pauses.Told, sleep: pauses.Sleep, maxAnswer: maxAnswer, lacking: &queries.Lacking{},
	}
	if c.sleep == nil {
		c.sleep = connector.Sleep
	}
	c.budget = newBudget(c.waitForPoints)
	return c
}

// Domain is the permanent domain of the shop.
func (c *Client) Domain() string { return c.domain }

// Asked is the API version that is asked for.
func (c *Client) Asked() string { return c.version }

// Lacking are the fields that the version turned out to lack.
func (c *Client) Lacking() *queries.Lacking { return c.lacking }

// Points is the budget as far as it is known.
func (c *Client) Points() Points { return c.budget.now() }

// Price is what a document is charged with these variables: what the shop named last, or
// the most it can be.
func (c *Client) Price(d queries.Document, variables map[string]any) float64 {
	return c.budget.price(d, variables)
}

// Spare reports whether points are left over for one more request at a time of that price.
func (c *Client) Spare(price float64) bool { return c.budget.spare(price) }

// Version returns the API version that answers: the one asked for, unless some
// answer came from another.
func (c *Client) Version() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.answered == "" {
		return c.version
	}
	return c.answered
}

func (c *Client) reached() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.answered != ""
}

// Ask sends a document and decodes the data of the answer into data. All trying
// again is done here.
func (c *Client) Ask(ctx context.Context, d queries.Document, variables map[string]any, data any) error {
	token, err := c.credentials.Token(ctx)
	failed := map[remedy]int{}
	for err == nil {
		var f *failure
		if err = c.attempt(ctx, token, d, variables, data); errors.Is(err, errLeftOut) && d != queries.BulkRun && failed[final] < mostLeftOut {
			failed[final]++
			err = nil
			continue
		}
		if !errors.As(err, &f) {
			c.site.Patience().Moved()
			return err
		}
		failed[f.remedy]++
		if failed[f.remedy] >= c.tries(d, f.remedy) {
			return f.last()
		}
		token, err = c.mend(ctx, f, failed[f.remedy], token)
	}
	return err
}

// tries is fewer before the shop has answered anything: then somebody waits at
// a terminal, and the network is more likely to be missing than to be shaky. A
// start whose answer was lost may have happened: whoever asked must look first.
func (c *Client) tries(d queries.Document, r remedy) int {
	switch {
	case d == queries.BulkRun && (r == shaky || r == odd):
		return 1
	case r == shaky && !c.reached():
		return 3
	}
	return r.tries()
}

// mend does what must be done between two attempts.
func (c *Client) mend(ctx context.Context, f *failure, failed int, token connector.Secret) (connector.Secret, error) {
	if f.remedy == tokenGone {
		return c.credentials.Refused(ctx, token)
	}
	wait := f.wait
	if wait == 0 {
		wait = backoff(failed)
	}
	if err := c.waitAfter(ctx, f, c.waitsFor(f), wait); err != nil {
		return token, err
	}
	return c.credentials.Token(ctx)
}

// waitAfter pauses before another attempt, if anybody has the patience for that.
func (c *Client) waitAfter(ctx context.Context, f *failure, what string, wait time.Duration) error {
	if !c.site.Patience().Allows(what, wait) {
		return c.site.Patience().TooLong(f.last(), f.wait)
	}
	return c.pause(ctx, wait)
}

// waitAfterError is waitAfter for what may help though the error does not say so.
func (c *Client) waitAfterError(ctx context.Context, err error, wait time.Duration) error {
	f := &failure{fault: &connector.Fault{Code: connector.ProviderFault, Next: tryLater, Message: decode.Quoted(err.Error()), Err: err}}
	if fault := (*connector.Fault)(nil); errors.As(err, &fault) {
		f.fault = fault
	}
	return c.waitAfter(ctx, f, anotherTry(f), wait)
}

// waitForPoints pauses until the shop can pay for a request.
func (c *Client) waitForPoints(ctx context.Context, wait time.Duration) error {
	poor := &failure{wait: wait, fault: &connector.Fault{Code: connector.Throttled, Next: busyApp,
		Message: c.domain + " has no points left that requests are paid with"}}
	return c.waitAfter(ctx, poor, c.domain+", until it has points for more requests", wait)
}

// waitsFor names what is waited for between two attempts.
func (c *Client) waitsFor(f *failure) string {
	if f.remedy == throttled {
		return c.domain + ", which asks for fewer requests"
	}
	return anotherTry(f)
}

func anotherTry(f *failure) string { return "another try: " + f.fault.Message }

// backoff doubles from firstPause to longestWait, and is then drawn from its
// upper half so that many clients do not come back at once.
func backoff(failed int) time.Duration {
	pause := min(firstPause<<min(failed-1, 10), longestWait)
	return pause/2 + rand.N(pause/2)
}

func (c *Client) pause(ctx context.Context, wait time.Duration) error {
	if c.waiting != nil {
		c.waiting(wait)
	}
	return c.sleep(ctx, wait)
}

// attempt sends the request once. What may be tried again is a *failure.
func (c *Client) attempt(ctx context.Context, token connector.Secret, d queries.Document, variables map[string]any, data any) error {
	text := c.lacking.Without(d.Text())
	if text == "" {
		return nil
	}
	reserved, err := c.budget.reserve(ctx, c.budget.price(d, variables))
	if err != nil {
		return err
	}
	var reply answer
	defer func() { c.budget.settle(reserved, reply.Extensions.Cost) }()
	response, body, err := c.post(ctx, token, d, text, variables)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return asFailure(c.domain, err)
	case response.StatusCode != http.StatusOK:
		return c.refused(response, body, token)
	}
	if !isJSON(body) {
		return foreign(c.domain, response.StatusCode, response.Header, veiled(body, token))
	}
	c.noteTime(response.Header.Get("Date"))
	body = decode.Textual(body)
	if err := decode.Unmarshal(body, &reply, nil); err != nil {
		return unreadable(c.domain, d, body, err)
	}
	if err := c.noteVersion(response.Header.Get("X-Shopify-API-Version")); err != nil {
		return err
	}
	return c.accept(&reply, d, variables, token, data)
}

func asFailure(domain string, err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	return unreachable(domain, err)
}

// post sends the request and reads the whole answer.
func (c *Client) post(ctx context.Context, token connector.Secret, d queries.Document, text string, variables map[string]any) (*http.Response, []byte, error) {
	question, err := json.Marshal(struct {
		Query         string         `json:"query"`
		OperationName string         `json:"operationName"`
		Variables     map[string]any `json:"variables,omitempty"`
	}{text, d.Operation(), variables})
	if err != nil {
		return nil, nil, fmt.Errorf("writing %s: %w", d, err)
	}
	address := c.site.URL(c.domain, "/admin/api/"+c.version+"/graphql.json")
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(question))
	if err != nil {
		return nil, nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	if !token.IsZero() {
		request.Header.Set(site.TokenHeader, token.Reveal())
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, c.maxAnswer+1))
	if err == nil && int64(len(body)) > c.maxAnswer {
		err = c.tooLarge(d)
	}
	return response, body, err
}

func (c *Client) tooLarge(d queries.Document) *failure {
	return &failure{fault: &connector.Fault{
		Code:    connector.ProviderFault,
		Message: fmt.Sprintf("%s answered %s with more than %d MB", c.domain, d.Operation(), c.maxAnswer>>20),
		Next:    connector.Advice("a record of the shop is too large to be read; look for an extreme description"),
		Err:     ErrTooMuch,
	}}
}

// refused words a status other than 200. A gateway's timeout means that the
// question was too big, in the end.
func (c *Client) refused(response *http.Response, body []byte, token connector.Secret) *failure {
	f := refusal(c.domain, response.StatusCode, response.Header, veiled(body, token))
	if response.StatusCode == http.StatusGatewayTimeout {
		f.fault.Err = ErrTooMuch
	}
	return f
}

// veiled hides the token in what an answer says, should it be repeated there.
func veiled(text []byte, token connector.Secret) []byte {
	if token.IsZero() {
		return text
	}
	return bytes.ReplaceAll(text, []byte(token.Reveal()), []byte("[secret]"))
}

// noteTime remembers how far the shop's clock is ahead of ours, which may be
// wrong by hours; what the shop changed is asked for by its own.
func (c *Client) noteTime(date string) {
	at, err := http.ParseTime(date)
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead = time.Until(at)
}

// Time is what time it is at the shop.
func (c *Client) Time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

// noteVersion remembers which API version answered. Shopify answers a version
// that has ended with the oldest one it still has
// (https://shopify.dev/docs/api/usage/versioning).
func (c *Client) noteVersion(version string) error {
	if version == "" {
		version = c.version
	}
	if !gid.Valid(version) { // it is stored
		return misfitting(c.domain, queries.Shop, fmt.Errorf("it was answered with API version %.20q", version)).fault
	}
	c.mu.Lock()
	if c.answered == "" || c.answered == c.version {
		c.answered = version
	}
	c.mu.Unlock()
	if version >= queries.OldestVersion {
		return nil
	}
	return &connector.Fault{
		Code:    connector.IncompleteRead,
		Message: fmt.Sprintf("%s answered with API version %.20q, which leaves collections out; %s is the oldest that does not", c.domain, version, queries.OldestVersion),
		Next:    connector.Advice("unset ESHOPCTL_SHOPIFY_API_VERSION, or look for a newer eshopctl"),
	}
}
