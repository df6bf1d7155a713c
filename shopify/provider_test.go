package shopify

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/shopify/site"
)

const teaDomain = "tea-and-cups.myshopify.com"

func startProvider(t *testing.T, wrap func(http.Handler) http.Handler) (*sandboxtest.Server, *Provider) {
	t.Helper()
	server, err := sandboxtest.Start(sandboxtest.Options{Shops: []*sandboxtest.Shop{sandboxtest.DefaultShop()}, Wrap: wrap})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	server.Install(teaDomain)
	site, err := site.New(server.URL(), site.Way{})
	if err != nil {
		t.Fatal(err)
	}
	return server, NewProvider(site, "2026-10")
}

func TestIdentify(t *testing.T) {
	server, provider := startProvider(t, nil)
	token := connector.NewSecret(server.AccessToken(teaDomain))
	account, err := provider.Identify(t.Context(), teaDomain, token)
	if err != nil {
		t.Fatal(err)
	}
	if account.Domain != teaDomain || account.ID == "" || account.Name == "" || account.Currency == "" || account.APIVersion != "2026-10" {
		t.Errorf("%+v", account)
	}
	if want := Platform().ScopesFor(nil); !slices.Equal(account.Scopes, want) {
		t.Errorf("scopes %v, want %v", account.Scopes, want)
	}
	shop := server.Shop(teaDomain)
	for name, test := range map[string]struct {
		change func(bool)
		code   connector.Code
		reason connector.Reason
	}{
		"frozen":    {shop.Freeze, connector.ShopUnavailable, connector.ShopIsUnavailable},
		"locked":    {shop.Lock, connector.ShopUnavailable, connector.ShopIsUnavailable},
		"gone":      {shop.Close, connector.ShopUnavailable, connector.ShopIsUnavailable},
		"forbidden": {shop.Forbid, connector.ShopUnavailable, connector.Refused},
	} {
		test.change(true)
		_, err := provider.Identify(t.Context(), teaDomain, token)
		var fault *connector.Fault
		if !errors.As(err, &fault) || fault.Code != test.code || fault.Reason != test.reason {
			t.Errorf("%s: %v", name, err)
		}
		test.change(false)
	}
	shop.OnlyExpiring(true)
	var kind *connector.Fault
	if _, err := provider.Identify(t.Context(), teaDomain, token); !errors.As(err, &kind) ||
		kind.Reason != connector.Refused || !strings.Contains(kind.Next.String(), "expires") {
		t.Errorf("kind of token: %v", err)
	}
	shop.OnlyExpiring(false)
	server.RevokeTokens(teaDomain)
	var fault *connector.Fault
	if _, err := provider.Identify(t.Context(), teaDomain, token); !errors.As(err, &fault) || fault.Code != connector.TokenWasRefused {
		t.Errorf("revoked: %v", err)
	}
}

func TestUninstall(t *testing.T) {
	for name, wrap := range map[string]func(http.Handler) http.Handler{
		"by the mutation": nil,
		"by the older call": func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost && r.URL.Path == "/admin/api/2026-10/graphql.json" {
					w.Write([]byte(`{"errors":[{"message":"Field 'appUninstall' doesn't exist"}]}`))
					return
				}
				next.ServeHTTP(w, r)
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			server, provider := startProvider(t, wrap)
			token := connector.NewSecret(server.AccessToken(teaDomain))
			if err := provider.Uninstall(t.Context(), teaDomain, token); err != nil {
				t.Fatal(err)
			}
			var fault *connector.Fault
			if err := provider.Uninstall(t.Context(), teaDomain, token); !errors.As(err, &fault) ||
				fault.Code != connector.TokenWasRefused {
				t.Errorf("the app is still there: %v", err)
			}
		})
	}
}

func TestEndpoint(t *testing.T) {
	site, err := site.New("", site.Way{})
	if err != nil {
		t.Fatal(err)
	}
	endpoint := NewProvider(site, "2026-10").Endpoint("fooshop.myshopify.com")
	if endpoint.AuthorizeURL != "https://fooshop.myshopify.com/admin/oauth/authorize" ||
		endpoint.TokenURL != "https://fooshop.myshopify.com/admin/oauth/access_token" {
		t.Errorf("%+v", endpoint)
	}
	server, provider := startProvider(t, nil)
	authorize, err := url.Parse(provider.Endpoint(teaDomain).AuthorizeURL)
	if err != nil || "http://"+authorize.Host != server.URL() || authorize.Query().Get("shop") != teaDomain {
		t.Errorf("%s %v", authorize, err)
	}
}

// A redirect would take code, secret or token to another host.
//
// hazard O25
func TestEndpointFollowsNoRedirect(t *testing.T) {
	asked := 0
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer elsewhere.Close()
	_, provider := startProvider(t, func(http.Handler) http.Handler {
		return http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect)
	})
	endpoint := provider.Endpoint(teaDomain)
	response, err := endpoint.Client.PostForm(endpoint.TokenURL, url.Values{"client_secret": {"s"}})
	if err != nil || response.StatusCode != http.StatusTemporaryRedirect {
		t.Errorf("%v %v", response, err)
	}
	if _, err := provider.Identify(t.Context(), teaDomain, connector.NewSecret("t")); err == nil || asked != 0 {
		t.Errorf("%v, asked elsewhere %d times", err, asked)
	}
}

// unreached is a transport that must not be used.
type unreached struct{ t *testing.T }

func (u unreached) RoundTrip(request *http.Request) (*http.Response, error) {
	u.t.Errorf("a request for %s went out", request.URL)
	return nil, http.ErrServerClosed
}

// A provider sends nothing to a domain that is not a shop's, and its error says what to do.
//
// hazard H1
func TestNothingIsSentToADomainThatIsNoShops(t *testing.T) {
	site, _ := site.New("", site.Way{Transport: unreached{t}})
	provider := NewProvider(site, "2026-10")
	for _, domain := range []string{"evil.example", "tea.myshopify.com.evil.example"} {
		_, identified := provider.Identify(t.Context(), domain, connector.NewSecret("t"))
		endpoint := provider.Endpoint(domain)
		_, exchanged := endpoint.Client.Post(endpoint.TokenURL, "application/x-www-form-urlencoded", strings.NewReader("client_secret=s"))
		for name, err := range map[string]error{"identify": identified, "exchange": exchanged,
			"uninstall": provider.Uninstall(t.Context(), domain, connector.NewSecret("t"))} {
			var fault *connector.Fault
			if !errors.As(err, &fault) || fault.Code != connector.StateUnusable || !strings.Contains(fault.Next.String(), "disconnect") {
				t.Errorf("%s at %s: %v", name, domain, err)
			}
		}
	}
}
