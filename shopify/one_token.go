package shopify

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
)

// oneToken is credentials that cannot be renewed.
type oneToken connector.Secret

func (t oneToken) Token(context.Context) (connector.Secret, error) { return connector.Secret(t), nil }

func (t oneToken) Refused(context.Context, connector.Secret) (connector.Secret, error) {
	return connector.Secret{}, &connector.Fault{Code: connector.TokenWasRefused, Message: "the shop does not accept the token", Next: reconnect}
}
