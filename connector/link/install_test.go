package link

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// linked is a setup with a live install whose token ends after life; 0 means never.
func linked(t *testing.T, kind connector.TokenKind, life time.Duration) (*setup, connector.Connector) {
	s := newSetup(t)
	return s, s.registry.Link(kind, life)
}

func TestConnectDirectly(t *testing.T) {
	t.Run("client credentials", func(t *testing.T) {
		s := newSetup(t)
		s.request.Auth = connector.ClientCredentials
		s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, `{"access_token":"minted","expires_in":86399}`)
		}
		c, err := s.service.Connect(t.Context(), s.request)
		if err != nil || c.Auth != connector.ClientCredentials || c.Token.Kind != connector.FromSecrets || c.Token.ExpiresAt.IsZero() {
			t.Errorf("%+v %v", c, err)
		}
	})
	t.Run("not installed", func(t *testing.T) {
		s := newSetup(t)
		s.request.Auth = connector.ClientCredentials
		s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(400)
			io.WriteString(w, `{"error":"app_not_installed"}`)
		}
		_, err := s.service.Connect(t.Context(), s.request)
		s.fails(err, connector.AppNotInstalled)
	})
	t.Run("token", func(t *testing.T) {
		s := newSetup(t)
		s.request.Auth, s.service.App.ClientID = connector.AdminToken, ""
		var fault *connector.Fault
		if _, err := s.service.Connect(t.Context(), s.request); !errors.As(err, &fault) || fault.Code != connector.Usage {
			t.Errorf("without a token: %v", err)
		}
		s.request.Token = connector.NewSecret("CANARY-admin")
		c, err := s.service.Connect(t.Context(), s.request)
		if err != nil || c.Token.Kind != connector.Permanent || c.ClientID != "" || s.registry.Sealed["main"].AccessToken.Reveal() != "CANARY-admin" {
			t.Errorf("%+v %v", c, err)
		}
		s.platform.Refusal = &connector.Fault{Code: connector.TokenWasRefused, Message: "no"}
		_, err = s.service.Connect(t.Context(), s.request)
		s.fails(err, connector.ExchangeFailed)
	})
}

// An attempt that fails after the exchange has cost the install before its
// refresh token, and hands on its own.
//
// hazard O29
func TestFailedAttemptHandsItsTokensOn(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*setup)
		token  string // of the install afterwards
	}{
		"out of reach":     {func(s *setup) { s.platform.Refusal = &connector.Fault{Code: connector.Network, Message: "no route"} }, "CANARY-access"},
		"known as another": {func(s *setup) { s.platform.Account.Domain = "vanity.shop" }, "CANARY-access"},
		"another shop":     {func(s *setup) { s.platform.Account.ID = "gid://shop/2" }, "old"},
		"another app": {func(s *setup) {
			s.service.App.ClientID = "other"
			s.platform.Refusal = &connector.Fault{Code: connector.Network, Message: "no route"}
		}, "old"},
	} {
		s, before := linked(t, connector.Expiring, time.Hour)
		test.change(s)
		sent, done := s.start(t.Context())
		s.get(s.callback(signed(sent.Get("state"))), nil)
		if err := (<-done).err; err == nil {
			t.Errorf("%s: connected", name)
		}
		after := s.registry.Records["main"]
		if after.State != connector.Live || after.Generation != before.Generation || s.registry.Sealed["main"].AccessToken.Reveal() != test.token {
			t.Errorf("%s: %s, token %s", name, after.State, s.registry.Sealed["main"].AccessToken.Reveal())
		}
	}
}

// The secret of one app proves nothing for another.
func TestAStoredSecretIsForItsClientIDOnly(t *testing.T) {
	for clientID, known := range map[string]bool{"client": true, "other": false, "": true} {
		s, c := linked(t, connector.Permanent, 0)
		s.service.App = connector.App{ClientID: clientID, CallbackURL: s.service.App.CallbackURL}
		s.request.Auth = connector.ClientCredentials
		s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, `{"access_token":"minted","expires_in":3600}`)
		}
		_, err := s.service.Connect(t.Context(), s.request)
		switch {
		case known && err != nil:
			t.Errorf("client id %q: %v", clientID, err)
		case !known && (err == nil || !strings.Contains(err.Error(), "CLIENT_SECRET")):
			t.Errorf("client id %q: %v", clientID, err)
		case !known && s.platform.Exchanged() != 0:
			t.Errorf("the secret of %s was sent for %s", c.ClientID, clientID)
		}
	}
}
