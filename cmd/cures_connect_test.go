package cmd

import (
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/terminal"
)

// attempts has an attempt to connect fail.
func attempts(flags string, provoke func(d *counter)) func(d *counter) {
	return func(d *counter) {
		d.Helper()
		provoke(d)
		d.expect(exit.Connect, connectTea+" "+flags)
	}
}

// usual has browser and shop behave again: the merchant approves, in the right
// place and with the right clock and secret.
func usual(d *counter) { d.browser, d.intercept, d.stdin = visit, nil, "" }

func attemptRemedies() map[string][]remedy {
	says := func(change func(url.Values)) func(d *counter) {
		return func(d *counter) { d.browser = d.signed(change) }
	}
	tokens := func(status int, body string) func(d *counter) {
		return func(d *counter) { d.answersTokens(status, body) }
	}
	return map[string][]remedy{
		"attempt_authorization_denied": {
			{fault: attempts("", func(d *counter) { d.server.DenyNext(teaShop) })},
			{fault: then(imported, attempts("", func(d *counter) { d.server.DenyNext(teaShop) }))},
		},
		"attempt_invalid_client": {{fault: attempts("", tokens(401, `{"error":"invalid_client"}`)), person: usual}, {fault: attempts("", tokens(400, `{"error":"application_cannot_be_found"}`)), person: usual}},
		"attempt_state_expired":  {{fault: attempts("--timeout 1s", says(func(q url.Values) { q.Set("timestamp", strconv.FormatInt(time.Now().Unix()-301, 10)) })), person: usual}},
		"attempt_state_mismatch": {{fault: attempts("--timeout 1s", says(func(q url.Values) { q.Set("state", "AAAAAAAAAAAAAAAAAAAAAAAAAA") })), person: usual}},
		"attempt_wrong_shop":     {{fault: attempts("", says(func(q url.Values) { q.Set("shop", "other.myshopify.com") })), person: usual}},
		"attempt_bad_signature": {{
			fault: attempts("--timeout 1s", func(d *counter) {
				d.settings["KEPT"] = d.settings["ESHOPCTL_SHOPIFY_CLIENT_SECRET"]
				d.settings["ESHOPCTL_SHOPIFY_CLIENT_SECRET"] = "another"
			}),
			person: func(d *counter) { d.settings["ESHOPCTL_SHOPIFY_CLIENT_SECRET"] = d.settings["KEPT"] },
		}},
		"attempt_exchange_failed": {{fault: attempts("", tokens(503, "")), person: usual}, {fault: attempts("--auth token", func(d *counter) { d.stdin = "shpat_of-nobody\n" }), person: func(d *counter) { d.stdin = d.server.AccessToken(teaShop) + "\n"; d.server.Install(teaShop) }}},
		"attempt_account_changed": {{fault: then(imported, func(d *counter) { d.saying(d.shop.ID(), "gid://shopify/Shop/999") }, types(exit.Connect, connectTea)), person: usual}},
		"attempt_shop_taken": {{
			fault:  then(imported, edits(`INSERT INTO connectors (store, provider, state, reason, domain, sandbox, auth, client_id, attempt_at, attempt_reason) VALUES ('second', 'shopify', 'failed', 'shop_taken', 'tea-and-cups.myshopify.com', 1, 'browser', 'sandbox-client-id', '2026-11-30T00:00:00.000Z', 'shop_taken')`)),
			person: types(exit.Done, "disconnect shopify --store main --yes"),
		}},
		"attempt_app_not_installed":  {{fault: attempts("--auth client-credentials", tokens(400, `{"error":"app_not_installed"}`)), person: usual}},
		"attempt_shop_not_permitted": {{fault: attempts("--auth client-credentials", tokens(400, `{"error":"shop_not_permitted","error_description":"Client credentials cannot be performed on this shop."}`)), person: usual}},
		"attempt_timeout":            {{fault: attempts("--timeout 200ms", func(d *counter) { d.browser = d.callsBack(nil) }), person: usual}},
		"attempt_setup_interrupted":  {{fault: interrupted}},
		"attempt_failed":             {{fault: then(attempts("", func(d *counter) { d.server.DenyNext(teaShop) }), edits(`UPDATE connectors SET reason = 'something_new', attempt_reason = 'something_new'`))}},
	}
}

// interrupted is an attempt that somebody stops while the browser is open.
func interrupted(d *counter) {
	ctx, stop := context.WithCancel(d.Context())
	status := Run(ctx, terminal.Env{
		Args: strings.Fields(connectTea), Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard, LookupEnv: d.lookupEnv,
		OpenBrowser: func(string) error { stop(); return nil }, Now: d.now,
	})
	if status != exit.Interrupted {
		d.Fatalf("exit status %d", status)
	}
}

// answers has the shop answer so.
func answers(status int, header, body string) func(d *counter) {
	return func(d *counter) {
		d.intercept = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if !strings.HasSuffix(r.URL.Path, "/graphql.json") {
				next.ServeHTTP(w, r)
				return
			}
			if name, value, ok := strings.Cut(header, ": "); ok {
				w.Header().Set(name, value)
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			io.WriteString(w, body)
		}
	}
}

// brokenWay is a way to the shop on which somebody else's certificate is shown.
type brokenWay struct{}

func (brokenWay) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, &tls.CertificateVerificationError{Err: io.ErrUnexpectedEOF}
}

// midsummer is shortly before Shopify may withdraw the version of last July.
func midsummer(d *counter) {
	d.now = func() time.Time { return time.Date(2027, 6, 24, 0, 0, 0, 0, time.UTC) }
}

func connectionRemedies() map[string][]remedy {
	grants := func(scopes ...string) func(d *counter) {
		return func(d *counter) { d.server.SetGrantedScopes(teaShop, scopes) }
	}
	removed := func(d *counter) { d.server.Uninstall(teaShop) }
	probe := types(exit.Done, "status --probe")
	return map[string][]remedy{
		"disconnected":   {{fault: then(imported, types(exit.Done, "disconnect shopify --store main --yes"))}},
		"token_rejected": {{fault: then(connected, removed, probe)}, {fault: then(imported, func(d *counter) { d.server.RevokeTokens(teaShop) }, probe)}},
		"not_connected":  {{fault: then(connected, edits(`UPDATE connectors SET state = 'inactive', reason = 'something_new'`))}},

		"token_kind_refused": {{fault: then(types(exit.Done, connectTea+" --permanent-token"), func(d *counter) { d.shop.OnlyExpiring(true) })}},
		"shop_unavailable": {
			{fault: then(connected, func(d *counter) { d.shop.Freeze(true) }), person: func(d *counter) { d.shop.Freeze(false) }},
			{fault: then(connected, func(d *counter) { d.shop.Lock(true) }), person: func(d *counter) { d.shop.Lock(false) }},
			{fault: then(connected, func(d *counter) { d.shop.Close(true) }, probe), person: func(d *counter) { d.shop.Close(false) }},
			{fault: then(connected, func(d *counter) { d.shop.Forbid(true) }), person: func(d *counter) { d.shop.Forbid(false) }},
		},
		"token_refused":   {{fault: then(connected, removed)}},
		"scope_refused":   {{fault: then(connected, answers(200, "", `{"errors":[{"message":"Access denied for shop field.","extensions":{"code":"ACCESS_DENIED","requiredAccess":"read_products"}}]}`)), person: usual}},
		"unreachable":     {{fault: then(connected, func(d *counter) { d.way = brokenWay{} }), person: func(d *counter) { d.way = nil }}},
		"throttled":       {{fault: then(connected, answers(429, "Retry-After: 0.001", `{"errors":"Exceeded 2 calls per second"}`)), person: usual}},
		"provider_fault":  {{fault: then(connected, answers(430, "", `{"errors":"Rejected"}`)), person: usual}},
		"contact_failed":  {{fault: then(connected, sets("ESHOPCTL_SHOPIFY_API_VERSION", "2026-01")), person: sets("ESHOPCTL_SHOPIFY_API_VERSION", "")}},
		"contact_was_bad": {{fault: then(connected, func(d *counter) { d.shop.Freeze(true) }, probe, func(d *counter) { d.shop.Freeze(false) })}},

		"scope_missing":     {{fault: then(connected, grants("read_products", "read_locations"))}, {fault: then(imported, grants("read_locations"))}},
		"scope_was_missing": {{fault: then(connected, grants("read_products"), probe, grants("read_products", "read_locations", "read_inventory"))}},
		"token_ended":       {{fault: then(connected, func(d *counter) { d.server.RevokeTokens(teaShop) }, edits(`UPDATE connectors SET token_expires_at = '2026-01-01T00:00:00.000Z', refresh_expires_at = '2026-02-01T00:00:00.000Z'`))}},
		"token_ends":        {{fault: then(connected, edits(`UPDATE connectors SET refresh_expires_at = '`+time.Now().Add(3*24*time.Hour).UTC().Format(time.RFC3339)+`'`))}},
		"version_ends": {
			{fault: then(sets("ESHOPCTL_SHOPIFY_API_VERSION", "2026-07"), connected, midsummer)},
			{fault: then(sets("ESHOPCTL_SHOPIFY_API_VERSION", "2026-07"), connected, sets("ESHOPCTL_SHOPIFY_API_VERSION", ""), midsummer)},
		},
		"other_shop":     {{fault: then(imported, func(d *counter) { d.saying(d.shop.ID(), "gid://shopify/Shop/999") })}},
		"other_currency": {{fault: then(imported, func(d *counter) { d.saying(`"currencyCode":"GBP"`, `"currencyCode":"USD"`) })}},
		"former_shop":    {{fault: then(imported, types(exit.Done, "disconnect shopify --store main --yes"), types(exit.Done, "connect shopify --store main --shop "+sandboxShop))}},
	}
}
