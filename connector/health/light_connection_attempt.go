package health

import (
	"cmp"

	"github.com/eshopos/eshopctl/connector"
)

// attemptCode begins the codes of attempts to connect that failed.
const attemptCode = "attempt_"

// attemptRules returns the rules about the last attempt to connect, one for each way in
// which it may have failed.
func attemptRules() []rule {
	var rules []rule
	for _, reason := range []connector.Reason{
		connector.AuthorizationDenied, connector.InvalidClient, connector.StateExpired, connector.StateMismatch, connector.WrongShop,
		connector.BadSignature, connector.ExchangeFailed, connector.AccountChanged, connector.ShopTaken, connector.AppNotInstalled,
		connector.ShopNotPermitted, connector.TimedOut, connector.SetupInterrupted,
	} {
		rules = append(rules, rule{attemptCode + string(reason), func(f Facts) *Trouble { return attemptFailed(f, reason) }})
	}
	return append(rules, rule{attemptCode + "failed", func(f Facts) *Trouble { return attemptFailed(f, "") }})
}

// attemptFailed is the trouble of an attempt that failed in this way; "" is any.
func attemptFailed(f Facts, reason connector.Reason) *Trouble {
	if !f.Connector.AttemptFailed() || reason != "" && f.Connector.LastAttempt.Reason != reason {
		return nil
	}
	last := f.Connector.LastAttempt
	trouble := Trouble{
		Detail: cmp.Or(last.Why(), string(last.Reason)) + otherID(f),
		Since:  Since{"the last attempt to connect failed", last.At},
		Cure:   afterFailure(f, last.Reason),
	}
	if f.isLive() {
		trouble.Cure, trouble.Or = f.lookAgain("see that the access from before still works"), trouble.Cure
		return trouble.colours(ConnectionLamp, Yellow)
	}
	if c := f.namedConnector(); c.NeverLive() {
		trouble.Or = do("or forget this store, which was never linked to a shop", connector.Typed("disconnect", c.Provider).For(c.Store))
	}
	return trouble.colours(ConnectionLamp, Red)
}

// otherID says that the attempt had another client id than the next one will have,
// where that may be what was wrong.
func otherID(f Facts) string {
	c := f.Connector
	if c.Attached || c.ClientID == "" || f.App.ClientID == "" || c.ClientID == f.App.ClientID {
		return ""
	}
	return "; it had the client id " + c.ClientID + ", the next one will have " + f.App.ClientID
}

// afterFailure says what to do about an attempt to connect that failed.
func afterFailure(f Facts, reason connector.Reason) Step {
	c := f.namedConnector()
	if reason == connector.ShopTaken {
		return do("a shop belongs to one store, which status shows. To forget this one:", connector.Typed("disconnect", c.Provider).For(c.Store))
	}
	c.Reason = reason
	return do(cmp.Or(whatHelps(f, reason), "connect again"), c.ConnectCommand())
}

// whatHelps says what to do before or while connecting again.
func whatHelps(f Facts, reason connector.Reason) string {
	return map[connector.Reason]string{
		connector.AuthorizationDenied: "connect again, and approve the app in the shop",
		connector.InvalidClient:       "compare client id and secret with the app's settings, then connect again",
		connector.StateExpired:        "set the clock of this machine, then connect again",
		connector.StateMismatch:       "connect again, and approve in the newest window",
		connector.WrongShop:           "connect again, and approve in that shop, by its permanent domain",
		connector.BadSignature:        "compare the client secret with the app's settings, then connect again",
		connector.AccountChanged:      "connect again to the same shop; another one needs a store of its own",
		connector.AppNotInstalled:     "install the app in the shop, or connect through the browser",
		connector.ShopNotPermitted:    "connect through the browser, which lets in apps of other organisations",
		connector.TimedOut:            "see that the app's redirect URLs hold exactly " + f.App.CallbackURL + " and that the client id is the app's, then connect again",
	}[reason]
}

func attemptWell(f Facts) (Result, string) {
	if f.Connector.LastAttempt == nil {
		return Unknown, "none was made yet"
	}
	return Passed, ""
}
