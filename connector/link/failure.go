package link

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/callback"
)

// The ways in which an attempt fails, each with its cure.

func (a *attempt) faultFor(reason connector.Reason, next connector.Command, format string, values ...any) *connector.Fault {
	return &connector.Fault{Code: connector.NotConnected, Reason: reason, Message: fmt.Sprintf(format, values...), Next: next.Next()}
}

func (a *attempt) wrongShop(answering string) *connector.Fault {
	if answering == "" {
		return a.faultFor(connector.WrongShop, a.again(),
			"%s was asked for, but what answered does not say which shop it is; nothing was connected", a.domain)
	}
	return a.faultFor(connector.WrongShop, a.commandFor(a.forShop(answering)),
		"%s was asked for, but %s answered; nothing was connected", a.domain, answering)
}

func (a *attempt) accountChanged(asked string) *connector.Fault {
	if asked == a.previous.Domain {
		return a.faultFor(connector.AccountChanged, a.asConnector().DisconnectCommand(),
			"%s now belongs to another shop than the one that store %s is linked to (%s)", asked, a.request.Store, a.previous.AccountID)
	}
	return a.faultFor(connector.AccountChanged, connector.Typed("status").For(a.request.Store),
		"store %s is linked to %s, and %s is another shop: give it a store of its own, or disconnect this one first", a.request.Store,
		a.previous.Domain, asked)
}

func (a *attempt) shopTaken(holder connector.Connector) *connector.Fault {
	return a.faultFor(connector.ShopTaken, connector.Typed("status").For(holder.Store),
		"%s is linked to store %s already; a shop belongs to one store", holder.Domain, holder.Store)
}

// objectionTo says why a valid callback brings no code that may be used; nil when it
// brings one.
func (a *attempt) objectionTo(answer *callback.Answer) *connector.Fault {
	failure := answer.Query.Get("error")
	switch {
	case answer.Domain != a.domain:
		return a.wrongShop(answer.Domain)
	case failure == "access_denied":
		return a.faultFor(connector.AuthorizationDenied, a.again(), "the app was not approved for %s", a.domain)
	case failure != "":
		return a.faultFor(connector.ExchangeFailed, a.again(), "%s refused to authorise the app: %s", a.domain,
			connector.PrintableText(connector.ClipText(failure, 100)))
	case answer.Query.Get("code") == "":
		return a.faultFor(connector.ExchangeFailed, a.again(), "%s called back without a code", a.domain)
	}
	return nil
}

// timedOut is the fault of an attempt that ran out of time. The last refused callback
// says more than silence.
func (a *attempt) timedOut(refused *connector.Fault) *connector.Fault {
	if refused != nil {
		told := a.faultFor(refused.Reason, a.again(), "no valid answer came within %s: %s", a.request.timeoutInWords(), refused.Message)
		told.Next = cureWith(refused.Next, a.again())
		return told
	}
	return a.faultFor(connector.TimedOut, a.again(),
		"no answer came within %s. Likely causes: the app was not approved or the page was closed with Cancel; the client id is wrong; %s is not among the app's redirect URLs, exactly so",
		a.request.timeoutInWords(), a.app.CallbackURL)
}

// notIssued is the fault of an attempt to which the token endpoint gave nothing. Its
// next step is always another attempt, even if the fault may pass.
func (a *attempt) notIssued(err error) error {
	var fault *connector.Fault
	if !errors.As(err, &fault) {
		return err
	}
	reason, next := connector.ExchangeFailed, a.commandFor(a.forShop(cmp.Or(connector.MovedTo(fault), a.domain)))
	switch {
	case fault.Reason == connector.InvalidClient:
		reason = fault.Reason
	case fault.Reason.NeedsBrowser():
		refused := a.forShop(a.domain)
		refused.Reason = fault.Reason
		reason, next = fault.Reason, a.commandFor(refused)
	}
	return &connector.Fault{Code: connector.NotConnected, Reason: reason, Message: fault.Message, Next: cureWith(fault.Next, next)}
}

// cureWith returns what the provider says to do, and the command to type then. The
// command takes the place of the provider's own advice to connect, which knows less.
func cureWith(next connector.Next, command connector.Command) connector.Next {
	if slices.ContainsFunc(next, func(s connector.Step) bool { return s.Command.IsConnect() }) {
		return command.Next()
	}
	return next.OrAtLast(command)
}

// notIdentified is the fault of a shop that does not say who it is when it is asked
// with the token.
func (a *attempt) notIdentified(err error) error {
	var fault *connector.Fault
	if !errors.As(err, &fault) {
		return err
	}
	told := *fault
	told.Reason = connector.ExchangeFailed
	told.Message = fmt.Sprintf("the token was not proven at %s: %s", a.domain, fault.Message)
	next := a.forShop(cmp.Or(connector.MovedTo(fault), a.domain))
	if fault.Reason == connector.Refused { // it may be the kind of token
		next.Token.Kind = ""
	}
	told.Next = cureWith(fault.Next, a.commandFor(next))
	if !slices.Contains([]connector.Code{connector.ShopUnavailable, connector.ScopeMissing, connector.TokenWasRefused}, fault.Code) {
		told.Code = connector.NotConnected
	}
	return &told
}
