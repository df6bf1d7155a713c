package oauth

import (
	"slices"
	"sync"
	"time"
)

// Account holds what one shop has granted to the app. It is safe for use from several goroutines.
type Account struct {
	mu    sync.Mutex
	grant Grant
	clock func() time.Time
}

// NewAccount returns the account of an app that is not installed.
func NewAccount() *Account { return &Account{clock: time.Now} }

// OpenAt makes tokens end by this clock.
func (a *Account) OpenAt(clock func() time.Time) { a.clock = clock }

// Change runs an edit under the account's mutex.
func (a *Account) Change(edit func(g *Grant)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	edit(&a.grant)
}

// Grant is what a shop and its merchant let the app do.
type Grant struct {
	Installed bool
	Scopes    []string
	Refused   []string // fields that the app may not read, whatever its scopes

	AutoApprove      bool
	DenyNext         bool
	SameOrganisation bool
	OnlyExpiring     bool   // permanent tokens are refused, as those of public apps
	Ending           string // of issued access tokens, which no token has

	Tokens Tokens
}

// install records that the merchant approved the app.
func (g *Grant) install(scopes []string) {
	g.Installed = true
	g.Scopes = scopes
}

// Uninstall takes away everything that the app had in this shop.
func (g *Grant) Uninstall() {
	g.Installed, g.Scopes = false, nil
	g.Tokens.Revoke()
}

// Install makes the merchant install the app without a browser.
func (a *Account) Install(scopes []string) {
	a.Change(func(g *Grant) { g.install(slices.Clone(scopes)) })
}

// Uninstall removes the app.
func (a *Account) Uninstall() { a.Change((*Grant).Uninstall) }

// Rights are the scopes of the app, and the fields that it may not read all the same.
func (a *Account) Rights() (scopes, refused []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.grant.Scopes, a.grant.Refused
}

// PermanentToken gives a token without end, as an admin-created app would show it.
func (a *Account) PermanentToken() (token string) {
	a.Change(func(g *Grant) { token = g.Tokens.permanentToken() })
	return token
}

// Token looks a value up among the tokens that are good now: what kind it is, and whether the platform takes that kind.
// The kind is "none" without a value, and "unknown" for one that is no good.
func (a *Account) Token(value string) (kind string, good, taken bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	token := a.grant.Tokens.valid(value, a.clock())
	switch {
	case value == "":
		return "none", token != nil, true
	case token == nil:
		return "unknown", false, true
	}
	return token.kind, true, token.kind != tokenPermanent || !a.grant.OnlyExpiring
}
