package link

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
)

// Connect gets the right to read the shop and makes the connector live. The
// error is a *Fault. An attempt that was made and failed is then on record, with its
// Reason; what was refused before anything was asked of the shop leaves no trace. A
// working install survives every failure.
func (s *Service) Connect(ctx context.Context, r Request) (connector.Connector, error) {
	a, err := prepareAttempt(ctx, s, r)
	if err != nil {
		return connector.Connector{}, err
	}
	if err := a.refuseKnown(ctx); err != nil {
		return connector.Connector{}, err
	}
	if r.Auth == connector.Browser {
		return connectInBrowser(ctx, a)
	}
	if err := a.beginAttempt(ctx); err != nil {
		return connector.Connector{}, err
	}
	return a.endAttempt(ctx, a.installDirectly)
}
