package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

func TestSignCallbackVectors(t *testing.T) {
	base := url.Values{"code": {"0907a61c0c8d55e99db179b68161bc00"}, "shop": {"some-shop.myshopify.com"}, "timestamp": {"1337178173"}}
	with := func(name, value string) url.Values {
		v := url.Values{name: {value}}
		for k, vs := range base {
			v[k] = vs
		}
		return v
	}
	for want, parameters := range map[string]url.Values{
		"4712bf92ffc2917d15a2f5a273e39f0116667419aa4b6ac0b3baaf26fa3c4d20": with("signature", "11813d1e7bbf4629edcda0628a3f7a20"),
		"7db6973c2aff68295ebcf354c2ce528a6b09aef1146baafccc2e0b369fff5f6d": with("state", "abcd"),
		"700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf": with("state", "0.6784241404160823"),
	} {
		if got := oauth.SignCallback("hush", parameters); got != want {
			t.Errorf("%v gave %s, want %s", parameters, got, want)
		}
	}
}

func TestChallengeVector(t *testing.T) {
	if got := oauth.ChallengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"); got != "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" {
		t.Errorf("got %s", got)
	}
}

const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

// authorizeQuery is a request for authorization in good order, with changes.
func authorizeQuery(shop string, changes ...string) string {
	values := url.Values{
		"shop": {shop}, "client_id": {"sandbox-client-id"}, "scope": {"read_products,read_inventory,read_locations"},
		"redirect_uri": {"http://127.0.0.1:13388/callback"}, "state": {"state-123"},
		"code_challenge": {oauth.ChallengeOf(verifier)}, "code_challenge_method": {"S256"}, "response_type": {"code"},
	}
	for i := 0; i < len(changes); i += 2 {
		values.Set(changes[i], changes[i+1])
	}
	return values.Encode()
}

// open asks for the authorize page as a browser does, at the sandbox's own address.
func (b *bench) open(query string) (*http.Response, string) {
	b.t.Helper()
	r, err := http.NewRequest("GET", b.server.URL()+"/admin/oauth/authorize?"+query, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(r)
}

// code goes through an approved authorization.
func (b *bench) code(changes ...string) string {
	b.t.Helper()
	b.shop.AutoApprove(true)
	response, text := b.open(authorizeQuery(b.shop.Domain(), changes...))
	if response.StatusCode != http.StatusFound {
		b.t.Fatalf("status %d: %s", response.StatusCode, text)
	}
	return callback(b.t, response).Get("code")
}

func callback(t *testing.T, response *http.Response) url.Values {
	t.Helper()
	location, err := url.Parse(response.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	if got := location.Scheme + "://" + location.Host + location.Path; got != "http://127.0.0.1:13388/callback" {
		t.Fatalf("called back at %s", got)
	}
	return location.Query()
}

// tokens asks the token endpoint with the app's credentials.
func (b *bench) tokens(pairs ...string) (int, map[string]any) {
	b.t.Helper()
	pairs = append([]string{"client_id", "sandbox-client-id", "client_secret", "sandbox-client-secret"}, pairs...)
	response, text := b.send("POST", "/admin/oauth/access_token", form(pairs...),
		"Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json")
	var body map[string]any
	if err := json.Unmarshal([]byte(text), &body); err != nil {
		b.t.Fatalf("%v in %s", err, text)
	}
	return response.StatusCode, body
}

// works says whether a token opens the API.
func (b *bench) works(token any) bool {
	response, _ := b.send("POST", "/admin/api/2026-10/graphql.json", `{"query":"{ shop { id } }"}`, "X-Shopify-Access-Token", token.(string))
	return response.StatusCode == http.StatusOK
}

func TestAuthorizePageRefuses(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	for want, change := range map[string][]string{
		"Oauth error invalid_request: The redirect_uri is not whitelisted":                                      {"redirect_uri", "http://127.0.0.1:13388/callback/"},
		"Oauth error application_cannot_be_found: Could not find Shopify API application with api_key stranger": {"client_id", "stranger"},
		"Oauth error failed_grant_with_invalid_scopes":                                                          {"scope", "read_products,read_orders"},
		"The state is missing": {"state", ""},
	} {
		response, text := b.open(authorizeQuery(b.shop.Domain(), change...))
		if response.StatusCode != http.StatusBadRequest || !strings.Contains(text, want) || response.Header.Get("Location") != "" {
			t.Errorf("%v: %d %s", change, response.StatusCode, text)
		}
	}
	if response, _ := b.open(authorizeQuery("unknown.myshopify.com")); response.StatusCode != http.StatusNotFound {
		t.Errorf("unknown shop: %d", response.StatusCode)
	}
}

func TestMerchantApproves(t *testing.T) {
	c := newClock()
	b := newBench(t, sandboxtest.DefaultShop(), func(o *sandboxtest.Options) { o.Clock = c.read })
	_, html := b.open(authorizeQuery(b.shop.Domain()))
	ticket := regexp.MustCompile(`name="ticket" value="([0-9a-f]+)"`).FindStringSubmatch(html)
	if ticket == nil || !strings.Contains(html, "read_inventory") || !strings.Contains(html, "Tea &amp; Cups") {
		t.Fatalf("the page is %s", html)
	}
	answer := func(word string) (*http.Response, string) {
		r, _ := http.NewRequest("POST", b.server.URL()+"/admin/oauth/authorize", strings.NewReader(form("shop", b.shop.Domain(), "ticket", ticket[1], "answer", word)))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return b.do(r)
	}
	response, _ := answer("approve")
	got := callback(t, response)
	if got.Get("state") != "state-123" || got.Get("shop") != b.shop.Domain() || got.Get("timestamp") != "1795424400" ||
		got.Get("host") != "YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvdGVhLWFuZC1jdXBz" || got.Get("hmac") != oauth.SignCallback("sandbox-client-secret", got) {
		t.Errorf("called back with %v", got)
	}
	if response, _ := answer("approve"); response.StatusCode != http.StatusBadRequest {
		t.Errorf("a second click: %d", response.StatusCode)
	}
}

func TestMerchantRefuses(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	b.shop.AutoApprove(true)
	b.server.DenyNext(b.shop.Domain())
	response, _ := b.open(authorizeQuery(b.shop.Domain()))
	got := callback(t, response)
	if got.Get("error") != "access_denied" || got.Has("code") || got.Get("state") != "state-123" || got.Get("hmac") != oauth.SignCallback("sandbox-client-secret", got) {
		t.Errorf("called back with %v", got)
	}
	if b.code() == "" {
		t.Error("the refusal outlived its request")
	}
}

func TestCodeExchange(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	status, first := b.tokens("code", b.code(), "code_verifier", verifier)
	if status != 200 || first["scope"] != "read_products,read_inventory,read_locations" || first["expires_in"] != nil || !b.works(first["access_token"]) {
		t.Fatalf("got %d %v", status, first)
	}
	if _, second := b.tokens("code", b.code(), "code_verifier", verifier); second["access_token"] != first["access_token"] {
		t.Error("a non-expiring token changed")
	}
	code := b.code()
	if _, pair := b.tokens("code", code, "code_verifier", verifier, "expiring", "1"); pair["expires_in"] != 3600.0 ||
		pair["refresh_token_expires_in"] != 7776000.0 || !b.works(pair["access_token"]) {
		t.Errorf("got %v", pair)
	}
	used := map[string]any{"error": "invalid_request", "error_description": "The authorization code was not found or was already used"}
	for _, pairs := range [][]string{
		{"code", code, "code_verifier", verifier}, {"code", "unknown"}, {"code", b.code(), "code_verifier", "wrong"}, {"code", b.code()},
	} {
		if status, body := b.tokens(pairs...); status != 400 || body["error"] != used["error"] || body["error_description"] != used["error_description"] {
			t.Errorf("%v: %d %v", pairs, status, body)
		}
	}
}

func TestCodeExchangeInJSON(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	body, _ := json.Marshal(map[string]any{"client_id": "sandbox-client-id", "client_secret": "sandbox-client-secret", "code": b.code(), "code_verifier": verifier, "expiring": 1})
	response, text := b.send("POST", "/admin/oauth/access_token", string(body), "Content-Type", "application/json", "Accept", "application/json")
	if response.StatusCode != 200 || !strings.Contains(text, `"expires_in":3600`) {
		t.Errorf("got %d %s", response.StatusCode, text)
	}
}

func TestTokenEndpointWithoutAccept(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	response, text := b.send("POST", "/admin/oauth/access_token", form("client_id", "sandbox-client-id", "client_secret", "sandbox-client-secret",
		"grant_type", "refresh_token", "refresh_token", "x"), "Content-Type", "application/x-www-form-urlencoded")
	if response.StatusCode != 401 || !strings.Contains(text, "<title>unauthorized - Oauth error invalid_request</title>") ||
		!strings.Contains(text, "Oauth error invalid_request: This request requires an active refresh_token") {
		t.Errorf("got %d %s", response.StatusCode, text)
	}
}

func TestWrongCredentials(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	if status, body := b.tokens("client_id", "stranger"); status != 400 || body["error"] != "application_cannot_be_found" {
		t.Errorf("got %d %v", status, body)
	}
	if status, body := b.tokens("client_secret", "wrong"); status != 400 || body["error"] != "invalid_client" {
		t.Errorf("got %d %v", status, body)
	}
}

func TestRefreshRotation(t *testing.T) {
	c := newClock()
	b := newBench(t, sandboxtest.DefaultShop(), func(o *sandboxtest.Options) { o.Clock = c.read })
	refresh := func(token any) (int, map[string]any) {
		return b.tokens("grant_type", "refresh_token", "refresh_token", token.(string))
	}
	_, first := b.tokens("code", b.code(), "code_verifier", verifier, "expiring", "1")
	c.forward(time.Hour)
	if b.works(first["access_token"]) {
		t.Error("an access token outlived its hour")
	}
	for range 2 {
		if status, _ := refresh(first["refresh_token"]); status != 200 {
			t.Error("a refresh token was not good until its replacement was used")
		}
	}
	_, second := refresh(first["refresh_token"])
	status, third := refresh(second["refresh_token"])
	if status != 200 || !b.works(third["access_token"]) {
		t.Fatalf("got %d %v", status, third)
	}
	if status, body := refresh(first["refresh_token"]); status != 401 || body["error_description"] != "This request requires an active refresh_token" {
		t.Errorf("a replaced token gave %d %v", status, body)
	}
	_, fresh := b.tokens("code", b.code(), "code_verifier", verifier, "expiring", "1")
	if status, _ := refresh(third["refresh_token"]); status != 401 {
		t.Error("a new acquisition left the older chain alive")
	}
	if !b.works(third["access_token"]) {
		t.Error("a new acquisition ended an older access token")
	}
	c.forward(90 * 24 * time.Hour)
	if status, _ := refresh(fresh["refresh_token"]); status != 401 {
		t.Error("a refresh token outlived its 90 days")
	}
}

func TestClientCredentials(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	if status, body := b.tokens("grant_type", "client_credentials"); status != 400 || body["error"] != "shop_not_permitted" {
		t.Errorf("got %d %v", status, body)
	}
	b.shop.SameOrganisation(true)
	if status, body := b.tokens("grant_type", "client_credentials"); status != 200 || body["expires_in"] != 86399.0 || body["refresh_token"] != nil || !b.works(body["access_token"]) {
		t.Errorf("got %d %v", status, body)
	}
	b.server.Uninstall(b.shop.Domain())
	if status, body := b.tokens("grant_type", "client_credentials"); status != 400 || body["error"] != "app_not_installed" {
		t.Errorf("got %d %v", status, body)
	}
}

func TestTakingAccessAway(t *testing.T) {
	for name, take := range map[string]func(b *bench, access string){
		"appUninstall": func(b *bench, access string) {
			b.token = access
			b.must(`mutation { appUninstall { app { id } userErrors { code field message } } }`, nil)
		},
		"DELETE": func(b *bench, access string) {
			if response, _ := b.send("DELETE", "/admin/api_permissions/current.json", "", "X-Shopify-Access-Token", access); response.StatusCode != 200 {
				b.t.Errorf("status %d", response.StatusCode)
			}
		},
		"RevokeTokens": func(b *bench, _ string) { b.server.RevokeTokens(b.shop.Domain()) },
		"ExpireTokens": func(b *bench, _ string) { b.server.ExpireTokens(b.shop.Domain()) },
	} {
		b := newBench(t, sandboxtest.DefaultShop())
		_, pair := b.tokens("code", b.code(), "code_verifier", verifier, "expiring", "1")
		take(b, pair["access_token"].(string))
		if b.works(pair["access_token"]) {
			t.Errorf("%s left the access token alive", name)
		}
		status, _ := b.tokens("grant_type", "refresh_token", "refresh_token", pair["refresh_token"].(string))
		if refreshable := status == 200; refreshable != (name == "ExpireTokens") {
			t.Errorf("%s: refresh gave %d", name, status)
		}
	}
}

func TestBadTokenIsRefused(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	response, text := b.send("POST", "/admin/api/2026-10/graphql.json", `{"query":"{ shop { id } }"}`)
	if response.StatusCode != 401 || strings.TrimSpace(text) != `{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}` {
		t.Errorf("got %d %s", response.StatusCode, text)
	}
}

func TestAccessScopes(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	b.server.SetGrantedScopes(b.shop.Domain(), []string{"write_products", "read_products", "read_locations"})
	_, text := b.send("GET", "/admin/oauth/access_scopes.json", "", "X-Shopify-Access-Token", b.token)
	if strings.TrimSpace(text) != `{"access_scopes":[{"handle":"write_products"},{"handle":"read_locations"}]}` {
		t.Errorf("got %s", text)
	}
	answer := b.must(`{ currentAppInstallation { accessScopes { handle } } }`, nil)
	if got := list(answer.Data, "currentAppInstallation", "accessScopes"); len(got) != 3 {
		t.Errorf("got %v", got)
	}
}
