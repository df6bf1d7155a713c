package tokens

import (
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/fakeshop"
)

// setup is a keeper with its surroundings.
type setup struct {
	platform *fakeshop.Provider
	registry *fakeshop.Registry
	keeper   Keeper
}

// linked is a setup with a live install whose token ends after life; 0 means never.
func linked(t *testing.T, kind connector.TokenKind, life time.Duration) (*setup, connector.Connector) {
	s := &setup{platform: fakeshop.NewProvider(t), registry: fakeshop.NewRegistry()}
	s.keeper = Keeper{
		Provider: s.platform, Registry: s.registry, Now: time.Now,
		App: connector.App{ClientID: "client", Secret: connector.NewSecret("CANARY-secret"), CallbackURL: "http://127.0.0.1:1/callback"},
	}
	return s, s.registry.Link(kind, life)
}
