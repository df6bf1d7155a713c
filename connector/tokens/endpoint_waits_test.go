package tokens

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
)

// busyEndpoint asks for a pause so many times.
type busyEndpoint struct {
	fakeshop.Provider
	status, times int
	after         string
	asked         []time.Time
}

func (b *busyEndpoint) RoundTrip(*http.Request) (*http.Response, error) {
	b.asked = append(b.asked, time.Now())
	header := http.Header{"Content-Type": {"application/json"}}
	if len(b.asked) <= b.times {
		if b.after != "" {
			header.Set("Retry-After", b.after)
		}
		return &http.Response{StatusCode: b.status, Header: header, Body: io.NopCloser(strings.NewReader(`{}`))}, nil
	}
	return &http.Response{StatusCode: 200, Header: header, Body: io.NopCloser(strings.NewReader(`{"access_token":"CANARY-a","expires_in":3600}`))}, nil
}

func (b *busyEndpoint) Endpoint(domain string) connector.Endpoint {
	return connector.Endpoint{TokenURL: "https://" + domain + "/token", Client: &http.Client{Transport: b}}
}

func (b *busyEndpoint) TokenRefused(domain string, status int, _ http.Header, _ []byte) *connector.Fault {
	if status == http.StatusTooManyRequests {
		return &connector.Fault{Code: connector.Throttled, Message: domain + " asks for fewer requests", Next: connector.Advice("try again later")}
	}
	return &connector.Fault{Code: connector.ProviderFault, Message: domain + " is broken", Next: connector.Advice("try again later")}
}

// The token endpoint is asked again when it says so, for as long as patience allows.
func TestTokenEndpointIsWaitedFor(t *testing.T) {
	for name, c := range map[string]struct {
		status, times int
		after         string
		limit         time.Duration
		asked, told   int
		takes         time.Duration
		fails         string
	}{
		"a time that it names":          {status: 429, times: 2, after: "35", limit: 5 * time.Minute, asked: 3, told: 2, takes: 70 * time.Second},
		"a time named with another one": {status: 503, times: 1, after: "20", limit: 5 * time.Minute, asked: 2, told: 1, takes: 20 * time.Second},
		"more often than other faults":  {status: 429, times: 6, limit: 5 * time.Minute, asked: 7, told: 1, takes: 31500 * time.Millisecond},
		"longer than patience":          {status: 429, times: 9, after: "61", limit: time.Minute, asked: 1, fails: "come again after 1m1s"},
		"the end of patience":           {status: 429, times: 9, after: "25", limit: time.Minute, asked: 3, told: 1, takes: 50 * time.Second, fails: "come again after 25s"},
		"other faults":                  {status: 500, times: 9, limit: 5 * time.Minute, asked: 4, told: 1, takes: 3500 * time.Millisecond, fails: "broken"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shop, told, began := &busyEndpoint{status: c.status, times: c.times, after: c.after}, 0, time.Now()
				from := Issuer{Provider: shop, Domain: "tea.shop", Now: time.Now, Patience: connector.NewPatience(c.limit, func(connector.Wait) { told++ })}
				_, err := from.MintGrant(t.Context())
				fault := (*connector.Fault)(nil)
				if (err == nil) != (c.fails == "") || err != nil && (!errors.As(err, &fault) || !strings.Contains(fault.Message, c.fails)) {
					t.Errorf("the error is %v", err)
				}
				if took := time.Since(began); took != c.takes || len(shop.asked) != c.asked || told != c.told {
					t.Errorf("asked %d times in %v, told %d times", len(shop.asked), took, told)
				}
			})
		})
	}
}
