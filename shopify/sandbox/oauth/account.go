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

// ChangeGrant runs an edit under the account's mutex.
func (a *Account) ChangeGrant(edit func(g *Grant)) {
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

// installApp records that the merchant approved the app.
func (g *Grant) installApp(scopes []string) {
	g.Installed = true
	g.Scopes = scopes
}

// UninstallApp takes away everything that the app had in this shop.
func (g *Grant) UninstallApp() {
	g.Installed, g.Scopes = false, nil
	g.Tokens.RevokeAll()
}

// InstallApp makes the merchant install the app without a browser.
func (a *Account) InstallApp(scopes []string) {
	a.ChangeGrant(func(g *Grant) { g.installApp(slices.Clone(scopes)) })
}

// UninstallApp removes the app.
func (a *Account) UninstallApp() { a.ChangeGrant((*Grant).UninstallApp) }

// GrantedRights returns the scopes of the app, and the fields that it may not read in spite of them.
func (a *Account) GrantedRights() (scopes, refused []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.grant.Scopes, a.grant.Refused
}

// PermanentToken gives a token without end, as an admin-created app would show it.
func (a *Account) PermanentToken() (token string) {
	a.ChangeGrant(func(g *Grant) { token = g.Tokens.permanentToken() })
	return token
}

// CheckToken looks for an access token. It returns the kind of the token, "none" for an empty value and "unknown" for a
// token that is not valid now; whether the token is good; and whether the Admin API accepts tokens of that kind.
func (a *Account) CheckToken(value string) (kind string, good, taken bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	token := a.grant.Tokens.validAccess(value, a.clock())
	switch {
	case value == "":
		return "none", token != nil, true
	case token == nil:
		return "unknown", false, true
	}
	return token.kind, true, token.kind != tokenPermanent || !a.grant.OnlyExpiring
}
