package sandbox_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// bench is a running sandbox with one shop and an installed app.
type bench struct {
	t      *testing.T
	server *sandboxtest.Server
	shop   *sandboxtest.Shop
	token  string
}

func newBench(t *testing.T, shop *sandboxtest.Shop, change ...func(*sandboxtest.Options)) *bench {
	t.Helper()
	options := sandboxtest.Options{Shops: []*sandboxtest.Shop{shop}, BucketSize: 1e6, RestoreRate: 1e6}
	for _, c := range change {
		c(&options)
	}
	server, err := sandboxtest.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	server.Install(shop.Domain())
	return &bench{t, server, shop, server.AccessToken(shop.Domain())}
}

// send makes a request to the shop's host through the sandbox's address.
func (b *bench) send(method, path, body string, header ...string) (*http.Response, string) {
	b.t.Helper()
	r, err := http.NewRequest(method, b.server.URL()+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Host = b.shop.Domain()
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return b.do(r)
}

func (b *bench) do(r *http.Request) (*http.Response, string) {
	b.t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return response, string(text)
}

type costReport struct {
	Requested float64  `json:"requestedQueryCost"`
	Actual    *float64 `json:"actualQueryCost"`
	Throttle  struct {
		Maximum   float64 `json:"maximumAvailable"`
		Available float64 `json:"currentlyAvailable"`
		Restore   float64 `json:"restoreRate"`
	} `json:"throttleStatus"`
}

type answerBody struct {
	Data       map[string]any
	Errors     []graph.Failure
	Extensions struct {
		Cost   costReport
		Search []graph.SearchReport
	}
	raw string
}

func (b *bench) ask(query string, variables map[string]any) answerBody {
	b.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		b.t.Fatal(err)
	}
	response, text := b.send("POST", "/admin/api/2026-10/graphql.json", string(body),
		"X-Shopify-Access-Token", b.token, "Content-Type", "application/json")
	if response.StatusCode != http.StatusOK {
		b.t.Fatalf("status %d: %s", response.StatusCode, text)
	}
	answer := answerBody{raw: text}
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	if err := decoder.Decode(&answer); err != nil {
		b.t.Fatalf("%v in %s", err, text)
	}
	return answer
}

// must is ask for queries that may not fail.
func (b *bench) must(query string, variables map[string]any) answerBody {
	b.t.Helper()
	answer := b.ask(query, variables)
	if len(answer.Errors) > 0 || len(answer.Extensions.Search) > 0 {
		b.t.Fatalf("the sandbox refused: %.2000s", answer.raw)
	}
	return answer
}

// at walks into decoded JSON: a string is a key, a number an index.
func at(value any, path ...any) any {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, _ := value.(map[string]any)
			value = m[s]
		case int:
			l, _ := value.([]any)
			if s >= len(l) {
				return nil
			}
			value = l[s]
		}
	}
	return value
}

func list(value any, path ...any) []any {
	l, _ := at(value, path...).([]any)
	return l
}

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)} }

func form(pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values.Encode()
}

func TestStartRefusesOtherAddresses(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.168.1.1:0", "example.com:80", "localhost:0", "nonsense"} {
		if server, err := sandboxtest.Start(sandboxtest.Options{Addr: addr}); err == nil {
			server.Close()
			t.Errorf("started at %s", addr)
		}
	}
}

func TestUnknownHostIsNotFound(t *testing.T) {
	b := newBench(t, sandboxtest.NewShop("one.myshopify.com", "One", "EUR"))
	r, _ := http.NewRequest("POST", b.server.URL()+"/admin/api/2026-10/graphql.json", strings.NewReader("{}"))
	r.Host = "two.myshopify.com"
	if response, text := b.do(r); response.StatusCode != 404 || !strings.Contains(text, `"errors":"Not Found"`) {
		t.Errorf("got %d %s", response.StatusCode, text)
	}
}

func TestShopStates(t *testing.T) {
	b := newBench(t, sandboxtest.NewShop("one.myshopify.com", "One", "EUR"))
	query := `{"query":"{ shop { id } }"}`
	ask := func() int {
		response, _ := b.send("POST", "/admin/api/2026-10/graphql.json", query, "X-Shopify-Access-Token", b.token)
		return response.StatusCode
	}
	for status, set := range map[int]func(bool){402: b.shop.Freeze, 423: b.shop.Lock, 404: b.shop.Close, 403: b.shop.Forbid} {
		set(true)
		if got := ask(); got != status {
			t.Errorf("got %d, want %d", got, status)
		}
		set(false)
		if got := ask(); got != 200 {
			t.Errorf("got %d after %d ended", got, status)
		}
	}
}

func TestVersionsFallForward(t *testing.T) {
	b := newBench(t, sandboxtest.NewShop("one.myshopify.com", "One", "EUR"))
	for asked, answers := range map[string]string{"2026-10": "2026-10", "2026-04": "2026-04", "2024-01": "2026-01", "unstable": "unstable"} {
		response, _ := b.send("POST", "/admin/api/"+asked+"/graphql.json", `{"query":"{ shop { id } }"}`, "X-Shopify-Access-Token", b.token)
		if got := response.Header.Get("X-Shopify-API-Version"); got != answers {
			t.Errorf("%s was answered by %s", asked, got)
		}
	}
}

func TestRequestsAreRecordedWithoutSecrets(t *testing.T) {
	b := newBench(t, sandboxtest.NewShop("one.myshopify.com", "One", "EUR"))
	b.must(`query Hello { shop { id } }`, nil)
	b.send("POST", "/admin/api/2026-10/graphql.json", `{"query":"{ shop { id } }"}`, "X-Shopify-Access-Token", "shpat_wrong")
	got := b.server.Requests()
	want := []sandboxtest.Request{
		{"POST", "one.myshopify.com", "/admin/api/2026-10/graphql.json", "Hello", "permanent", 200},
		{"POST", "one.myshopify.com", "/admin/api/2026-10/graphql.json", "", "unknown", 401},
	}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %+v", got)
	}
}
