package link

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/tokens"
)

// Service links stores to the shops of one provider.
type Service struct {
	Provider connector.Provider
	Registry connector.Registry
	App      connector.App
	Now      func() time.Time
	Patience *connector.Patience // with the token endpoint
}

// Credentials returns the credentials of a live connector, which renew its token in
// time.
func (s *Service) Credentials(c connector.Connector) connector.Credentials {
	return tokens.Keeper{Provider: s.Provider, Registry: s.Registry, App: s.App, Now: s.Now, Patience: s.Patience}.Credentials(c)
}
