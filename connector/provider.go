package connector

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Provider is what a platform offers for being connected. Its errors are
// *Fault; those that end an attempt to connect carry a Reason.
type Provider interface {
	// Platform describes it.
	Platform() Platform
	// Sandbox reports whether a simulation on this machine stands for it.
	Sandbox() bool

	// ParseShop turns what an operator typed into the domain of a shop. It
	// sends nothing.
	ParseShop(typed string) (domain string, err error)
	// Endpoint says where a shop authorises apps and issues tokens.
	Endpoint(domain string) Endpoint
	// VerifyCallback checks what the provider adds to OAuth: that the callback
	// was signed with one of secrets, a short while ago. It returns the domain of the
	// shop that the callback speaks for, "" when it names none. No parameter of
	// query is repeated.
	VerifyCallback(query url.Values, secrets []Secret, now time.Time) (domain string, err error)
	// TokenRefused puts an error answer of the token endpoint into words. Its Reason is
	// InvalidClient, AppNotInstalled or ShopNotPermitted if that is the cause; its Code is
	// TokenWasRefused when a refresh token will never work again.
	TokenRefused(domain string, status int, header http.Header, body []byte) *Fault

	// Clock returns the shop's time, zero when the shop does not say.
	Clock(ctx context.Context, domain string) time.Time
	// Identify asks the shop who it is and what the token may do.
	Identify(ctx context.Context, domain string, token Secret) (Account, error)
	// Uninstall removes the app, and every token with it, from the shop.
	Uninstall(ctx context.Context, domain string, token Secret) error
}

// Endpoint is where one shop authorises apps. Client follows no redirects.
type Endpoint struct {
	AuthorizeURL string
	TokenURL     string
	Expiring     url.Values // added to a request for tokens that expire
	Client       *http.Client
}

// Account is an external shop as it describes itself, and what it grants.
type Account struct {
	ID         string // immutable
	Domain     string // the permanent one
	Name       string
	Currency   string // ISO 4217
	Scopes     []string
	APIVersion string // that answered
}
