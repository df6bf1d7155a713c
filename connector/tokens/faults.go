package tokens

import (
	"fmt"

	"github.com/eshopos/eshopctl/connector"
)

// The faults of credentials, each with its cure.

func rejectedFault(c connector.Connector) *connector.Fault {
	why := "the app was removed from the shop, or the token was revoked"
	if c.Reason.NeedsBrowser() {
		why = c.Reason.Text()
	}
	text := fmt.Sprintf("%s no longer accepts the token of store %s: %s", c.Domain, c.Store, why)
	next := c.ConnectCommand().Next()
	if c.Token.Kind == connector.Expiring {
		text += ", or another machine connected the same app to this shop, of which only the latest can renew its token"
		next = c.ConnectCommand().After("connect again; for several machines or CI with --auth client-credentials, or --permanent-token:\n")
	}
	return &connector.Fault{Code: connector.TokenWasRefused, Message: text, Next: next}
}

func changedFault(current connector.Connector) *connector.Fault {
	return &connector.Fault{Code: connector.NotConnected, Err: connector.ErrInstallChanged,
		Message: fmt.Sprintf("store %s was disconnected or connected anew meanwhile", current.Store),
		Next:    connector.Typed("status").For(current.Store).Next()}
}

func flawedFault(c connector.Connector, flaw string) *connector.Fault {
	return &connector.Fault{Code: connector.NotConnected,
		Message: fmt.Sprintf("the stored token of store %s holds %s, so that no request can hold it", c.Store, flaw),
		Next:    c.ConnectCommand().Next()}
}

func notConnected(c connector.Connector) *connector.Fault {
	if c.Reason == connector.TokenRejected {
		return rejectedFault(c)
	}
	return &connector.Fault{Code: connector.NotConnected, Message: fmt.Sprintf("store %s is not connected: %s", c.Store, c.Why()),
		Next: c.ConnectCommand().Next()}
}

func otherClient(c connector.Connector, provider connector.Platform) *connector.Fault {
	variable := provider.Variable("CLIENT_ID")
	return &connector.Fault{Code: connector.NotConnected, Err: connector.ErrOtherClient,
		Message: fmt.Sprintf("store %s was connected with the client id %s, and %s names another one", c.Store, c.ClientID, variable),
		Next:    c.ConnectCommand().After("unset " + variable + ", or connect with the new one:\n")}
}
