package link

import (
	"context"
	"errors"
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/connector/tokens"
)

// Removal says how far a disconnect goes.
type Removal struct {
	Local     bool // forget only; the provider is not asked
	Uninstall bool // remove the app even where the install did not bring it

	Tell func(message string) // nil when nobody listens
}

// Revokes reports whether disconnecting c removes the app from the shop, for
// every tool that uses it. Only a browser install brought the app there itself.
func (r Removal) Revokes(c connector.Connector) bool {
	return c.State == connector.Live && !r.Local && (c.Auth == connector.Browser || r.Uninstall)
}

// Disconnect takes the provider's access away and then forgets it; catalogue, mappings
// and history stay. It returns the record as it is afterwards. A store that is
// disconnected already is no error; one that was never linked is a *Fault with the code
// NotConnected.
func (s *Service) Disconnect(ctx context.Context, store string, how Removal) (connector.Connector, error) {
	c, err := s.Registry.Connector(ctx, store, s.Provider.Platform().Name)
	switch {
	case err != nil:
		return c, err
	case c.Reason == connector.NeverConnected:
		return c, &connector.Fault{Code: connector.NotConnected, Message: "store " + store + " was never connected",
			Next: connector.Typed("status").Next()}
	case c.Reason == connector.Disconnected:
		return c, nil
	}
	if err := failpoint.Reach("disconnect/begun"); err != nil {
		return c, err
	}
	if how.Revokes(c) {
		if err := s.revokeToken(ctx, c, how); err != nil {
			return s.Missed(ctx, c, err)
		}
		if c, err = s.Registry.Connector(ctx, store, s.Provider.Platform().Name); err != nil {
			return c, err
		}
	}
	if err := failpoint.Reach("disconnect/revoked"); err != nil {
		return c, err
	}
	err = s.Registry.EndInstall(ctx, c, connector.Disconnected)
	if errors.Is(err, connector.ErrInstallChanged) {
		return c, &connector.Fault{Code: connector.Locked,
			Message: fmt.Sprintf("store %s was connected anew meanwhile; nothing was forgotten", store),
			Next:    c.DisconnectCommand().Next(), Err: err}
	}
	if err != nil {
		return c, err
	}
	return s.Registry.Connector(ctx, store, s.Provider.Platform().Name)
}

// revokeToken removes the app from the shop. If the shop refuses the token even after a
// renewal, the app is removed already.
func (s *Service) revokeToken(ctx context.Context, c connector.Connector, how Removal) error {
	err := tokens.WithToken(ctx, s.Credentials(c), func(token connector.Secret) error { return s.Provider.Uninstall(ctx, c.Domain, token) })
	var fault *connector.Fault
	switch {
	case !errors.As(err, &fault):
		return err
	case fault.Code == connector.TokenWasRefused:
		if how.Tell != nil {
			how.Tell(fmt.Sprintf("%s does not know the app any more: it was removed there before.", c.Domain))
		}
		return nil
	case !fault.IsOfContact():
		return err
	}
	told := *fault
	told.Message = fmt.Sprintf("the app could not be removed from %s: %s", c.Domain, fault.Message)
	told.Next = c.DisconnectCommand().With("--local").After("try again later, or forget it here only: ")
	if connector.MovedTo(fault) != "" {
		told.Next = fault.Next
	}
	return &told
}
