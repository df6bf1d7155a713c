package cmd

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// firstAnswer is a client that follows no redirect.
var firstAnswer = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// approved is the query with which the shop calls back after the merchant's
// approval; nothing has called back yet.
func approved(start string) (callback *url.URL, err error) {
	address := start
	for range 2 { // from this machine to the shop, and from there back
		response, err := firstAnswer.Get(address)
		if err != nil {
			return nil, err
		}
		response.Body.Close()
		address = response.Header.Get("Location")
	}
	return url.Parse(address)
}

// callsBack is a browser whose callback says something else than it should.
// Nil means that it says nothing.
func (d *counter) callsBack(change func(query url.Values)) func(string) error {
	return func(start string) error {
		callback, err := approved(start)
		if err != nil || change == nil {
			return err
		}
		query := callback.Query()
		change(query)
		callback.RawQuery = query.Encode()
		return visit(callback.String())
	}
}

// signed is callsBack with a signature that fits what is said.
func (d *counter) signed(change func(query url.Values)) func(string) error {
	return d.callsBack(func(query url.Values) {
		change(query)
		query.Set("hmac", sandboxtest.SignCallback(d.settings["ESHOPCTL_SHOPIFY_CLIENT_SECRET"], query))
	})
}

// answersTokens has the token endpoint answer with this.
func (d *counter) answersTokens(status int, body string) {
	d.intercept = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if !strings.HasSuffix(r.URL.Path, "/access_token") {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// failure is a way in which connecting fails.
type failure struct {
	name, reason, flags string
	provoke             func(d *counter)
	says                []string
}

// failing is a failure of a store that was connected before, or not.
type failing struct {
	failure
	before string // "fresh" or "live"
}

// Every way in which connecting fails has its own reason, and harms nothing that
// worked before.
//
// hazard O5, O22, O24, O29
func TestEveryFailure(t *testing.T) {
	const other = "other.myshopify.com"
	failures := []failure{
		{"denied", "authorization_denied", "", func(d *counter) { d.server.DenyNext(teaShop) }, []string{"not approved"}},
		{"denied in another way", "exchange_failed", "", func(d *counter) {
			d.browser = d.signed(func(q url.Values) { q.Del("code"); q.Set("error", "server_error") })
		}, []string{"server_error"}},
		{"wrong secret", "invalid_client", "", func(d *counter) { d.answersTokens(401, `{"error":"invalid_client"}`) },
			[]string{"client secret is wrong", "ESHOPCTL_SHOPIFY_CLIENT_SECRET"}},
		{"wrong client id", "invalid_client", "", func(d *counter) { d.answersTokens(400, `{"error":"application_cannot_be_found"}`) },
			[]string{"client id"}},
		{"stale", "state_expired", "--timeout 1s", func(d *counter) {
			d.browser = d.signed(func(q url.Values) { q.Set("timestamp", strconv.FormatInt(time.Now().Unix()-301, 10)) })
		}, []string{"clock", "still waiting"}},
		{"state of another attempt", "state_mismatch", "--timeout 1s", func(d *counter) {
			d.browser = d.signed(func(q url.Values) { q.Set("state", "AAAAAAAAAAAAAAAAAAAAAAAAAA") })
		}, []string{"another attempt", "still waiting"}},
		{"no state", "state_mismatch", "--timeout 1s", func(d *counter) { d.browser = d.signed(func(q url.Values) { q.Del("state") }) }, nil},
		{"forged", "bad_signature", "--timeout 1s", func(d *counter) {
			d.browser = d.callsBack(func(q url.Values) { q.Set("code", "c0de") })
		}, []string{"a callback came whose signature does not fit: is the client secret right? still waiting"}},
		{"not signed", "bad_signature", "--timeout 1s", func(d *counter) { d.browser = d.callsBack(func(q url.Values) { q.Del("hmac") }) }, nil},
		{"short signature", "bad_signature", "--timeout 1s", func(d *counter) {
			d.browser = d.callsBack(func(q url.Values) { q.Set("hmac", q.Get("hmac")[:62]) })
		}, nil},
		{"repeated parameter", "bad_signature", "--timeout 1s", func(d *counter) {
			d.browser = d.callsBack(func(q url.Values) { q.Add("code", q.Get("code")) })
		}, []string{"twice"}},
		{"the last one counts", "state_expired", "--timeout 1s", func(d *counter) {
			d.browser = func(start string) error {
				callback, err := approved(start)
				if err != nil {
					return err
				}
				query := callback.Query()
				query.Set("state", "x")
				err = visit(d.settings["ESHOPCTL_SHOPIFY_CALLBACK_URL"] + "?" + query.Encode())
				query = callback.Query()
				query.Set("timestamp", "1337178173")
				query.Set("hmac", sandboxtest.SignCallback(d.settings["ESHOPCTL_SHOPIFY_CLIENT_SECRET"], query))
				return errors.Join(err, visit(d.settings["ESHOPCTL_SHOPIFY_CALLBACK_URL"]+"?"+query.Encode()))
			}
		}, nil},
		{"wrong shop", "wrong_shop", "", func(d *counter) { d.browser = d.signed(func(q url.Values) { q.Set("shop", other) }) },
			[]string{teaShop, other, "next: eshopctl connect shopify --store main --shop " + other}},
		{"no shop", "wrong_shop", "", func(d *counter) { d.browser = d.signed(func(q url.Values) { q.Set("shop", "evil.com") }) },
			[]string{teaShop, "--shop " + teaShop}},
		{"no code", "exchange_failed", "", func(d *counter) { d.browser = d.signed(func(q url.Values) { q.Del("code") }) }, []string{"without a code"}},
		{"code used", "exchange_failed", "", func(d *counter) {
			d.browser = d.signed(func(q url.Values) { q.Set("code", "0907a61c0c8d55e99db179b68161bc00") })
		},
			[]string{"already used"}},
		{"token endpoint out of order", "exchange_failed", "", func(d *counter) { d.answersTokens(503, "") }, []string{"503"}},
		{"half a pair", "exchange_failed", "", func(d *counter) { d.answersTokens(200, `{"access_token":"t","expires_in":3600}`) }, []string{"incomplete"}},
		{"frozen meanwhile", "exchange_failed", "", func(d *counter) {
			d.intercept = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
				if strings.HasSuffix(r.URL.Path, "/graphql.json") {
					w.WriteHeader(402)
					return
				}
				next.ServeHTTP(w, r)
			}
		}, []string{"frozen"}},
		{"organisations", "shop_not_permitted", "--auth client-credentials", func(d *counter) {
			d.answersTokens(400, `{"error":"shop_not_permitted","error_description":"Client credentials cannot be performed on this shop."}`)
		}, []string{"organisations", "--auth browser"}},
		{"not installed", "app_not_installed", "--auth client-credentials", func(d *counter) { d.answersTokens(400, `{"error":"app_not_installed"}`) },
			[]string{"not installed"}},
		{"admin token refused", "exchange_failed", "--auth token", func(d *counter) { d.stdin = "shpat_of-nobody\n" }, []string{"does not accept the token"}},
		{"silence", "timeout", "--timeout 200ms", func(d *counter) { d.browser = d.callsBack(nil) }, []string{"not approved", "Cancel", "client id", "redirect URLs"}},
	}
	var all []failing
	for i, test := range failures {
		befores := []string{"fresh", "live"}
		all = append(all, failing{test, befores[i%2]}, failing{test, befores[1-i%2]})
	}
	for _, s := range campaign.Some(t, "failures", all, len(failures), len(all)) {
		t.Run(s.name+"/"+s.before, s.play)
	}
}

func (s failing) play(t *testing.T) {
	t.Parallel()
	d := newCounter(t)
	if s.before == "live" {
		d.expect(exit.Done, connectTea)
	}
	browser, answers, stdin := d.browser, d.intercept, d.stdin
	s.provoke(d)
	told := d.expect(exit.Connect, connectTea+" "+s.flags, slices.Concat(s.says, []string{"next: "})...)
	d.browser, d.intercept, d.stdin = browser, answers, stdin
	card := d.card("main", "")
	if last := card["last_attempt"].(map[string]any); last["reason"] != s.reason || last["reason_text"] == "" {
		t.Errorf("the attempt is on record as %v", last)
	}
	if s.before == "fresh" {
		d.standing("main", "failed", s.reason, "red")
		next := card["suggestions"].([]any)[0].(map[string]any)["command"].(string)
		if s.reason != "wrong_shop" && !strings.Contains(told.stderr, ": "+next) {
			t.Errorf("the card says %q, the attempt said %s", next, told.stderr)
		}
		d.expect(exit.Failed, "doctor --store main", next)
		d.expect(exit.Connect, "import preview --store main", "connect shopify --store main")
	} else {
		d.standing("main", "live", "", "yellow")
		d.expect(exit.Done, "status --store main", "the last attempt to connect failed")
		d.server.ExpireTokens(teaShop) // an hour later
		d.expect(exit.Done, "status --store main --probe")
		d.standing("main", "live", "", "green")
	}
	d.expect(exit.Done, connectTea)
	d.standing("main", "live", "", "green")
}
