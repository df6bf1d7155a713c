package view

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/testdata/runs"
)

func TestCard(t *testing.T) {
	run := runs.Some()
	c := Card{
		Store: "main", Provider: "shopify", State: connector.Live, Reason: connector.ScopeIsMissing, Sandbox: true,
		ExternalDomain: "tea.myshopify.com", ExternalAccount: "Tea \u202eand Cups", ExternalAccountID: "gid://shopify/Shop/1", Currency: "EUR",
		ClientID: "abc", Auth: connector.Browser, Scopes: []string{"read_products"}, MissingScopes: []string{"read_inventory"},
		Capabilities: []connector.Resource{connector.Products},
		Token:        Token{Kind: connector.Expiring, ExpiresAt: runs.Ago(-40 * time.Minute), RefreshExpiresAt: runs.Ago(-90 * 24 * time.Hour)},
		APIVersion:   "2026-10", ConnectedAt: runs.Ago(72 * time.Hour), CheckedAt: runs.Ago(time.Minute), LastRun: &run,
		Objects:     map[string]int{"products": 12340, "stock": 3},
		Freshness:   map[connector.Resource]Freshness{connector.Products: {AsOf: *runs.Ago(2 * time.Hour), AgeSeconds: 7200}},
		Lights:      health.Lights{Connection: health.Yellow, LastRun: health.Yellow, DataAge: health.Green},
		Suggestions: []plain.Suggestion{{Text: "connect again", Command: "eshopctl connect shopify --store main"}},
	}
	check(t, shown(t, func(v View) error { return v.Tell(c) }), `
store main  shopify  live
  scope_missing: the shop does not grant every scope that is needed

  connection    yellow  last contact 1 minute ago (2026-11-24 11:59 UTC)
  last run      yellow  20261124-1158-k3f9 partial, 1 minute ago (2026-11-24 11:58 UTC), 1 rejected, 5 warnings
  data age      green   read from the shop 2 hours ago (2026-11-24 10:00 UTC)

  domain        tea.myshopify.com (a sandbox on this machine)
  shop          Tea <U+202E>and Cups
  account id    gid://shopify/Shop/1
  currency      EUR
  authorised    by browser
  client id     abc
  connected     3 days ago (2026-11-21 12:00 UTC)
  token         expiring, ends in 40 minutes (2026-11-24 12:40 UTC); its renewal ends in 90 days (2027-02-22 12:00 UTC)
  API version   2026-10
  scopes        read_products
  not granted   read_inventory
  may import    products
  objects       products 12,340, stock 3
  data as of    products 2 hours ago

  next
    connect again
      eshopctl connect shopify --store main
`)
	never := Card{Store: "new", Provider: "shopify", State: connector.Inactive, Reason: connector.NeverConnected, Lights: health.Lights{Connection: health.Red, LastRun: health.Yellow, DataAge: health.Red}}
	check(t, shown(t, func(v View) error { return v.Tell(never) }), `
store new  shopify  inactive
  never_connected: nothing was ever connected

  connection    red     no contact yet
  last run      yellow  none yet
  data age      red     never imported
`)
}

// The fields are a contract with scripts.
func TestCardJSON(t *testing.T) {
	var out bytes.Buffer
	if err := plain.WriteJSON(&out, map[string]any{"connectors": []Card{{Store: "main"}}}); err != nil {
		t.Fatal(err)
	}
	var document struct{ Connectors []map[string]json.RawMessage }
	if err := json.Unmarshal(out.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"store": `"main"`, "provider": `""`, "state": `""`, "reason": `""`, "reason_text": `""`, "sandbox": "false", "external_domain": `""`,
		"external_account": `""`, "external_account_id": `""`, "currency": `""`, "client_id": `""`, "auth": `""`, "scopes": "[]",
		"missing_scopes": "[]", "capabilities": "[]", "token": `{"kind":"","expires_at":null,"refresh_expires_at":null,"outlook":""}`,
		"last_attempt": "null", "api_version": `""`, "api_version_until": "null", "connected_at": "null", "checked_at": "null", "last_preview": "null", "last_run": "null",
		"objects": "{}", "freshness": "{}", "lights": `{"connection":"","last_run":"","data_age":""}`, "suggestions": "[]", "set_up_for": "[]",
	}
	got := document.Connectors[0]
	for name, value := range want {
		var compact bytes.Buffer
		if err := json.Compact(&compact, got[name]); err != nil || compact.String() != value {
			t.Errorf("%s is %s, want %s", name, got[name], value)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d fields, want %d", len(got), len(want))
	}
}

// Without colours nothing is lost: the words are the same.
func TestColour(t *testing.T) {
	var plain, coloured strings.Builder
	c := Card{State: connector.Live, Lights: health.Lights{Connection: health.Green, LastRun: health.Yellow, DataAge: health.Red}, MissingScopes: []string{"read_products"}}
	_ = View{Out: &plain, Now: runs.Noon}.Tell(c)
	_ = View{Out: &coloured, Now: runs.Noon, Color: true}.Tell(c)
	stripped := coloured.String()
	for _, code := range []string{"0", "31", "32", "33", "1"} {
		stripped = strings.ReplaceAll(stripped, "\x1b["+code+"m", "")
	}
	if stripped != plain.String() || strings.Contains(plain.String(), "\x1b") || !strings.Contains(coloured.String(), "\x1b[32mgreen") {
		t.Errorf("%q", coloured.String())
	}
}
