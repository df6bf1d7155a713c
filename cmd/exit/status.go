package exit

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

// Exit statuses. 2 is left to Go's own panic.
const (
	Done        = 0
	Failed      = 1
	Different   = 3
	Connect     = 4
	Partial     = 5
	Stale       = 6
	Temporary   = 7
	Guard       = 8
	NotGreen    = 9
	Locked      = 11
	Usage       = 64
	Interrupted = 130
	ClosedPipe  = 141 // as a shell tells of SIGPIPE
)

// StatusByCode is the one table from error code to exit status.
func StatusByCode() map[connector.Code]int {
	return map[connector.Code]int{
		connector.Usage:           Usage,
		connector.NotConnected:    Connect,
		connector.ScopeMissing:    Connect,
		connector.TokenWasRefused: Connect,
		connector.ShopUnavailable: Connect,
		connector.StalePlan:       Stale,
		connector.GuardTripped:    Guard,
		connector.Locked:          Locked,
		connector.Network:         Temporary,
		connector.Throttled:       Temporary,
		connector.ProviderFault:   Temporary,
		connector.IncompleteRead:  Temporary,
		connector.StateUnusable:   Failed,
		connector.KeyUnusable:     Failed,
		connector.Interrupted:     Interrupted,
		connector.Internal:        Failed,
	}
}

// StatusOf is the exit status of a fault. A fault that trying again does not cure is not
// Temporary, whatever its code.
func StatusOf(fault *connector.Fault) int {
	if status := StatusByCode()[fault.Code]; status != Temporary || fault.Temporary() {
		return status
	}
	return Failed
}

// Status is the error of a command that did its work and printed everything, and only has
// to end with this exit status.
type Status int

func (s Status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// nextOf is what to type next where the error itself does not say.
var nextOf = map[connector.Code]connector.Next{
	connector.Usage:           connector.Typed("", "--help").Next(),
	connector.ScopeMissing:    ofStore("status").Next(),
	connector.TokenWasRefused: ofStore("status").Next(),
	connector.ShopUnavailable: ofStore("doctor").Next(),
	connector.StalePlan:       ofStore("import preview").Next(),
	connector.GuardTripped:    ofStore("runs changes", "latest").Next(),
	connector.Locked:          connector.Typed("state info").Next(),
	connector.Network:         ofStore("doctor").Next(),
	connector.Throttled:       ofStore("status", "--probe").After("try again in some minutes: "),
	connector.ProviderFault:   ofStore("status", "--probe").After("try again in some minutes: "),
	connector.IncompleteRead:  ofStore("import preview").After("try again: "),
	connector.StateUnusable:   connector.Typed("doctor").Next(),
	connector.KeyUnusable:     connector.Typed("doctor").Next(),
	connector.Internal:        connector.Typed("doctor").Next().Then("; if all is well there, report this as a bug"),
}

// ofStore is a command for the store that is worked on.
func ofStore(name string, args ...string) connector.Command {
	return connector.Typed(name, args...).ForStoreAtHand()
}

// FaultOf turns any error into the code, the words and the next step that operators and
// scripts get.
func FaultOf(err error) *connector.Fault {
	fault := *faultFor(err)
	fault.Message = BriefMessage(fault.Message)
	if len(fault.Next) == 0 {
		fault.Next = nextOf[fault.Code]
	}
	return &fault
}

// LongestMessage is how many bytes of an error's message are printed at most.
const LongestMessage = 8 << 10

// BriefMessage cuts a message to LongestMessage: it may quote a huge text of a row or a
// shop.
func BriefMessage(message string) string {
	if len(message) <= LongestMessage {
		return message
	}
	return strings.ToValidUTF8(message[:LongestMessage], "") + "…"
}

func faultFor(err error) *connector.Fault {
	var fault *connector.Fault
	var unusable *state.UnusableError
	var unread *importer.UnreadableError
	found := errors.As(err, &fault)
	if !errors.As(err, &unusable) && !errors.Is(err, context.Canceled) {
		if said := ofSystem(err); said != nil {
			return said
		}
	}
	switch {
	case errors.Is(err, context.Canceled) && !(found && fault.Code == connector.Interrupted):
		return &connector.Fault{Code: connector.Interrupted, Message: "interrupted", Err: err}
	case found:
		return fault
	case errors.Is(err, connector.ErrNoState):
		return NotConnected("nothing connected yet")
	case errors.As(err, &unread):
		return &connector.Fault{Code: connector.StateUnusable, Message: unread.Error() + "; what was imported is whole",
			Next: ofStore("import preview").Next(), Err: err}
	case errors.As(err, &unusable) && unusable.Old:
		next := connector.Typed("status", "--probe").Next()
		return &connector.Fault{Code: connector.StateUnusable, Message: err.Error(), Next: next, Err: err}
	case errors.As(err, &unusable):
		return &connector.Fault{Code: connector.StateUnusable, Message: err.Error(), Next: unusable.Next, Err: err}
	}
	if named := state.AsUnusable(err); named != nil {
		return &connector.Fault{Code: connector.StateUnusable, Message: "the state file: " + named.Why, Next: named.Next, Err: err}
	}
	return &connector.Fault{Code: connector.Internal, Message: err.Error(), Err: err}
}

// NotConnected is the fault of a store without a live connector.
func NotConnected(message string) *connector.Fault {
	return &connector.Fault{Code: connector.NotConnected, Message: message}
}
