package client

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
)

// OneToken is the credentials of a client that has one token, which cannot be renewed.
type OneToken connector.Secret

// Token returns the token.
func (t OneToken) Token(context.Context) (connector.Secret, error) { return connector.Secret(t), nil }

// Refused returns the fault that the token was refused.
func (t OneToken) Refused(context.Context, connector.Secret) (connector.Secret, error) {
	return connector.Secret{}, &connector.Fault{
		Code: connector.TokenWasRefused, Message: "the shop does not accept the token", Next: reconnect,
	}
}
