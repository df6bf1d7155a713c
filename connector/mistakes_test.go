package connector

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

// The provider has retired the old pair, so the new one is kept whatever the operator
// does meanwhile.
func TestARenewedTokenIsKeptWhenTheOperatorStops(t *testing.T) {
	s, c := linked(t, Expiring, 0)
	c.Token.RenewAt = s.service.Now()
	s.registry.records["main"] = c
	ctx, stop := context.WithCancel(t.Context())
	s.platform.token = func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, pair(1)) }
	s.service.Registry = stopping{s.registry, stop}
	_, _ = s.service.Credentials(c).Token(ctx) // whatever comes of the command
	if kept := s.registry.secrets["main"].RefreshToken.Reveal(); kept != "refresh-1" {
		t.Errorf("%s is kept", kept)
	}
}

// stopping is a registry whose operator stops the program at the moment at which a new
// token is to be kept. As a file would, it keeps nothing for those who were stopped.
type stopping struct {
	*memory
	stop func()
}

func (s stopping) SaveTokens(ctx context.Context, c Connector, token TokenInfo, secrets Secrets) error {
	if s.stop(); ctx.Err() != nil {
		return ctx.Err()
	}
	return s.memory.SaveTokens(ctx, c, token, secrets)
}

// The secret of one app proves nothing for another.
func TestAStoredSecretIsForItsClientIDOnly(t *testing.T) {
	for clientID, known := range map[string]bool{"client": true, "other": false, "": true} {
		s, c := linked(t, Permanent, 0)
		s.service.App = App{ClientID: clientID, CallbackURL: s.service.App.CallbackURL}
		s.request.Auth = ClientCredentials
		s.platform.token = func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, `{"access_token":"minted","expires_in":3600}`)
		}
		_, err := s.service.Connect(t.Context(), s.request)
		switch {
		case known && err != nil:
			t.Errorf("client id %q: %v", clientID, err)
		case !known && (err == nil || !strings.Contains(err.Error(), "CLIENT_SECRET")):
			t.Errorf("client id %q: %v", clientID, err)
		case !known && s.platform.exchanged() != 0:
			t.Errorf("the secret of %s was sent for %s", c.ClientID, clientID)
		}
	}
}

// What a session from before saw is no matter of the install that came after it.
func TestAnOldSessionSaysNothingAboutANewInstall(t *testing.T) {
	s, old := linked(t, Permanent, 0)
	fresh := old
	fresh.Generation++
	s.registry.records["main"] = fresh
	for _, fault := range []*Fault{
		{Code: Network, Message: "no route"}, {Code: ShopUnavailable, Message: "frozen"}, {Code: TokenWasRefused, Message: "not accepted"},
	} {
		c, err := s.service.Missed(t.Context(), old, fault)
		if kept := s.registry.records["main"]; err == nil || kept.Trouble != "" || kept.Reason != "" || c.Generation != fresh.Generation {
			t.Errorf("%s: %v, on record %q %q", fault.Code, err, kept.Trouble, kept.Reason)
		}
		if _, err := s.service.Missed(t.Context(), fresh, fault); err == nil || s.registry.records["main"].Trouble != fault.Message {
			t.Errorf("%s of its own is not on record", fault.Code)
		}
		s.registry.records["main"] = fresh
	}
}

func TestABusyTokenEndpointIsAskedAgain(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(*setup, Connector) error{
		"renewal": func(s *setup, c Connector) error {
			_, err := s.service.Credentials(c).Token(t.Context())
			return err
		},
		"code": func(s *setup, _ Connector) error {
			_, err := issuer{provider: s.platform, app: s.service.App, domain: "tea.shop", now: s.service.Now}.redeemCode(t.Context(), "code", "verifier", false)
			return err
		},
	} {
		s, c := linked(t, Expiring, -1)
		s.platform.token = func(w http.ResponseWriter, _ *http.Request) {
			if s.platform.exchanged() == 1 {
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			io.WriteString(w, pair(2))
		}
		if err := ask(s, c); err != nil || s.platform.exchanged() != 2 {
			t.Errorf("%s: asked %d times: %v", name, s.platform.exchanged(), err)
		}
	}
}

// A good contact ends the attempt that failed before it. The currency stays that of the
// connect, so that imports notice another one.
func TestWhatAGoodContactSays(t *testing.T) {
	s, c := linked(t, Permanent, 0)
	c.Currency, c.Trouble, c.Reason, c.LastAttempt = "EUR", "it was frozen", ShopIsUnavailable, &Attempt{Reason: TimedOut}
	now, err := s.service.Met(t.Context(), c, Account{ID: c.AccountID, Domain: c.Domain, Currency: "USD", Scopes: c.Scopes})
	if err != nil || now.Currency != "EUR" || now.Trouble != "" || now.Reason != "" || now.AttemptFailed() {
		t.Errorf("%v: %+v", err, now)
	}
	if _, err := s.service.Met(t.Context(), c, Account{ID: "gid://shop/9"}); err == nil {
		t.Error("another shop was met")
	}
}

// Hints of the provider, which knows no stores, name the store and the shop as it is
// called now.
func TestHintsNameTheStoreAndItsShop(t *testing.T) {
	_, c := linked(t, Permanent, 0)
	for want, fault := range map[string]*Fault{
		"connect fake --store main --shop tea.shop --permanent-token": {Next: Typed("connect", "fake").ForStoreAtHand().Next()},
		"connect fake --store main --shop new.shop --permanent-token": {Next: Typed("connect", "fake").ForStoreAtHand().Next(), Err: &Moved{"new.shop"}},
		"doctor --store main": {Next: Typed("doctor").ForStoreAtHand().Next()},
	} {
		if got := c.Addressed(fault).String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
