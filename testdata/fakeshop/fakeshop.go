// Package fakeshop is a provider with one shop and a registry without a file, for tests of
// how a store is linked.
package fakeshop

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Registry is a Registry without a file.
type Registry struct {
	mu      sync.Mutex
	Records map[string]connector.Connector
	Sealed  map[string]connector.Secrets
	Keyless bool

	renewing sync.Mutex
}

func NewRegistry() *Registry {
	return &Registry{Records: map[string]connector.Connector{}, Sealed: map[string]connector.Secrets{}}
}

func (m *Registry) Connector(_ context.Context, store, provider string) (connector.Connector, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c, known := m.Records[store]; known {
		return c, nil
	}
	return Platform().Unconnected(store), nil
}

func (m *Registry) Connectors(context.Context) ([]connector.Connector, error) { return nil, nil }

func (m *Registry) Holder(_ context.Context, _, accountID, domain string) (connector.Connector, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.Records {
		if c.Attached && (c.AccountID == accountID || c.Domain == domain) {
			return c, true, nil
		}
	}
	return connector.Connector{}, false, nil
}

func (m *Registry) EnsureKey(context.Context) error {
	if m.Keyless {
		return &connector.Fault{Code: connector.KeyUnusable, Message: "no key"}
	}
	return nil
}

func (m *Registry) RecordAttempt(_ context.Context, c connector.Connector, outcome connector.Attempt) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	old := m.Records[c.Store]
	if old.State == connector.Live {
		c = old
	} else {
		c.State, c.Reason = connector.Failed, outcome.Reason
		if outcome.Reason == connector.SetupInterrupted {
			c.State = connector.Inactive
		}
		c.Attached, c.AccountID = old.Attached, old.AccountID
	}
	c.LastAttempt = &outcome
	m.Records[c.Store] = c
	return nil
}

func (m *Registry) SaveInstall(ctx context.Context, c connector.Connector, secrets connector.Secrets) (connector.Connector, error) {
	if holder, taken, _ := m.Holder(ctx, c.Provider, c.AccountID, ""); taken && holder.Store != c.Store {
		return c, connector.ErrShopTaken
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	c.State, c.Attached, c.Generation = connector.Live, true, m.Records[c.Store].Generation+1
	c.LastAttempt = &connector.Attempt{At: c.CheckedAt}
	m.Records[c.Store], m.Sealed[c.Store] = c, secrets
	return c, nil
}

func (m *Registry) RecordContact(_ context.Context, c connector.Connector) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Records[c.Store] = c
	return nil
}

func (m *Registry) Secrets(_ context.Context, c connector.Connector) (connector.Secrets, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.Sealed[c.Store], nil
}

func (m *Registry) LockTokens(context.Context, connector.Connector) (func(), error) {
	m.renewing.Lock()
	return m.renewing.Unlock, nil
}

func (m *Registry) SaveTokens(_ context.Context, c connector.Connector, token connector.TokenInfo, secrets connector.Secrets) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	current := m.Records[c.Store]
	if current.Generation != c.Generation {
		return connector.ErrInstallChanged
	}
	current.Token = token
	m.Records[c.Store], m.Sealed[c.Store] = current, secrets
	return nil
}

func (m *Registry) EndInstall(_ context.Context, c connector.Connector, reason connector.Reason) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Records[c.Store].Generation != c.Generation {
		return connector.ErrInstallChanged
	}
	c.State, c.Reason, c.Attached, c.Generation = connector.Inactive, reason, reason != connector.Disconnected, c.Generation+1
	m.Records[c.Store] = c
	delete(m.Sealed, c.Store)
	return nil
}

// Link puts a live install on record, of store main with tea.shop, whose token ends after
// life; 0 means never.
func (m *Registry) Link(kind connector.TokenKind, life time.Duration) connector.Connector {
	c := connector.Connector{
		Store: "main", Provider: "fake", Platform: Platform(), State: connector.Live, Attached: true, Generation: 1, Domain: "tea.shop", AccountID: "gid://shop/1",
		ClientID: "client", Auth: connector.Browser, Scopes: Platform().ScopesFor(nil), Token: connector.TokenInfo{Kind: kind},
	}
	if life != 0 {
		c.Token.ExpiresAt = time.Now().Add(life)
		c.Token.RenewAt = c.Token.ExpiresAt.Add(-5 * time.Minute)
	}
	m.Records["main"] = c
	m.Sealed["main"] = connector.Secrets{AccessToken: connector.NewSecret("old"), RefreshToken: connector.NewSecret("old-refresh"), ClientSecret: connector.NewSecret("CANARY-secret")}
	return c
}

// Pair is the answer to the n-th request for a token that expires.
func Pair(n int) string {
	return fmt.Sprintf(`{"access_token":"new-%d","refresh_token":"refresh-%d","expires_in":3600,"refresh_token_expires_in":7776000}`, n, n)
}

// Provider is a provider whose callbacks are signed with the word "signed" and
// whose token endpoint is a function.
type Provider struct {
	server      *httptest.Server
	TokenAnswer http.HandlerFunc
	Account     connector.Account
	Refusal     error                                                                  // of Identify and Uninstall
	OnIdentify  func(domain string, token connector.Secret) (connector.Account, error) // instead of account
	Refuses     func(token connector.Secret) bool                                      // tokens that Identify and Uninstall do not accept

	mu              sync.Mutex
	Exchanges       []url.Values
	UninstalledFrom []string
}

func NewProvider(t *testing.T) *Provider {
	p := &Provider{Account: connector.Account{ID: "gid://shop/1", Domain: "tea.shop", Name: "Tea", Currency: "EUR", Scopes: Platform().ScopesFor(nil)}}
	p.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"access_token":"CANARY-access","refresh_token":"CANARY-refresh","expires_in":3600,"refresh_token_expires_in":7776000}`)
	}
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		p.mu.Lock()
		p.Exchanges = append(p.Exchanges, r.PostForm)
		p.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		p.TokenAnswer(w, r)
	}))
	t.Cleanup(p.server.Close)
	return p
}

// Platform is what the platform says of itself.
func Platform() connector.Platform {
	reading := []string{"read_products"}
	return connector.Platform{
		Name: "fake", Title: "Fake", ShopForms: "NAME.shop", ShopExample: "NAME.shop",
		Scopes: map[connector.Resource][]string{
			connector.Products: reading, connector.Categories: reading, connector.Warehouses: {"read_locations"}, connector.Stock: {"read_inventory", "read_locations", "read_products"},
		},
		Writing: map[string]string{"read_": "write_", "guest_read_": "guest_write_"},
		Grant:   map[connector.Auth]string{connector.Browser: "connect again, to have %s granted", connector.AdminToken: "write %s on the token"},
	}
}

func (p *Provider) Platform() connector.Platform { return Platform() }

func (p *Provider) Sandbox() bool { return false }

func (p *Provider) Clock(context.Context, string) time.Time { return time.Time{} }

func (p *Provider) ParseShop(typed string) (string, error) {
	if !strings.HasSuffix(typed, ".shop") {
		return "", &connector.Fault{Code: connector.Usage, Message: "no shop"}
	}
	return typed, nil
}

func (p *Provider) Endpoint(domain string) connector.Endpoint {
	return connector.Endpoint{
		AuthorizeURL: "https://" + domain + "/authorize", TokenURL: p.server.URL + "/token", Expiring: url.Values{"expiring": {"1"}},
		Client: &http.Client{
			Transport:     http.DefaultTransport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

func (p *Provider) VerifyCallback(query url.Values, _ []connector.Secret, now time.Time) (string, error) {
	if query.Get("hmac") != "signed" {
		return "", &connector.Fault{Code: connector.NotConnected, Reason: connector.BadSignature, Message: "bad signature"}
	}
	if query.Get("timestamp") == "old" {
		return "", &connector.Fault{Code: connector.NotConnected, Reason: connector.StateExpired, Message: "too old"}
	}
	return query.Get("shop"), nil
}

func (p *Provider) TokenRefused(_ string, status int, _ http.Header, body []byte) *connector.Fault {
	var e struct{ Error string }
	_ = json.Unmarshal(body, &e)
	switch e.Error {
	case "invalid_client":
		return &connector.Fault{Code: connector.NotConnected, Reason: connector.InvalidClient, Message: "wrong secret"}
	case "invalid_grant":
		return &connector.Fault{Code: connector.TokenWasRefused, Message: "refresh token refused"}
	case "app_not_installed":
		return &connector.Fault{Code: connector.NotConnected, Reason: connector.AppNotInstalled, Message: "not installed"}
	case "shop_not_permitted":
		return &connector.Fault{Code: connector.NotConnected, Reason: connector.ShopNotPermitted, Message: "not permitted"}
	}
	if status >= 500 {
		return &connector.Fault{Code: connector.ProviderFault, Message: http.StatusText(status)}
	}
	return &connector.Fault{Reason: connector.ExchangeFailed, Message: http.StatusText(status) + string(body)}
}

func (p *Provider) Identify(_ context.Context, domain string, token connector.Secret) (connector.Account, error) {
	if p.OnIdentify != nil {
		return p.OnIdentify(domain, token)
	}
	return p.Account, p.judge(token)
}

func (p *Provider) Uninstall(_ context.Context, domain string, token connector.Secret) error {
	if err := p.judge(token); err != nil {
		return err
	}
	p.UninstalledFrom = append(p.UninstalledFrom, domain)
	return nil
}

func (p *Provider) judge(token connector.Secret) error {
	if p.Refuses != nil && p.Refuses(token) {
		return &connector.Fault{Code: connector.TokenWasRefused, Message: "the token is not accepted"}
	}
	return p.Refusal
}

func (p *Provider) Exchanged() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.Exchanges)
}
