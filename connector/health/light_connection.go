package health

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// neverConnected is a store that nobody ever connected, or a name that was mistyped.
func neverConnected(f Facts) *Trouble {
	trouble := f.unconnected(connector.NeverConnected, "connect the store")
	if trouble != nil && f.Meant != "" {
		trouble.Look = do("did you mean "+f.Meant+"?", connector.Typed("status").For(f.Meant))
		trouble.Cure.Text = "connect a new store of that name"
	}
	return trouble
}

func disconnected(f Facts) *Trouble {
	return f.unconnected(connector.Disconnected, "if the store is to have a shop again:")
}

func tokenRejected(f Facts) *Trouble {
	return f.unconnected(connector.TokenRejected, "connect again, and let the merchant approve the app:")
}

// unconnectedOtherwise is any other connector without an install. The last attempt
// explains it, as a rule.
func unconnectedOtherwise(f Facts) *Trouble {
	return f.unconnected(f.Connector.Reason, "connect again")
}

func (f Facts) unconnected(reason connector.Reason, how string) *Trouble {
	c := f.Connector
	if f.isLive() || c.Reason != reason {
		return nil
	}
	detail := fmt.Sprintf("%s, %s", c.State, cmp.Or(c.Why(), "not connected"))
	if c.Store == "" {
		detail = "nothing is connected yet"
	}
	return Trouble{Detail: detail, Cure: do(how, f.connectCommand())}.colours(ConnectionLamp, Red)
}

func connectionWell(f Facts) (Result, string) { return Passed, f.Connector.Domain }

func scopeMissing(f Facts) *Trouble {
	c := f.Connector
	missing := c.MissingScopes()
	if !f.isLive() || len(missing) == 0 {
		return nil
	}
	trouble := Trouble{Detail: "the shop has not granted " + strings.Join(missing, ", "), Cure: do(c.HowToGrant(missing), f.connectCommand())}
	if able := c.Capabilities(); len(able) > 0 {
		trouble.Or = do("to go on without what needs them, for good:", c.ConnectCommandFor(able))
	}
	return trouble.colours(ConnectionLamp, Yellow)
}

// scopeWasMissing is a scope that was missing when the card was made, and that the shop
// grants now.
func scopeWasMissing(f Facts) *Trouble {
	if f.Answer == nil || !f.isLive() || len(f.Answer.Before.MissingScopes()) == 0 {
		return nil
	}
	return Trouble{
		Detail: "the shop grants all of them now, but did not when it was asked before",
		Cure:   f.lookAgain("have status see it too"),
	}.colours(ConnectionLamp, Yellow)
}

func scopesWell(f Facts) (Result, string) {
	if !f.isLive() {
		return Unknown, "there is no live connector"
	}
	return Passed, strings.Join(f.Connector.Scopes, ", ")
}
