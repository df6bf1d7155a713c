package shopify

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/site"
)

// Provider connects stores to shops of Shopify. It implements connector.Provider.
type Provider struct {
	site       *site.Site
	apiVersion string
}

// NewProvider returns a provider that reaches Shopify at site and asks for an API version
// such as 2026-10.
func NewProvider(site *site.Site, apiVersion string) *Provider { return &Provider{site, apiVersion} }

// Platform returns what the rest of the program needs to know about Shopify.
func (p *Provider) Platform() connector.Platform { return Platform() }

// Sandbox reports whether a sandbox on this machine stands in for Shopify.
func (p *Provider) Sandbox() bool { return p.site.Sandbox() }

// Endpoint returns where the shop authorises apps. A token expires only if that was asked for
// (https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens).
func (p *Provider) Endpoint(domain string) connector.Endpoint {
	return connector.Endpoint{
		AuthorizeURL: p.site.BrowserURL(domain, "/admin/oauth/authorize", nil),
		TokenURL:     p.site.URL(domain, "/admin/oauth/access_token").String(),
		Expiring:     url.Values{"expiring": {"1"}},
		Client:       p.site.Client(domain),
	}
}

// Clock returns the time that the Date header of an answer from the shop's domain says, the
// zero time where there is no answer or no such header.
func (p *Provider) Clock(ctx context.Context, domain string) time.Time {
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, p.site.URL(domain, "/").String(), nil)
	if err != nil {
		return time.Time{}
	}
	response, err := p.site.Client(domain).Do(request)
	if err != nil {
		return time.Time{}
	}
	defer response.Body.Close()
	said, _ := http.ParseTime(response.Header.Get("Date")) // zero without a header
	return said
}

// Identify asks the shop who it is and which scopes it grants the app.
func (p *Provider) Identify(ctx context.Context, domain string, token connector.Secret) (connector.Account, error) {
	client := client.New(p.site, domain, p.apiVersion, client.OneToken(token), client.Pauses{})
	shop, err := NewSource(client, Options{}).Shop(ctx)
	if err != nil {
		return connector.Account{}, err
	}
	return connector.Account{
		ID: shop.AccountID, Domain: shop.Domain, Name: shop.Name, Currency: shop.Currency,
		Scopes: slices.Sorted(slices.Values(shop.Scopes)), APIVersion: shop.APIVersion,
	}, nil
}

// ParseShop returns the domain HANDLE.myshopify.com for a handle, that domain,
// its address in a browser, or admin.shopify.com/store/HANDLE. Anything else is
// a *connector.Fault with the code Usage.
func (p *Provider) ParseShop(typed string) (string, error) { return site.ParseShop(typed) }

// TokenRefused returns the fault for an error answer of the token endpoint.
func (p *Provider) TokenRefused(domain string, status int, header http.Header, body []byte) *connector.Fault {
	return client.TokenRefused(domain, status, header, body)
}

// Uninstall removes the app from the shop, which ends all its tokens there.
func (p *Provider) Uninstall(ctx context.Context, domain string, token connector.Secret) error {
	return client.UninstallApp(ctx, p.site, domain, p.apiVersion, token)
}
