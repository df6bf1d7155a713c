package connector

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/testdata/loopback"
)

// memory is a Registry without a file.
type memory struct {
	mu      sync.Mutex
	records map[string]Connector
	secrets map[string]Secrets
	keyless bool

	renewing sync.Mutex
}

func newMemory() *memory {
	return &memory{records: map[string]Connector{}, secrets: map[string]Secrets{}}
}

func (m *memory) Connector(_ context.Context, store, provider string) (Connector, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c, known := m.records[store]; known {
		return c, nil
	}
	return fake().Unconnected(store), nil
}

func (m *memory) Connectors(context.Context) ([]Connector, error) { return nil, nil }

func (m *memory) Holder(_ context.Context, _, accountID, domain string) (Connector, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.records {
		if c.Attached && (c.AccountID == accountID || c.Domain == domain) {
			return c, true, nil
		}
	}
	return Connector{}, false, nil
}

func (m *memory) EnsureKey(context.Context) error {
	if m.keyless {
		return &Fault{Code: KeyUnusable, Message: "no key"}
	}
	return nil
}

func (m *memory) RecordAttempt(_ context.Context, c Connector, outcome Attempt) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	old := m.records[c.Store]
	if old.State == Live {
		c = old
	} else {
		c.State, c.Reason = Failed, outcome.Reason
		if outcome.Reason == SetupInterrupted {
			c.State = Inactive
		}
		c.Attached, c.AccountID = old.Attached, old.AccountID
	}
	c.LastAttempt = &outcome
	m.records[c.Store] = c
	return nil
}

func (m *memory) SaveInstall(ctx context.Context, c Connector, secrets Secrets) (Connector, error) {
	if holder, taken, _ := m.Holder(ctx, c.Provider, c.AccountID, ""); taken && holder.Store != c.Store {
		return c, ErrShopTaken
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	c.State, c.Attached, c.Generation = Live, true, m.records[c.Store].Generation+1
	c.LastAttempt = &Attempt{At: c.CheckedAt}
	m.records[c.Store], m.secrets[c.Store] = c, secrets
	return c, nil
}

func (m *memory) RecordContact(_ context.Context, c Connector) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.records[c.Store] = c
	return nil
}

func (m *memory) Secrets(_ context.Context, c Connector) (Secrets, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.secrets[c.Store], nil
}

func (m *memory) LockTokens(context.Context, Connector) (func(), error) {
	m.renewing.Lock()
	return m.renewing.Unlock, nil
}

func (m *memory) SaveTokens(_ context.Context, c Connector, token TokenInfo, secrets Secrets) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	current := m.records[c.Store]
	if current.Generation != c.Generation {
		return ErrInstallChanged
	}
	current.Token = token
	m.records[c.Store], m.secrets[c.Store] = current, secrets
	return nil
}

func (m *memory) EndInstall(_ context.Context, c Connector, reason Reason) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.records[c.Store].Generation != c.Generation {
		return ErrInstallChanged
	}
	c.State, c.Reason, c.Attached, c.Generation = Inactive, reason, reason != Disconnected, c.Generation+1
	m.records[c.Store] = c
	delete(m.secrets, c.Store)
	return nil
}

// platform is a provider whose callbacks are signed with the word "signed" and
// whose token endpoint is a function.
type platform struct {
	server   *httptest.Server
	token    http.HandlerFunc
	account  Account
	refusal  error                                              // of Identify and Uninstall
	identify func(domain string, token Secret) (Account, error) // instead of account
	refuses  func(token Secret) bool                            // tokens that Identify and Uninstall do not accept

	mu          sync.Mutex
	exchanges   []url.Values
	uninstalled []string
}

func newPlatform(t *testing.T) *platform {
	p := &platform{account: Account{ID: "gid://shop/1", Domain: "tea.shop", Name: "Tea", Currency: "EUR", Scopes: fake().ScopesFor(nil)}}
	p.token = func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"access_token":"CANARY-access","refresh_token":"CANARY-refresh","expires_in":3600,"refresh_token_expires_in":7776000}`)
	}
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		p.mu.Lock()
		p.exchanges = append(p.exchanges, r.PostForm)
		p.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		p.token(w, r)
	}))
	t.Cleanup(p.server.Close)
	return p
}

// fake is what the platform says of itself.
func fake() Platform {
	reading := []string{"read_products"}
	return Platform{
		Name: "fake", Title: "Fake", ShopForms: "NAME.shop", ShopExample: "NAME.shop",
		Scopes: map[Resource][]string{
			Products: reading, Categories: reading, Warehouses: {"read_locations"}, Stock: {"read_inventory", "read_locations", "read_products"},
		},
		Writing: map[string]string{"read_": "write_", "guest_read_": "guest_write_"},
		Grant:   map[Auth]string{Browser: "connect again, to have %s granted", AdminToken: "write %s on the token"},
	}
}

func (p *platform) Platform() Platform { return fake() }
func (p *platform) Sandbox() bool      { return false }

func (p *platform) Clock(context.Context, string) time.Time { return time.Time{} }

func (p *platform) ParseShop(typed string) (string, error) {
	if !strings.HasSuffix(typed, ".shop") {
		return "", &Fault{Code: Usage, Message: "no shop"}
	}
	return typed, nil
}

func (p *platform) Endpoint(domain string) Endpoint {
	return Endpoint{
		AuthorizeURL: "https://" + domain + "/authorize", TokenURL: p.server.URL + "/token", Expiring: url.Values{"expiring": {"1"}},
		Client: &http.Client{
			Transport:     http.DefaultTransport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

func (p *platform) VerifyCallback(query url.Values, _ []Secret, now time.Time) (string, error) {
	if query.Get("hmac") != "signed" {
		return "", &Fault{Code: NotConnected, Reason: BadSignature, Message: "bad signature"}
	}
	if query.Get("timestamp") == "old" {
		return "", &Fault{Code: NotConnected, Reason: StateExpired, Message: "too old"}
	}
	return query.Get("shop"), nil
}

func (p *platform) TokenRefused(_ string, status int, _ http.Header, body []byte) *Fault {
	var e struct{ Error string }
	_ = json.Unmarshal(body, &e)
	switch e.Error {
	case "invalid_client":
		return &Fault{Code: NotConnected, Reason: InvalidClient, Message: "wrong secret"}
	case "invalid_grant":
		return &Fault{Code: TokenWasRefused, Message: "refresh token refused"}
	case "app_not_installed":
		return &Fault{Code: NotConnected, Reason: AppNotInstalled, Message: "not installed"}
	case "shop_not_permitted":
		return &Fault{Code: NotConnected, Reason: ShopNotPermitted, Message: "not permitted"}
	}
	if status >= 500 {
		return &Fault{Code: ProviderFault, Message: http.StatusText(status)}
	}
	return &Fault{Reason: ExchangeFailed, Message: http.StatusText(status) + string(body)}
}

func (p *platform) Identify(_ context.Context, domain string, token Secret) (Account, error) {
	if p.identify != nil {
		return p.identify(domain, token)
	}
	return p.account, p.judge(token)
}

func (p *platform) Uninstall(_ context.Context, domain string, token Secret) error {
	if err := p.judge(token); err != nil {
		return err
	}
	p.uninstalled = append(p.uninstalled, domain)
	return nil
}

func (p *platform) judge(token Secret) error {
	if p.refuses != nil && p.refuses(token) {
		return &Fault{Code: TokenWasRefused, Message: "the token is not accepted"}
	}
	return p.refusal
}

func (p *platform) exchanged() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.exchanges)
}

// setup is a service with its surroundings, and a connect under way.
type setup struct {
	*testing.T
	platform *platform
	registry *memory
	service  *Service
	request  Request
	told     *lines
	opened   chan string
}

type lines struct {
	mu  sync.Mutex
	all []string
}

func (l *lines) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, line)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.all, "\n")
}

func newSetup(t *testing.T) *setup {
	s := &setup{T: t, platform: newPlatform(t), registry: newMemory(), told: &lines{}, opened: make(chan string, 1)}
	s.service = &Service{
		Provider: s.platform, Registry: s.registry, Now: time.Now,
		App: App{ClientID: "client", Secret: NewSecret("CANARY-secret"), CallbackURL: "http://" + freeAddress(t) + "/callback"},
	}
	s.request = Request{Store: "main", Shop: "tea.shop", Auth: Browser, Timeout: time.Minute, Operator: Operator{
		OpenBrowser: func(address string) error { s.opened <- address; return nil },
		Tell:        s.told.add,
	}}
	return s
}

func freeAddress(t *testing.T) string {
	address, err := loopback.Address()
	if err != nil {
		t.Fatal(err)
	}
	return address
}

type outcome struct {
	connector Connector
	err       error
}

// start begins a connect and returns the parameters that went to the merchant.
func (s *setup) start(ctx context.Context) (authorize url.Values, done <-chan outcome) {
	s.Helper()
	ended := make(chan outcome, 1)
	go func() {
		c, err := s.service.Connect(ctx, s.request)
		ended <- outcome{c, err}
	}()
	select {
	case start := <-s.opened:
		response := s.get(start, nil)
		location, err := url.Parse(response.Header.Get("Location"))
		if err != nil || response.StatusCode != http.StatusFound {
			s.Fatalf("start: %d %v", response.StatusCode, err)
		}
		return location.Query(), ended
	case early := <-ended:
		s.Fatalf("ended before the browser was opened: %v", early.err)
	}
	return nil, nil
}

// get asks without following redirects.
func (s *setup) get(address string, change func(*http.Request)) *http.Response {
	s.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		s.Fatal(err)
	}
	if change != nil {
		change(request)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		s.Fatal(err)
	}
	body, _ := io.ReadAll(response.Body)
	response.Body.Close()
	response.Body = io.NopCloser(strings.NewReader(string(body)))
	return response
}

func (s *setup) callback(query url.Values) string {
	return s.service.App.CallbackURL + "?" + query.Encode()
}

func signed(state string) url.Values {
	return url.Values{"state": {state}, "hmac": {"signed"}, "shop": {"tea.shop"}, "code": {"code-1"}, "timestamp": {"now"}}
}

func with(query url.Values, name, value string) url.Values {
	changed := url.Values{}
	for n, v := range query {
		changed[n] = v
	}
	changed.Set(name, value)
	return changed
}

func without(query url.Values, name string) url.Values {
	changed := with(query, name, "")
	delete(changed, name)
	return changed
}

// fails checks that an error is a *Fault with this reason, and what is on
// record after it.
func (s *setup) fails(err error, reason Reason) *Fault {
	s.Helper()
	fault := s.faultWith(err, reason)
	c, _ := s.registry.Connector(context.Background(), "main", "fake")
	if reason != "" && (c.LastAttempt == nil || c.LastAttempt.Reason != reason || c.LastAttempt.Text != fault.Message) {
		s.Errorf("on record: %+v, want %s: %s", c.LastAttempt, reason, fault.Message)
	}
	return fault
}

// refused checks that an error is a *Fault with this reason and that nothing of it is
// on record.
func (s *setup) refused(err error, reason Reason) *Fault {
	s.Helper()
	fault := s.faultWith(err, reason)
	if c, _ := s.registry.Connector(context.Background(), "main", "fake"); c.LastAttempt != nil {
		s.Errorf("on record: %+v", c.LastAttempt)
	}
	return fault
}

// faultWith checks that an error is a *Fault with this reason, and has a hint.
func (s *setup) faultWith(err error, reason Reason) *Fault {
	s.Helper()
	var fault *Fault
	if !errors.As(err, &fault) || fault.Reason != reason {
		s.Fatalf("got %v, want a fault with reason %s", err, reason)
	}
	if len(fault.Next) == 0 {
		s.Errorf("%s has no hint", reason)
	}
	return fault
}
