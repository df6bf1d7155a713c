package connector

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// The ways in which an attempt fails, each with its cure.

func (a *attempt) faultFor(reason Reason, next Command, format string, values ...any) *Fault {
	return &Fault{Code: NotConnected, Reason: reason, Message: fmt.Sprintf(format, values...), Next: next.Next()}
}

func (a *attempt) wrongShop(answering string) *Fault {
	if answering == "" {
		return a.faultFor(WrongShop, a.again(), "%s was asked for, but what answered does not say which shop it is; nothing was connected", a.domain)
	}
	return a.faultFor(WrongShop, a.commandFor(a.forShop(answering)),
		"%s was asked for, but %s answered; nothing was connected", a.domain, answering)
}

func (a *attempt) accountChanged(asked string) *Fault {
	if asked == a.previous.Domain {
		return a.faultFor(AccountChanged, a.disconnectCommand(a.request.Store),
			"%s now belongs to another shop than the one that store %s is linked to (%s)", asked, a.request.Store, a.previous.AccountID)
	}
	return a.faultFor(AccountChanged, statusCommand(a.request.Store),
		"store %s is linked to %s, and %s is another shop: give it a store of its own, or disconnect this one first", a.request.Store, a.previous.Domain, asked)
}

func (a *attempt) shopTaken(holder Connector) *Fault {
	return a.faultFor(ShopTaken, statusCommand(holder.Store),
		"%s is linked to store %s already; a shop belongs to one store", holder.Domain, holder.Store)
}

func (a *attempt) deniedFault() *Fault {
	return a.faultFor(AuthorizationDenied, a.again(), "the app was not approved for %s", a.domain)
}

func (a *attempt) withoutCode() *Fault {
	return a.faultFor(ExchangeFailed, a.again(), "%s called back without a code", a.domain)
}

// timedOut tells why nothing was connected in the time given: the last callback
// that was refused says more than the silence.
func (a *attempt) timedOut(refused *Fault) *Fault {
	if refused != nil {
		told := a.faultFor(refused.Reason, a.again(), "no valid answer came within %s: %s", inShortUnits(a.request.Timeout), refused.Message)
		told.Next = cureWith(refused.Next, a.again())
		return told
	}
	return a.faultFor(TimedOut, a.again(),
		"no answer came within %s. Likely causes: the app was not approved or the page was closed with Cancel; the client id is wrong; %s is not among the app's redirect URLs, exactly so",
		inShortUnits(a.request.Timeout), a.App.CallbackURL)
}

// notIssued is the failure of the token endpoint. Every attempt that fails asks
// for another one, even if the fault may pass.
func (a *attempt) notIssued(err error) error {
	var fault *Fault
	if !errors.As(err, &fault) {
		return err
	}
	reason, next := ExchangeFailed, a.commandFor(a.forShop(cmp.Or(MovedTo(fault), a.domain)))
	switch {
	case fault.Reason == InvalidClient:
		reason = fault.Reason
	case fault.Reason.againstWay():
		refused := a.forShop(a.domain)
		refused.Reason = fault.Reason
		reason, next = fault.Reason, a.commandFor(refused)
	}
	return &Fault{Code: NotConnected, Reason: reason, Message: fault.Message, Next: cureWith(fault.Next, next)}
}

// cureWith is what a provider says to do, and the command to type then. Its own advice to
// connect knows less.
func cureWith(next Next, command Command) Next {
	if slices.ContainsFunc(next, func(s Step) bool { return s.Command.isConnect() }) {
		return command.Next()
	}
	return next.OrAtLast(command)
}

// notIdentified is the failure of a shop that does not say who it is to the
// bearer of the token.
func (a *attempt) notIdentified(err error) error {
	var fault *Fault
	if !errors.As(err, &fault) {
		return err
	}
	told := *fault
	told.Reason = ExchangeFailed
	told.Message = fmt.Sprintf("the token was not proven at %s: %s", a.domain, fault.Message)
	next := a.forShop(cmp.Or(MovedTo(fault), a.domain))
	if fault.Reason == Refused { // it may be the kind of token
		next.Token.Kind = ""
	}
	told.Next = cureWith(fault.Next, a.commandFor(next))
	if !slices.Contains([]Code{ShopUnavailable, ScopeMissing, TokenWasRefused}, fault.Code) {
		told.Code = NotConnected
	}
	return &told
}

func (s *Service) otherShopAnswers(c Connector, account Account) *Fault {
	return &Fault{Code: NotConnected, Reason: AccountChanged,
		Message: fmt.Sprintf("%s now belongs to another shop (%s) than the one that store %s is linked to (%s)", c.Domain, account.ID, c.Store, c.AccountID),
		Next:    s.disconnectCommand(c.Store).Next()}
}

// The faults of credentials.

func (k *storedCredentials) rejectedFault(c Connector) *Fault {
	why := "the app was removed from the shop, or the token was revoked"
	if c.Reason.againstWay() {
		why = c.Reason.Text()
	}
	text := fmt.Sprintf("%s no longer accepts the token of store %s: %s", c.Domain, c.Store, why)
	next := c.Connecting().Next()
	if c.Token.Kind == Expiring {
		text += ", or another machine connected the same app to this shop, of which only the latest can renew its token"
		next = c.Connecting().After("connect again; for several machines or CI with --auth client-credentials, or --permanent-token:\n")
	}
	return &Fault{Code: TokenWasRefused, Message: text, Next: next}
}

func (k *storedCredentials) changedFault(current Connector) *Fault {
	return &Fault{Code: NotConnected, Err: ErrInstallChanged,
		Message: fmt.Sprintf("store %s was disconnected or connected anew meanwhile", current.Store),
		Next:    statusCommand(current.Store).Next()}
}

func (k *storedCredentials) flawedFault(flaw string) *Fault {
	return &Fault{Code: NotConnected, Message: fmt.Sprintf("the stored token of store %s holds %s, so that no request can hold it", k.connector.Store, flaw),
		Next: k.connector.Connecting().Next()}
}

func (k *storedCredentials) notConnected(c Connector) *Fault {
	if c.Reason == TokenRejected {
		return k.rejectedFault(c)
	}
	return &Fault{Code: NotConnected, Message: fmt.Sprintf("store %s is not connected: %s", c.Store, c.Why()),
		Next: c.Connecting().Next()}
}

func (k *storedCredentials) otherClient(c Connector) *Fault {
	return &Fault{Code: NotConnected, Err: errOtherClient,
		Message: fmt.Sprintf("store %s was connected with the client id %s, and %s names another one", c.Store, c.ClientID, k.variableOf("CLIENT_ID")),
		Next:    c.Connecting().After("unset " + k.variableOf("CLIENT_ID") + ", or connect with the new one:\n")}
}
