package shopify

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// account is the way to a sandbox without a network, in a time of its own; it
// adds up what the answers cost.
type account struct {
	handler http.Handler
	latency time.Duration

	mu      sync.Mutex
	spent   float64
	refused int
}

func (a *account) RoundTrip(r *http.Request) (*http.Response, error) {
	time.Sleep(a.latency / 2)
	asked := r.Clone(r.Context())
	asked.Host, asked.RequestURI = r.URL.Host, r.URL.RequestURI()
	answer := httptest.NewRecorder()
	a.handler.ServeHTTP(answer, asked)
	var cost struct {
		Errors     []any
		Extensions struct {
			Cost struct{ ActualQueryCost float64 }
		}
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &cost); err != nil {
		return nil, err
	}
	a.mu.Lock()
	a.spent += cost.Extensions.Cost.ActualQueryCost
	a.refused += len(cost.Errors)
	a.mu.Unlock()
	time.Sleep(a.latency / 2)
	return &http.Response{StatusCode: answer.Code, Header: answer.Header(),
		Body: io.NopCloser(bytes.NewReader(answer.Body.Bytes())), Request: r}, nil
}

// A shop is read by pages as fast as its budget allows, and no faster.
func TestPagesUseTheWholeBudget(t *testing.T) {
	shop := sandboxtest.Generate(1500)
	paces := []struct {
		bucket, rate float64
		latency      time.Duration
	}{{2000, 100, 300 * time.Millisecond}, {2000, 100, 10 * time.Millisecond}, {2000, 200, 200 * time.Millisecond}}
	for _, c := range campaign.Some(t, "paces", paces, 1, len(paces)) {
		began := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // of the time in a bubble
		clock, way := func() time.Time { return began }, &account{latency: c.latency}
		server, err := sandboxtest.Start(sandboxtest.Options{
			Shops: []*sandboxtest.Shop{shop}, BucketSize: c.bucket, RestoreRate: c.rate, Clock: func() time.Time { return clock() },
			Wrap: func(next http.Handler) http.Handler { way.handler = next; return next },
		})
		if err != nil {
			t.Fatal(err)
		}
		server.Install(shop.Domain())
		token := server.AccessToken(shop.Domain())
		synctest.Test(t, func(t *testing.T) {
			clock = time.Now
			site, _ := site.New("", site.Way{Transport: way})
			client := client.New(site, shop.Domain(), "2026-10", &answers.Tokens{Current: token}, client.Pauses{})
			intake := newRecorder(t)
			if _, err := NewSource(client, Options{Reader: importer.ReaderPaged}).Read(t.Context(),
				connector.Resources(), intake); err != nil {
				t.Fatal(err)
			}
			took := time.Since(began)
			earned := c.bucket + c.rate*took.Seconds()
			if used := way.spent / earned; used < 0.95 || way.refused > 0 {
				t.Errorf("%+v: %.1f %% of %.0f points were used in %v, %d requests were refused", c, used*100, earned, took, way.refused)
			}
		})
		server.Close()
	}
}
