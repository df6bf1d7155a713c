package connector

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// grant is what the token endpoint gave.
type grant struct {
	secrets Secrets
	token   TokenInfo
}

// retryPause stands before the second request of a code exchange.
const retryPause = 500 * time.Millisecond

func (a *attempt) oauth(endpoint Endpoint) *oauth2.Config {
	return &oauth2.Config{
		ClientID: a.app.ClientID, ClientSecret: a.app.Secret.Reveal(), RedirectURL: a.App.CallbackURL,
		Scopes: []string{strings.Join(ScopesFor(a.request.Only), ",")}, // the library would join them with spaces
		Endpoint: oauth2.Endpoint{
			AuthURL: endpoint.AuthorizeURL, TokenURL: endpoint.TokenURL,
			AuthStyle: oauth2.AuthStyleInParams, // guessing the style would send the one-use code twice
		},
	}
}

// exchange redeems the code. It is sent a second time only when the first
// request did not arrive or met a passing fault.
func (a *attempt) exchange(ctx context.Context, code, verifier string) (grant, error) {
	endpoint := a.Provider.Endpoint(a.domain)
	client := *endpoint.Client
	client.Transport = acceptJSON{client.Transport}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, &client)
	options := []oauth2.AuthCodeOption{oauth2.VerifierOption(verifier)}
	if !a.request.Permanent {
		options = append(options, parameters(endpoint.Expiring)...)
	}
	asked := a.Now()
	token, err := a.oauth(endpoint).Exchange(ctx, code, options...)
	if passing(err) && sleep(ctx, retryPause) == nil {
		token, err = a.oauth(endpoint).Exchange(ctx, code, options...)
	}
	if err != nil {
		return grant{}, a.exchangeFault(err)
	}
	return a.granted(token, asked)
}

func parameters(values url.Values) []oauth2.AuthCodeOption {
	var options []oauth2.AuthCodeOption
	for name := range values {
		options = append(options, oauth2.SetAuthURLParam(name, values.Get(name)))
	}
	return options
}

// granted reads the token answer. Of a token that expires all of refresh token
// and both lifetimes must be there, or the install would end without warning.
func (a *attempt) granted(token *oauth2.Token, asked time.Time) (grant, error) {
	g := grant{
		secrets: Secrets{NewSecret(token.AccessToken), NewSecret(token.RefreshToken), a.app.Secret},
		token:   TokenInfo{Kind: Permanent},
	}
	life, refreshLife := seconds(token.Extra("expires_in")), seconds(token.Extra("refresh_token_expires_in"))
	if life == 0 && refreshLife == 0 && token.RefreshToken == "" {
		return g, nil
	}
	if life <= 0 || refreshLife <= 0 || token.RefreshToken == "" {
		return grant{}, a.failure(ExchangeFailed, "", "the token answer of %s is incomplete: a token that expires needs its lifetime, a refresh token and that one's lifetime", a.domain)
	}
	g.token = TokenInfo{Kind: Expiring, ExpiresAt: asked.Add(life), RefreshExpiresAt: asked.Add(refreshLife)}
	return g, nil
}

// seconds reads a lifetime that was sent as a number or as text.
func seconds(sent any) time.Duration {
	switch n := sent.(type) {
	case float64:
		return time.Duration(n) * time.Second
	case int64:
		return time.Duration(n) * time.Second
	case string:
		whole, _ := strconv.ParseInt(n, 10, 32)
		return time.Duration(whole) * time.Second
	}
	return 0
}

// passing reports whether the same request may succeed a moment later.
func passing(err error) bool {
	if refusal := (*oauth2.RetrieveError)(nil); errors.As(err, &refusal) {
		return refusal.Response.StatusCode == http.StatusTooManyRequests || refusal.Response.StatusCode >= 500
	}
	dial := (*net.OpError)(nil)
	return errors.As(err, &dial) && dial.Op == "dial"
}

func (a *attempt) exchangeFault(err error) error {
	if refusal := (*oauth2.RetrieveError)(nil); errors.As(err, &refusal) {
		fault := *a.Provider.TokenRefused(refusal.Response.StatusCode, refusal.Body)
		told := a.failure(fault.Reason, fault.Hint, "%s", fault.Message)
		return told
	}
	if cause := (*url.Error)(nil); errors.As(err, &cause) {
		err = cause.Err // without the address
	}
	return a.failure(ExchangeFailed, "", "the token endpoint of %s gave no token: %s", a.domain, clip(err.Error(), 200))
}

func sleep(ctx context.Context, pause time.Duration) error {
	select {
	case <-time.After(pause):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// asFault returns err as a *Fault with a reason.
func asFault(err error, otherwise Reason) *Fault {
	var fault *Fault
	if !errors.As(err, &fault) {
		fault = &Fault{Code: NotConnected, Message: err.Error(), Err: err}
	}
	if fault.Reason == "" {
		told := *fault
		told.Reason = otherwise
		fault = &told
	}
	return fault
}

// acceptJSON asks for JSON; without it errors come as whole pages of HTML.
type acceptJSON struct{ next http.RoundTripper }

func (t acceptJSON) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Accept", "application/json")
	return t.next.RoundTrip(r)
}
