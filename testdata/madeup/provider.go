// Package madeup is a provider that only tests know: market stalls, which are called
// NAME@market, give numbers for ids, and let everybody in who has the word.
package madeup

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Name is the provider's.
const Name = "madeup"

// Word is the token that every stall takes.
const Word = "open-sesame"

// Provider is the market for the connection of stores.
type Provider struct{ Stall *Stall }

// Platform is what the market says of itself.
func (p Provider) Platform() connector.Platform { return Platform() }

// Sandbox is false.
func (p Provider) Sandbox() bool { return false }

// ParseShop takes a stall with or without its market.
func (p Provider) ParseShop(typed string) (string, error) {
	return strings.TrimSuffix(typed, "@market") + "@market", nil
}

// Endpoint is none: nobody is asked to approve an app.
func (p Provider) Endpoint(string) connector.Endpoint { return connector.Endpoint{} }

// VerifyCallback knows of no callback.
func (p Provider) VerifyCallback(url.Values, []connector.Secret, time.Time) (string, error) {
	return "", &connector.Fault{Code: connector.Usage, Message: "the market calls nobody back"}
}

// TokenRefused knows of no token endpoint.
func (p Provider) TokenRefused(string, int, http.Header, []byte) *connector.Fault {
	return &connector.Fault{Code: connector.ProviderFault, Message: "the market gives no tokens"}
}

// Clock is none: the market opens at dawn.
func (p Provider) Clock(context.Context, string) time.Time { return time.Time{} }

// Identify is the stall, to who has the word.
func (p Provider) Identify(_ context.Context, _ string, token connector.Secret) (connector.Account, error) {
	if token.Reveal() != Word {
		return connector.Account{}, &connector.Fault{Code: connector.TokenWasRefused, Reason: connector.TokenRejected, Message: "that is not the word"}
	}
	shop := p.Stall.describe()
	return connector.Account{ID: shop.AccountID, Domain: shop.Domain, Name: shop.Name, Currency: shop.Currency, Scopes: shop.Scopes, APIVersion: shop.APIVersion}, nil
}

// Uninstall has nothing to remove.
func (p Provider) Uninstall(context.Context, string, connector.Secret) error { return nil }
