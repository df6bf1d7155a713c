package tokens

import (
	"fmt"

	"github.com/eshopos/eshopctl/connector"
)

// CheckSandbox keeps the credentials of a real shop from a sandbox and the other way
// round. Its error is a *connector.Fault.
func CheckSandbox(provider connector.Provider, c connector.Connector) error {
	if !c.Attached || c.Sandbox == provider.Sandbox() {
		return nil
	}
	variable := provider.Platform().Variable("URL")
	if c.Sandbox {
		return &connector.Fault{Code: connector.Usage,
			Message: fmt.Sprintf("store %s is linked to a sandbox, and %s does not name one", c.Store, variable),
			Next:    c.DisconnectCommand().With("--local").After(fmt.Sprintf("set %s to the sandbox's address, or forget that link:\n", variable))}
	}
	return &connector.Fault{Code: connector.Usage,
		Message: fmt.Sprintf("store %s is linked to a real shop, and %s names a sandbox", c.Store, variable),
		Next:    connector.Advice("unset " + variable)}
}
