package connector

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// issuer asks the token endpoint of one shop. Its errors are *Fault.
type issuer struct {
	provider Provider
	app      App
	domain   string
	now      func() time.Time
	patience *Patience
	sent     []string // secrets in the request, which an answer may repeat
}

// grant is what the token endpoint gave.
type grant struct {
	secrets Secrets
	token   TokenInfo
}

// authorizationConfig is the configuration of the authorisation-code flow.
func (i issuer) authorizationConfig(resources []Resource) *oauth2.Config {
	endpoint := i.provider.Endpoint(i.domain)
	return &oauth2.Config{
		ClientID: i.app.ClientID, ClientSecret: i.app.Secret.Reveal(), RedirectURL: i.app.CallbackURL,
		Scopes: []string{strings.Join(i.provider.Platform().ScopesFor(resources), ",")}, // the library would join them with spaces
		Endpoint: oauth2.Endpoint{
			AuthURL: endpoint.AuthorizeURL, TokenURL: endpoint.TokenURL,
			AuthStyle: oauth2.AuthStyleInParams, // guessing the style would send the one-use code twice
		},
	}
}

// redeemCode exchanges a code. A code works once, so that it is sent again only
// when the first request did not arrive or met a passing fault.
func (i issuer) redeemCode(ctx context.Context, code, verifier string, permanent bool) (grant, error) {
	options := []oauth2.AuthCodeOption{oauth2.VerifierOption(verifier)}
	if !permanent {
		for name, values := range i.provider.Endpoint(i.domain).Expiring {
			options = append(options, oauth2.SetAuthURLParam(name, values[0]))
		}
	}
	asked := i.now()
	i.sent = []string{code, verifier}
	token, err := i.askTokens(ctx, 2, notArrived, func(ctx context.Context) (*oauth2.Token, error) {
		return i.authorizationConfig(nil).Exchange(ctx, code, options...)
	})
	if err != nil {
		return grant{}, err
	}
	return i.grantOf(token, asked)
}

// refreshGrant exchanges a refresh token for a new pair. When the answer is lost the
// same token works again (https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens).
func (i issuer) refreshGrant(ctx context.Context, refreshToken Secret) (grant, error) {
	asked := i.now()
	i.sent = []string{refreshToken.Reveal()}
	token, err := i.askTokens(ctx, 4, mayPass, func(ctx context.Context) (*oauth2.Token, error) {
		return i.authorizationConfig(nil).TokenSource(ctx, &oauth2.Token{RefreshToken: refreshToken.Reveal()}).Token()
	})
	if err != nil {
		return grant{}, err
	}
	return i.grantOf(token, asked)
}

// mintGrant gets a token for the app itself, which the provider gives to apps of the
// shop's own organisation.
func (i issuer) mintGrant(ctx context.Context) (grant, error) {
	asked := i.now()
	token, err := i.askTokens(ctx, 4, mayPass, func(ctx context.Context) (*oauth2.Token, error) {
		return (&clientcredentials.Config{
			ClientID: i.app.ClientID, ClientSecret: i.app.Secret.Reveal(),
			TokenURL: i.provider.Endpoint(i.domain).TokenURL, AuthStyle: oauth2.AuthStyleInParams,
		}).Token(ctx)
	})
	if err != nil {
		return grant{}, err
	}
	life := secondsOf(token.Extra("expires_in"))
	if life <= 0 {
		return grant{}, i.incompleteFault("the token has no lifetime")
	}
	if err := i.checkUsable(Secrets{AccessToken: NewSecret(token.AccessToken)}); err != nil {
		return grant{}, err
	}
	return grant{
		secrets: Secrets{AccessToken: NewSecret(token.AccessToken), ClientSecret: i.app.Secret},
		token:   TokenInfo{Kind: FromSecrets, ExpiresAt: asked.Add(life), RenewAt: asked.Add(life - renewMargin(life))},
	}, nil
}

// grantOf reads the token answer. Of a token that expires all of refresh token
// and both lifetimes must be there, or the install would end without warning.
func (i issuer) grantOf(token *oauth2.Token, asked time.Time) (grant, error) {
	g := grant{
		secrets: Secrets{NewSecret(token.AccessToken), NewSecret(token.RefreshToken), i.app.Secret},
		token:   TokenInfo{Kind: Permanent},
	}
	if err := i.checkUsable(g.secrets); err != nil {
		return grant{}, err
	}
	life, refreshLife := secondsOf(token.Extra("expires_in")), secondsOf(token.Extra("refresh_token_expires_in"))
	if life == 0 && refreshLife == 0 && token.RefreshToken == "" {
		return g, nil
	}
	if life <= 0 || refreshLife <= 0 || token.RefreshToken == "" {
		return grant{}, i.incompleteFault("a token that expires needs its lifetime, a refresh token and that one's lifetime")
	}
	g.token = TokenInfo{Kind: Expiring, ExpiresAt: asked.Add(life), RefreshExpiresAt: asked.Add(refreshLife), RenewAt: asked.Add(life - renewMargin(life))}
	return g, nil
}

// renewMargin is how long before its end a token is renewed: five minutes, of an
// hour, and less for a token that lives shortly.
func renewMargin(life time.Duration) time.Duration { return min(5*time.Minute, life/4) }

// checkUsable refuses tokens that no request could hold.
func (i issuer) checkUsable(secrets Secrets) error {
	for name, secret := range map[string]Secret{"access token": secrets.AccessToken, "refresh token": secrets.RefreshToken} {
		if flaw := secret.Flaw(); flaw != "" {
			return &Fault{Code: ProviderFault, Message: fmt.Sprintf("the %s that %s issued holds %s; it was not kept", name, i.domain, flaw),
				Next: Advice("something between this machine and the shop may change its answers; try again")}
		}
	}
	return nil
}

func (i issuer) incompleteFault(why string) *Fault {
	return &Fault{Code: ProviderFault, Message: fmt.Sprintf("the token answer of %s is incomplete: %s", i.domain, why), Next: Advice("try again later")}
}

// longestLife is as long as a token may live; more is a fault of who says so.
const longestLife = 10 * 365 * 24 * time.Hour

// secondsOf reads a lifetime that was sent as a number or as text.
func secondsOf(sent any) time.Duration {
	n := 0.0
	switch said := sent.(type) {
	case float64:
		n = said
	case int64:
		n = float64(said)
	case string:
		n, _ = strconv.ParseFloat(said, 64)
	}
	if n < 0 || math.IsNaN(n) {
		return -1
	}
	return time.Duration(min(n, longestLife.Seconds())) * time.Second
}

// firstPause stands before the second request; each later pause is twice as long.
const firstPause = 500 * time.Millisecond

// throttledTries is how often in all a request is sent that is told to come later.
const throttledTries = 20

// askTokens sends a request to the token endpoint, at most tries times while again
// says that it may help, and more often while the shop asks for a pause.
func (i issuer) askTokens(ctx context.Context, tries int, again func(error) bool, request func(context.Context) (*oauth2.Token, error)) (*oauth2.Token, error) {
	client := *i.provider.Endpoint(i.domain).Client
	client.Transport = acceptJSON{client.Transport}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, &client)
	token, err := request(ctx)
	for failed, throttled := 1, 0; err != nil && (again(err) || i.isForeign(err)); {
		asked, throttles := i.asksForPause(err)
		if throttles {
			throttled++
		}
		if failed-throttled >= tries || throttled >= throttledTries {
			break
		}
		if err := i.pauseBefore(ctx, err, max(asked, firstPause<<min(failed-1, 6)), asked); err != nil {
			return nil, err
		}
		failed++
		token, err = request(ctx)
	}
	if err != nil {
		return nil, i.refusedFault(ctx, err)
	}
	i.patience.Moved()
	return token, nil
}

// asksForPause is how long a refusal asks to wait, and whether it is about nothing else.
func (i issuer) asksForPause(err error) (asked time.Duration, throttles bool) {
	refusal := (*oauth2.RetrieveError)(nil)
	if !errors.As(err, &refusal) {
		return 0, false
	}
	return RetryAfter(refusal.Response.Header), refusal.Response.StatusCode == http.StatusTooManyRequests
}

// pauseBefore waits before another attempt, if anybody has the patience for that.
func (i issuer) pauseBefore(ctx context.Context, why error, wait, asked time.Duration) error {
	fault := (*Fault)(nil)
	if refused := i.refusedFault(ctx, why); !errors.As(refused, &fault) {
		return refused
	}
	what := "another try: " + fault.Message
	if fault.Code == Throttled {
		what = i.domain + ", which asks for fewer requests"
	}
	if !i.patience.Allows(what, wait) {
		return i.patience.TooLong(fault, asked)
	}
	return Sleep(ctx, wait)
}

// notArrived reports whether the shop cannot have acted on the request, or says
// itself that it may pass.
func notArrived(err error) bool {
	if refusal := (*oauth2.RetrieveError)(nil); errors.As(err, &refusal) {
		return refusal.Response.StatusCode == http.StatusTooManyRequests || refusal.Response.StatusCode >= 500
	}
	dial := (*net.OpError)(nil)
	return errors.As(err, &dial) && dial.Op == "dial"
}

// mayPass reports whether a request that may be sent twice is worth it.
func mayPass(err error) bool {
	refusal, impostor, fault := (*oauth2.RetrieveError)(nil), (*tls.CertificateVerificationError)(nil), (*Fault)(nil)
	final := errors.As(err, &refusal) || errors.As(err, &impostor) || errors.As(err, &fault)
	return !final || notArrived(err)
}

// isForeign reports whether something else than the shop answered.
func (i issuer) isForeign(err error) bool {
	refusal := (*oauth2.RetrieveError)(nil)
	return errors.As(err, &refusal) && errors.Is(i.refusedFault(context.Background(), err), ErrForeign)
}

// refusedFault puts what went wrong into words.
func (i issuer) refusedFault(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if refusal := (*oauth2.RetrieveError)(nil); errors.As(err, &refusal) {
		return i.provider.TokenRefused(i.domain, refusal.Response.StatusCode, refusal.Response.Header, i.veilSecrets(refusal.Body))
	}
	if fault := (*Fault)(nil); errors.As(err, &fault) { // of the provider's own client, which did not send it
		return fault
	}
	if cause := (*url.Error)(nil); errors.As(err, &cause) {
		err = cause.Err // without the address
	}
	return &Fault{Code: Network, Message: fmt.Sprintf("the token endpoint of %s gave no token: %s", i.domain, clipText(err.Error(), 200)),
		Next: Advice("check the network and the proxy settings (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE), then try again")}
}

// veilSecrets hides what was sent in what came back.
func (i issuer) veilSecrets(body []byte) []byte {
	for _, secret := range append(i.sent, i.app.Secret.Reveal()) {
		if secret != "" {
			body = bytes.ReplaceAll(body, []byte(secret), []byte(redacted))
		}
	}
	return body
}

// acceptJSON asks for JSON; without it errors come as whole pages of HTML. A page in
// the place of a token is an error, too.
type acceptJSON struct{ next http.RoundTripper }

func (t acceptJSON) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Accept", "application/json")
	response, err := t.next.RoundTrip(r)
	if err != nil || response.StatusCode != http.StatusOK {
		return response, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	response.Body.Close()
	switch {
	case err != nil:
		return nil, err
	case !json.Valid(body):
		return nil, &oauth2.RetrieveError{Response: response} // its words may be a token all the same
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, nil
}

const longestAnswer = 1 << 20
