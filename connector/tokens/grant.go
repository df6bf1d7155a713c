package tokens

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"golang.org/x/oauth2"

	"github.com/eshopos/eshopctl/connector"
)

// Grant is what the token endpoint gave: the tokens, and how long they live.
type Grant struct {
	Secrets connector.Secrets
	Token   connector.TokenInfo
}

// readGrant reads the answer to a code or a refresh token. A token that expires must
// come with a refresh token and both lifetimes, or the install would end without warning.
func readGrant(token *oauth2.Token, asked time.Time, domain string, clientSecret connector.Secret) (Grant, error) {
	g := Grant{
		Secrets: connector.Secrets{AccessToken: connector.NewSecret(token.AccessToken),
			RefreshToken: connector.NewSecret(token.RefreshToken), ClientSecret: clientSecret},
		Token: connector.TokenInfo{Kind: connector.Permanent},
	}
	if err := checkUsable(g.Secrets, domain); err != nil {
		return Grant{}, err
	}
	life, refreshLife := secondsOf(token.Extra("expires_in")), secondsOf(token.Extra("refresh_token_expires_in"))
	if life == 0 && refreshLife == 0 && token.RefreshToken == "" {
		return g, nil
	}
	if life <= 0 || refreshLife <= 0 || token.RefreshToken == "" {
		return Grant{}, incompleteFault(domain, "a token that expires needs its lifetime, a refresh token and that one's lifetime")
	}
	g.Token = connector.TokenInfo{Kind: connector.Expiring, ExpiresAt: asked.Add(life), RefreshExpiresAt: asked.Add(refreshLife),
		RenewAt: asked.Add(life - renewMargin(life))}
	return g, nil
}

// readMintedGrant reads the answer to client credentials, which has no refresh token.
func readMintedGrant(token *oauth2.Token, asked time.Time, domain string, clientSecret connector.Secret) (Grant, error) {
	life := secondsOf(token.Extra("expires_in"))
	if life <= 0 {
		return Grant{}, incompleteFault(domain, "the token has no lifetime")
	}
	g := Grant{
		Secrets: connector.Secrets{AccessToken: connector.NewSecret(token.AccessToken), ClientSecret: clientSecret},
		Token:   connector.TokenInfo{Kind: connector.FromSecrets, ExpiresAt: asked.Add(life), RenewAt: asked.Add(life - renewMargin(life))},
	}
	if err := checkUsable(g.Secrets, domain); err != nil {
		return Grant{}, err
	}
	return g, nil
}

// renewMargin is how long before its end a token is renewed: five minutes of an hour,
// and a quarter of the life of a token that lives shortly.
func renewMargin(life time.Duration) time.Duration { return min(5*time.Minute, life/4) }

// checkUsable refuses tokens that no request could hold.
func checkUsable(secrets connector.Secrets, domain string) error {
	for name, secret := range map[string]connector.Secret{"access token": secrets.AccessToken, "refresh token": secrets.RefreshToken} {
		if flaw := secret.Flaw(); flaw != "" {
			return &connector.Fault{Code: connector.ProviderFault,
				Message: fmt.Sprintf("the %s that %s issued holds %s; it was not kept", name, domain, flaw),
				Next:    connector.Advice("something between this machine and the shop may change its answers; try again")}
		}
	}
	return nil
}

func incompleteFault(domain, why string) *connector.Fault {
	return &connector.Fault{Code: connector.ProviderFault, Message: fmt.Sprintf("the token answer of %s is incomplete: %s", domain, why),
		Next: connector.Advice("try again later")}
}

// longestLife bounds the lifetime of a token: a longer one is a mistake of the endpoint.
const longestLife = 10 * 365 * 24 * time.Hour

// secondsOf reads a lifetime that was sent as a number or as text. It is negative where
// that is no lifetime.
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
