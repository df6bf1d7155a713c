package tokens

import (
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
)

// The provider has retired the old pair, so the new one is kept whatever the operator
// does meanwhile.
func TestARenewedTokenIsKeptWhenTheOperatorStops(t *testing.T) {
	s, c := linked(t, connector.Expiring, 0)
	c.Token.RenewAt = s.keeper.Now()
	s.registry.Records["main"] = c
	ctx, stop := context.WithCancel(t.Context())
	s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, fakeshop.Pair(1)) }
	s.keeper.Registry = stopping{s.registry, stop}
	_, _ = s.keeper.Credentials(c).Token(ctx) // whatever comes of the command
	if kept := s.registry.Sealed["main"].RefreshToken.Reveal(); kept != "refresh-1" {
		t.Errorf("%s is kept", kept)
	}
}

// stopping is a registry whose operator stops the program at the moment at which a new
// token is to be kept. As a file would, it keeps nothing for those who were stopped.
type stopping struct {
	*fakeshop.Registry
	stop func()
}

func (s stopping) SaveTokens(ctx context.Context, c connector.Connector, token connector.TokenInfo, secrets connector.Secrets) error {
	if s.stop(); ctx.Err() != nil {
		return ctx.Err()
	}
	return s.Registry.SaveTokens(ctx, c, token, secrets)
}

func TestABusyTokenEndpointIsAskedAgain(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(*setup, connector.Connector) error{
		"renewal": func(s *setup, c connector.Connector) error {
			_, err := s.keeper.Credentials(c).Token(t.Context())
			return err
		},
		"code": func(s *setup, _ connector.Connector) error {
			_, err := Issuer{Provider: s.platform, App: s.keeper.App, Domain: "tea.shop", Now: s.keeper.Now}.RedeemCode(t.Context(), "code", "verifier", false)
			return err
		},
	} {
		s, c := linked(t, connector.Expiring, -1)
		s.platform.TokenAnswer = func(w http.ResponseWriter, _ *http.Request) {
			if s.platform.Exchanged() == 1 {
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			io.WriteString(w, fakeshop.Pair(2))
		}
		if err := ask(s, c); err != nil || s.platform.Exchanged() != 2 {
			t.Errorf("%s: asked %d times: %v", name, s.platform.Exchanged(), err)
		}
	}
}
