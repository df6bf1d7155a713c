package tokens

import (
	"context"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/eshopos/eshopctl/connector"
)

// Issuer gets tokens for an app from one shop. Its errors are *connector.Fault.
type Issuer struct {
	Provider connector.Provider
	App      connector.App
	Domain   string // of the shop
	Now      func() time.Time
	Patience *connector.Patience // with the token endpoint; may be nil
}

// NewVerifier returns a secret that proves that a code is redeemed by whoever asked
// for it (RFC 7636).
func NewVerifier() string { return oauth2.GenerateVerifier() }

// AuthorizeURL is the address at which the merchant approves the app, for reading these
// resources. The shop sends state back with its answer.
func (i Issuer) AuthorizeURL(resources []connector.Resource, state, verifier string) string {
	return i.authorizationConfig(resources).AuthCodeURL(state, oauth2.S256ChallengeOption(verifier))
}

// authorizationConfig is the configuration of the authorisation-code flow.
func (i Issuer) authorizationConfig(resources []connector.Resource) *oauth2.Config {
	endpoint := i.Provider.Endpoint(i.Domain)
	return &oauth2.Config{
		ClientID: i.App.ClientID, ClientSecret: i.App.Secret.Reveal(), RedirectURL: i.App.CallbackURL,
		Scopes: []string{strings.Join(i.Provider.Platform().ScopesFor(resources), ",")}, // the library would join them with spaces
		Endpoint: oauth2.Endpoint{
			AuthURL: endpoint.AuthorizeURL, TokenURL: endpoint.TokenURL,
			AuthStyle: oauth2.AuthStyleInParams, // guessing the style would send the one-use code twice
		},
	}
}

// RedeemCode exchanges the code of a callback, for a token that expires unless permanent
// is set. A code works once, so it is sent again only when the first request did not
// arrive or met a fault that may pass.
func (i Issuer) RedeemCode(ctx context.Context, code, verifier string, permanent bool) (Grant, error) {
	options := []oauth2.AuthCodeOption{oauth2.VerifierOption(verifier)}
	if !permanent {
		for name, values := range i.Provider.Endpoint(i.Domain).Expiring {
			options = append(options, oauth2.SetAuthURLParam(name, values[0]))
		}
	}
	asked := i.Now()
	token, err := i.endpoint(code, verifier).askTokens(ctx, 2, notArrived, func(ctx context.Context) (*oauth2.Token, error) {
		return i.authorizationConfig(nil).Exchange(ctx, code, options...)
	})
	if err != nil {
		return Grant{}, err
	}
	return readGrant(token, asked, i.Domain, i.App.Secret)
}

// refreshGrant exchanges a refresh token for a new pair. When the answer is lost the
// same token works again (https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens).
func (i Issuer) refreshGrant(ctx context.Context, refreshToken connector.Secret) (Grant, error) {
	asked := i.Now()
	token, err := i.endpoint(refreshToken.Reveal()).askTokens(ctx, 4, mayPass, func(ctx context.Context) (*oauth2.Token, error) {
		return i.authorizationConfig(nil).TokenSource(ctx, &oauth2.Token{RefreshToken: refreshToken.Reveal()}).Token()
	})
	if err != nil {
		return Grant{}, err
	}
	return readGrant(token, asked, i.Domain, i.App.Secret)
}

// MintGrant gets a token for the app itself. The provider gives one only to apps of the
// shop's own organisation.
func (i Issuer) MintGrant(ctx context.Context) (Grant, error) {
	asked := i.Now()
	token, err := i.endpoint().askTokens(ctx, 4, mayPass, func(ctx context.Context) (*oauth2.Token, error) {
		return (&clientcredentials.Config{
			ClientID: i.App.ClientID, ClientSecret: i.App.Secret.Reveal(),
			TokenURL: i.Provider.Endpoint(i.Domain).TokenURL, AuthStyle: oauth2.AuthStyleInParams,
		}).Token(ctx)
	})
	if err != nil {
		return Grant{}, err
	}
	return readMintedGrant(token, asked, i.Domain, i.App.Secret)
}

// endpoint is the token endpoint of the shop, for a request that holds these secrets
// and that of the app.
func (i Issuer) endpoint(sent ...string) tokenEndpoint {
	return tokenEndpoint{i.Provider, i.Domain, i.Patience, append(sent, i.App.Secret.Reveal())}
}
