package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
	"github.com/eshopos/eshopctl/testdata/faults"
)

const (
	shopName   = answers.Domain
	firstToken = answers.Token
	goodBody   = faults.GoodBody
)

// testShop is a shop and its client, which does not really wait.
type testShop struct {
	*Client
	*answers.Shop
	tokens *answers.Tokens
}

func newTestShop(t *testing.T, list ...http.HandlerFunc) *testShop {
	s := &testShop{Shop: answers.Serve(t, list...), tokens: &answers.Tokens{Current: firstToken}}
	site, err := site.New(s.URL, site.Way{})
	if err != nil {
		t.Fatal(err)
	}
	s.Client = New(site, shopName, "2026-10", s.tokens, Pauses{Sleep: s.Sleep})
	return s
}

func (s *testShop) askShop() error {
	var data struct {
		Shop                   struct{ ID string }
		CurrentAppInstallation any
	}
	err := s.Ask(context.Background(), queries.Shop, nil, &data)
	if err == nil && data.Shop.ID == "" {
		return errors.New("no error and no data")
	}
	return err
}

// Short names for the answers of shops.
var (
	status, reply, problem, withHeader = faults.Status, faults.Reply, faults.Problem, faults.WithHeader
	cut, chunkedCut                    = faults.Cut, faults.ChunkedCut
)

// hazard N4 hazard N11
func TestFaultsAreClassed(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		code   connector.Code
		reason connector.Reason
		says   string
		asked  int
	}{
		{"wrong token", status(401, `{"errors":"[API] Invalid API key"}`), connector.TokenWasRefused,
			connector.TokenRejected, "no other token", 1},
		{"frozen", status(402, `{"errors":"Unavailable Shop"}`), connector.ShopUnavailable,
			connector.ShopIsUnavailable, "Unavailable Shop", 1},
		{"frozen, as a list", status(402, problem("PAYMENT_REQUIRED", "Unavailable")),
			connector.ShopUnavailable, connector.ShopIsUnavailable, "Unavailable", 1},
		{"frozen, with 200", reply(problem("PAYMENT_REQUIRED", "Unavailable")),
			connector.ShopUnavailable, connector.ShopIsUnavailable, "frozen", 1},
		{"refused", status(403, `{"errors":"[API] This app's IP address\u001b[31m is not in the allowlist"}`),
			connector.ShopUnavailable, connector.Refused, "[API] This app's IP address [31m is not", 1},
		{"old token", status(403, `{"errors":"[API] Non-expiring access tokens are no longer accepted for the Admin API."}`),
			connector.ShopUnavailable, connector.Refused, "Non-expiring", 1},
		{"gone", status(404, `{"errors":"Not Found"}`), connector.ShopUnavailable, connector.ShopIsUnavailable, "unknown", 1},
		{"locked", status(423, ``), connector.ShopUnavailable, connector.ShopIsUnavailable, "locked", 1},
		{"security", status(430, `<html>`), connector.ProviderFault, "", "430", 1},
		{"plan", status(501, ``), connector.ProviderFault, "", "501", 1},
		{"outage", status(503, `<html>busy</html>`), connector.ProviderFault, "", "503", 3},
		{"edge", status(520, `<html>`), connector.ProviderFault, "", "520", 3},
		{"gateway", status(504, `<html>`), connector.ProviderFault, "", "504", 3},
		{"too many", withHeader("Retry-After", "0.1", status(429, `{"errors":"Exceeded 2 calls per second"}`)),
			connector.Throttled, "", "Exceeded", 20},
		{"throttled", reply(problem("THROTTLED", "Throttled")), connector.Throttled, "", "budget", 20},
		{"web page", reply("\n<!doctype html><title>Log in</title>"), connector.ProviderFault,
			"", `not Shopify (status 200, text/html, "Log in")`, 3},
		{"proxy refuses", status(403, "<html><head><title>Access Denied</title></head><body>id=4711</body></html>"),
			connector.ProviderFault, "", `not Shopify (status 403, text/html, "Access Denied")`, 3},
		{"proxy wants a login", status(401, "<p>Please log in at https://proxy.example/?session=abc</p>"),
			connector.ProviderFault, "", `"Please log in at …"`, 3},
		{"proxy finds nothing", status(404, "no such page"), connector.ProviderFault, "", "not Shopify (status 404", 3},
		{"proxy speaks JSON", status(403, `{"message":"blocked"}`), connector.ProviderFault, "", "not Shopify (status 403", 3},
		{"nobody says why", status(403, ""), connector.ProviderFault, "", "not Shopify (status 403", 3},
		{"nothing", reply(""), connector.ProviderFault, "", "not Shopify", 3},
		{"not JSON", reply(`{"data":nonsense}`), connector.ProviderFault, "", "not valid", 3},
		{"no data", reply(`{"data":null}`), connector.ProviderFault, "", "no data", 3},
		{"wrong shape", reply(`{"data":{"shop":[]}}`), connector.ProviderFault, "",
			`EshopShop does not fit Shopify's schema: shop is []`, 3},
		{"cut", cut(false), connector.Network, "", "unexpected EOF", 3},
		{"reset", cut(true), connector.Network, "", "could not be reached", 3},
		{"chunks cut", chunkedCut, connector.Network, "", "unexpected EOF", 3},
		{"cut without notice", reply(goodBody[:60]), connector.Network, "", "ended too early", 3},
		{"text for errors", reply(`{"errors":"Something is odd"}`), connector.ProviderFault, "", "Something is odd", 1},
		{"object for errors", reply(`{"errors":{"base":["odd"]}}`), connector.ProviderFault, "", "base", 1},
		{"errors beside data", reply(goodBody[:len(goodBody)-1] + `,"errors":[{"message":"Something went wrong","path":["shop",0],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}`), connector.ProviderFault, "", "Something went wrong", 6},
		{"internal", reply(`{"errors":[{"message":"Internal error. Looks like something went wrong on our end.\nRequest ID: 7"}]}`),
			connector.ProviderFault, "", "Request ID: 7", 6},
		{"no such field", reply(problem("undefinedField", "Field 'x' doesn't exist")),
			connector.ProviderFault, "", "EshopShop: Field 'x'", 1},
		{"scope", reply(`{"errors":[{"message":"Something went wrong","extensions":{"code":"INTERNAL_SERVER_ERROR"}},{"message":"Access denied for shop field.","extensions":{"code":"ACCESS_DENIED","requiredAccess":"` + "`read_x`" + ` access scope."},"path":["shop"]}],"data":null}`), connector.ScopeMissing, connector.ScopeIsMissing, "`read_x` access scope", 1},
		{"approval", reply(problem("ACCESS_DENIED", "This app is not approved to access the Customer object.")),
			connector.ScopeMissing, connector.ScopeIsMissing, "Customer object", 1},
		{"filter", reply(goodBody[:len(goodBody)-1] + `,"extensions":{"search":[{"path":["shop"],"query":"x:1","warnings":[{"field":"x","message":"Invalid search field","code":"invalid_field"}]}]}}`), connector.ProviderFault, "", "filter x", 1},
		{"old version", withHeader("X-Shopify-API-Version", "2026-04", reply(goodBody)), connector.IncompleteRead, "", "2026-04", 1},
		{"long", status(403, `{"errors":"`+strings.Repeat("long ", 500)+`"}`), connector.ShopUnavailable, connector.Refused, "…", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			shop := newTestShop(t, c.answer)
			err := shop.askShop()
			var fault *connector.Fault
			if !errors.As(err, &fault) {
				t.Fatalf("got %v, want a fault", err)
			}
			if fault.Code != c.code || reasonOf(err) != c.reason || !strings.Contains(fault.Message, c.says) {
				t.Errorf("got %s, %q: %s", fault.Code, reasonOf(err), fault.Message)
			}
			if c.code != connector.TokenWasRefused && len(fault.Next) == 0 ||
				len(fault.Message) > 300 || strings.ContainsAny(fault.Message, "\x1b\n") {
				t.Errorf("not fit to be shown: %q, hint %q", fault.Message, fault.Next.String())
			}
			if shop.Requests != c.asked {
				t.Errorf("asked %d times, want %d", shop.Requests, c.asked)
			}
		})
	}
}

func TestPassingFaultsPass(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"500": status(500, "<html>"), "502": status(502, ""), "503": status(503, ""), "504": status(504, ""),
		"520": status(520, ""), "530": status(530, ""), "429": status(429, ""), "cut": cut(false), "reset": cut(true),
		"chunks": chunkedCut, "garbled": reply(`{"da`), "page": reply("<html>"), "throttled": reply(problem("THROTTLED", "Throttled")),
		"internal": reply(problem("INTERNAL_SERVER_ERROR", "Internal error")),
	} {
		t.Run(name, func(t *testing.T) {
			shop := newTestShop(t, answer, answer, reply(goodBody))
			if err := shop.askShop(); err != nil || shop.Requests != 3 || len(shop.Waits) != 2 {
				t.Errorf("%v after %d requests and waits of %v", err, shop.Requests, shop.Waits)
			}
		})
	}
}

func TestEachKindOfFaultHasItsOwnPatience(t *testing.T) {
	var answers []http.HandlerFunc
	for range 10 {
		answers = append(answers, reply(problem("THROTTLED", "Throttled")))
	}
	shop := newTestShop(t, append(answers, status(500, ""), status(504, ""), cut(false), reply(goodBody))...)
	if err := shop.askShop(); err != nil {
		t.Errorf("gave up: %v", err)
	}
}

// hazard N5
func TestRetryAfterIsHonoured(t *testing.T) {
	date := time.Now().Add(20 * time.Second).UTC().Format(http.TimeFormat)
	for wish, want := range map[string][2]time.Duration{
		"2.5": {2500 * time.Millisecond, 2500 * time.Millisecond}, "3": {3 * time.Second, 3 * time.Second},
		date:   {15 * time.Second, 20 * time.Second},
		"soon": {time.Second / 4, time.Second / 2}, "": {time.Second / 4, time.Second / 2}, "-1": {time.Second / 4, time.Second / 2},
		"NaN": {time.Second / 4, time.Second / 2},
	} {
		shop := newTestShop(t, withHeader("Retry-After", wish, status(429, "")), reply(goodBody))
		if err := shop.askShop(); err != nil || shop.Waits[0] < want[0] || shop.Waits[0] > want[1] {
			t.Errorf("%q: waited %v, %v", wish, shop.Waits, err)
		}
	}
}

const invalidToken = `{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}`

// hazard N8
func TestTokenIsRenewedOnce(t *testing.T) {
	var sent []string
	check := func(w http.ResponseWriter, r *http.Request) {
		sent = append(sent, r.Header.Get(site.TokenHeader))
		if sent[len(sent)-1] != "shpat_second" {
			status(401, invalidToken)(w, r)
			return
		}
		io.WriteString(w, goodBody)
	}
	shop := newTestShop(t, check)
	shop.tokens.Next = "shpat_second"
	if err := shop.askShop(); err != nil || len(sent) != 2 || sent[0] != firstToken {
		t.Errorf("%v after %v", err, sent)
	}
	always := newTestShop(t, status(401, invalidToken))
	always.tokens.Next = "shpat_second"
	if err := always.askShop(); reasonOf(err) != connector.TokenRejected || always.Requests != 2 || always.tokens.Refusals != 2 {
		t.Errorf("%v after %d requests and %d renewals", err, always.Requests, always.tokens.Refusals)
	}
}

// hazard S2
func TestTokenIsNeverRepeated(t *testing.T) {
	for _, answer := range []http.HandlerFunc{
		status(403, `{"errors":"bad `+firstToken+`"}`), status(500, `{"errors":"bad `+firstToken+`"}`),
		reply(`{"errors":[{"message":"bad ` + firstToken + `"}]}`), cut(true),
	} {
		shop := newTestShop(t, answer)
		if err := shop.askShop(); err == nil || strings.Contains(fmt.Sprintf("%v %+v", err, err), firstToken) {
			t.Errorf("the token shows: %v", err)
		}
	}
}

// hazard H5
func TestRedirectsAreNotFollowed(t *testing.T) {
	followed := 0
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed++ }))
	defer elsewhere.Close()
	for _, code := range []int{301, 302, 303, 307, 308} {
		shop := newTestShop(t, withHeader("Location", elsewhere.URL+"/?secret=1", status(code, "")))
		err := shop.askShop()
		var fault *connector.Fault
		if !errors.As(err, &fault) || fault.Code != connector.ProviderFault || !strings.Contains(fault.Message, "127.0.0.1") ||
			strings.Contains(fault.Message, "secret") || shop.Requests != 1 {
			t.Errorf("%d: %v", code, err)
		}
	}
	if followed != 0 {
		t.Errorf("%d redirects were followed", followed)
	}
}

func TestRequestIsWhatShopifyWants(t *testing.T) {
	shop := newTestShop(t, func(w http.ResponseWriter, r *http.Request) {
		var question struct {
			Query, OperationName string
			Variables            map[string]any
		}
		if err := json.NewDecoder(r.Body).Decode(&question); err != nil {
			t.Error(err)
		}
		if r.Method != "POST" || r.Host != shopName || r.URL.Path != "/admin/api/2026-10/graphql.json" ||
			r.Header.Get(site.TokenHeader) != firstToken || r.Header.Get("Content-Type") != "application/json" ||
			question.OperationName != "EshopShop" || question.Query != queries.Shop.Text() {
			t.Errorf("got %s %s%s %v %v", r.Method, r.Host, r.URL.Path, r.Header, question)
		}
		io.WriteString(w, goodBody)
	})
	if err := shop.askShop(); err != nil {
		t.Error(err)
	}
}

func TestAnswerTellsTheVersion(t *testing.T) {
	shop := newTestShop(t, withHeader("X-Shopify-API-Version", "2027-01", reply(goodBody)))
	if shop.Version() != "2026-10" {
		t.Errorf("before the first answer: %s", shop.Version())
	}
	if err := shop.askShop(); err != nil || shop.Version() != "2027-01" {
		t.Errorf("%s, %v", shop.Version(), err)
	}
}

func TestCancellingIsNotAFault(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	shop := newTestShop(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // else nobody notices that the client went away
		cancel()
		<-r.Context().Done()
	})
	var data any
	if err := shop.Ask(ctx, queries.Shop, nil, &data); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

// hazard N17
func TestNoNetwork(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	site, _ := site.New("http://"+address, site.Way{})
	var waited []time.Duration
	client := New(site, shopName, "2026-10", &answers.Tokens{Current: firstToken}, Pauses{
		Told: func(d time.Duration) { waited = append(waited, d) }, Sleep: func(context.Context, time.Duration) error { return nil },
	})
	var fault *connector.Fault
	if _, err := client.Shop(context.Background()); !errors.As(err, &fault) || fault.Code != connector.Network || len(waited) != 2 {
		t.Errorf("%v after waits of %v", err, waited)
	}
}

func TestAnswersThatAreTooLargeAreTooMuch(t *testing.T) {
	shop := newTestShop(t, reply(strings.Repeat(" ", 3<<20)))
	shop.maxAnswer = 2 << 20
	if err := shop.askShop(); !errors.Is(err, ErrTooMuch) || shop.Requests != 1 {
		t.Errorf("asked %d times: %v", shop.Requests, err)
	}
}
