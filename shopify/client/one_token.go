package client

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
)

// OneToken is a token that cannot be renewed, as credentials.
type OneToken connector.Secret

func (t OneToken) Token(context.Context) (connector.Secret, error) { return connector.Secret(t), nil }

func (t OneToken) Refused(context.Context, connector.Secret) (connector.Secret, error) {
	return connector.Secret{}, &connector.Fault{
		Code: connector.TokenWasRefused, Message: "the shop does not accept the token", Next: reconnect,
	}
}
