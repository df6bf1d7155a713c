package sandboxtest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox"
	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
)

// Options say what a sandbox serves, as sandbox.Options do.
type Options struct {
	App   App
	Shops []*Shop

	Addr  string
	Clock func() time.Time

	BucketSize, RestoreRate float64

	Wrap func(http.Handler) http.Handler
}

// Server is a running sandbox that remembers what it was asked.
type Server struct {
	*sandbox.Server
	log   *sandbox.RequestLog
	shops []*Shop
}

// Start serves the given shops until Close.
func Start(options Options) (*Server, error) {
	var served []*sandbox.Shop
	for _, shop := range options.Shops {
		served = append(served, shop.Shop)
	}
	log := &sandbox.RequestLog{}
	server, err := sandbox.Start(sandbox.Options{
		App: options.App, Shops: served, Addr: options.Addr, Clock: options.Clock,
		BucketSize: options.BucketSize, RestoreRate: options.RestoreRate, Wrap: options.Wrap, Log: log,
	})
	if err != nil {
		return nil, err
	}
	return &Server{server, log, options.Shops}, nil
}

// URL is the address of the sandbox, http://127.0.0.1:PORT.
func (s *Server) URL() string { return s.environmentValue("ESHOPCTL_SHOPIFY_URL") }

// environmentValue is the value of a variable of the environment that points eshopctl at the sandbox.
func (s *Server) environmentValue(name string) string {
	for _, variable := range s.Env() {
		if value, found := strings.CutPrefix(variable, name+"="); found {
			return value
		}
	}
	return ""
}

// Shop is the shop at a domain, or nil.
func (s *Server) Shop(domain string) *Shop {
	served := s.Server.Shop(domain)
	for _, shop := range s.shops {
		if shop.Shop == served {
			return shop
		}
	}
	return nil
}

// Requests lists what the sandbox was asked so far, in the order of arrival.
func (s *Server) Requests() []Request {
	s.log.Lock()
	defer s.log.Unlock()
	requests := make([]Request, len(s.log.Requests))
	for i, r := range s.log.Requests {
		requests[i] = *r
	}
	return requests
}

// Secrets lists everything that a client must keep to itself: the client secret, and every token and code that was
// ever handed out. Tests look for them where they must not be.
func (s *Server) Secrets() []string {
	secrets := []string{s.environmentValue("ESHOPCTL_SHOPIFY_CLIENT_SECRET")}
	for _, shop := range s.shops {
		shop.Account.ChangeGrant(func(g *oauth.Grant) { secrets = append(secrets, g.Tokens.Issued...) })
	}
	return secrets
}

// Installed reports whether the shop has the app.
func (s *Server) Installed(domain string) (yes bool) {
	s.changeGrant(domain, func(g *oauth.Grant) { yes = g.Installed })
	return yes
}

// Uninstall makes the merchant remove the app.
func (s *Server) Uninstall(domain string) { s.changeGrant(domain, (*oauth.Grant).UninstallApp) }

// ExpireTokens ends the life of all access tokens that have an end; refresh tokens stay good.
func (s *Server) ExpireTokens(domain string) {
	s.changeGrant(domain, func(g *oauth.Grant) {
		for _, token := range g.Tokens.Access {
			if !token.Expires.IsZero() {
				token.Expires = time.Unix(0, 0)
			}
		}
	})
}

// RevokeTokens makes all tokens of the shop worthless, refresh tokens too.
func (s *Server) RevokeTokens(domain string) {
	s.changeGrant(domain, func(g *oauth.Grant) { g.Tokens.RevokeAll() })
}

// SetGrantedScopes changes what the merchant has granted to the installed app.
func (s *Server) SetGrantedScopes(domain string, scopes []string) {
	s.changeGrant(domain, func(g *oauth.Grant) { g.Scopes = slices.Clone(scopes) })
}

// DenyNext makes the merchant refuse the next authorization.
func (s *Server) DenyNext(domain string) {
	s.changeGrant(domain, func(g *oauth.Grant) { g.DenyNext = true })
}

func (s *Server) changeGrant(domain string, edit func(*oauth.Grant)) {
	if shop := s.Shop(domain); shop != nil {
		shop.Account.ChangeGrant(edit)
	}
}

// SignCallback is the hmac of a callback as the shop's server makes it.
func SignCallback(secret string, parameters url.Values) string {
	return oauth.SignCallback(secret, parameters)
}
