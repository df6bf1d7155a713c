package sandbox

import (
	"slices"
	"time"
)

// What tests and demonstrations do to the dealings between shops and app.

// open makes the shop ready to be served.
func (s *Shop) open(clock func() time.Time, url string, points bucket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock = clock
	s.account.bucket = points
	s.bulk.serverURL = url
}

// change runs an edit of the account under the shop's mutex.
func (s *Shop) change(edit func(a *account)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	edit(&s.account)
}

// AutoApprove makes the merchant approve every authorization without being asked.
func (s *Shop) AutoApprove(on bool) { s.change(func(a *account) { a.autoApprove = on }) }

// SameOrganisation says whether the shop belongs to the app's own organisation, which is what the client
// credentials grant asks for.
func (s *Shop) SameOrganisation(on bool) { s.change(func(a *account) { a.sameOrganisation = on }) }

// OnlyExpiring says whether the Admin API refuses tokens without end, as it does to public apps
// (https://shopify.dev/changelog/expiring-offline-access-tokens-required-for-public-apps-april-1-2026).
func (s *Shop) OnlyExpiring(on bool) { s.change(func(a *account) { a.onlyExpiring = on }) }

// Freeze makes the platform answer 402, as for a shop that did not pay.
func (s *Shop) Freeze(on bool) { s.setState(shopFrozen, on) }

// Lock makes the platform answer 423.
func (s *Shop) Lock(on bool) { s.setState(shopLocked, on) }

// Close makes the platform answer 404, as for a shop that is gone.
func (s *Shop) Close(on bool) { s.setState(shopClosed, on) }

// Forbid makes the platform answer 403, as for an address that is not on the app's list.
func (s *Shop) Forbid(on bool) { s.setState(shopForbidden, on) }

func (s *Shop) state() shopState {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.account.state
}

func (s *Shop) setState(state shopState, on bool) {
	s.change(func(a *account) {
		a.state = shopOpen
		if on {
			a.state = state
		}
	})
}

func (s *Server) change(domain string, edit func(a *account)) {
	if shop := s.Shop(domain); shop != nil {
		shop.change(edit)
	}
}

// Install makes the merchant install the app without a browser, with all scopes the app asks for.
func (s *Server) Install(domain string) {
	s.change(domain, func(a *account) { a.install(slices.Clone(s.app.Scopes)) })
}

// Installed reports whether the shop has the app.
func (s *Server) Installed(domain string) (yes bool) {
	s.change(domain, func(a *account) { yes = a.installed })
	return yes
}

// Uninstall makes the merchant remove the app.
func (s *Server) Uninstall(domain string) { s.change(domain, (*account).uninstall) }

// ExpireTokens ends the life of all access tokens that have an end; refresh tokens stay good.
func (s *Server) ExpireTokens(domain string) { s.change(domain, (*account).expire) }

// RevokeTokens makes all tokens of the shop worthless, refresh tokens too.
func (s *Server) RevokeTokens(domain string) { s.change(domain, (*account).revoke) }

// SetGrantedScopes changes what the merchant has granted to the installed app.
func (s *Server) SetGrantedScopes(domain string, scopes []string) {
	s.change(domain, func(a *account) { a.scopes = slices.Clone(scopes) })
}

// DenyNext makes the merchant refuse the next authorization.
func (s *Server) DenyNext(domain string) {
	s.change(domain, func(a *account) { a.denyNext = true })
}

// Secrets lists everything that a client must keep to itself: the client secret, and every token and code that was
// ever handed out. Tests look for them where they must not be.
func (s *Server) Secrets() []string {
	secrets := []string{s.app.ClientSecret}
	for _, shop := range s.served() {
		shop.change(func(a *account) { secrets = append(secrets, a.issued...) })
	}
	return secrets
}

// AccessToken gives a permanent token for an installed app, as an admin-created app would show it.
func (s *Server) AccessToken(domain string) string {
	token := ""
	s.change(domain, func(a *account) { token = a.permanentToken() })
	return token
}
