package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

// Exit statuses. 2 is left to Go's own panic.
const (
	exitDone        = 0
	exitFailed      = 1
	exitDifferent   = 3
	exitConnect     = 4
	exitPartial     = 5
	exitStale       = 6
	exitTemporary   = 7
	exitGuard       = 8
	exitNotGreen    = 9
	exitLocked      = 11
	exitUsage       = 64
	exitInterrupted = 130
	exitClosedPipe  = 141 // as a shell tells of SIGPIPE
)

// exitOf is the one table from error code to exit status.
var exitOf = map[connector.Code]int{
	connector.Usage:           exitUsage,
	connector.NotConnected:    exitConnect,
	connector.ScopeMissing:    exitConnect,
	connector.TokenWasRefused: exitConnect,
	connector.ShopUnavailable: exitConnect,
	connector.StalePlan:       exitStale,
	connector.GuardTripped:    exitGuard,
	connector.Locked:          exitLocked,
	connector.Network:         exitTemporary,
	connector.Throttled:       exitTemporary,
	connector.ProviderFault:   exitTemporary,
	connector.IncompleteRead:  exitTemporary,
	connector.StateUnusable:   exitFailed,
	connector.KeyUnusable:     exitFailed,
	connector.Interrupted:     exitInterrupted,
	connector.Internal:        exitFailed,
}

// exitStatusOf is the exit status of a fault. What does not pass by itself is not
// temporary.
func exitStatusOf(fault *connector.Fault) int {
	if status := exitOf[fault.Code]; status != exitTemporary || fault.Temporary() {
		return status
	}
	return exitFailed
}

// status is returned by a command that did its work and has an exit status to
// tell: what there is to say was printed already.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// nextOf is what to type after an error that says nothing better itself.
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

// faultOf puts any error into the words and the code that operators and
// scripts get, with what to type next.
func faultOf(err error) *connector.Fault {
	fault := *classed(err)
	fault.Message = brief(fault.Message)
	if len(fault.Next) == 0 {
		fault.Next = nextOf[fault.Code]
	}
	return &fault
}

// longestMessage is how many bytes are said of an error at most.
const longestMessage = 8 << 10

// brief is the beginning of a message, which may quote a huge text of a row or a shop.
func brief(message string) string {
	if len(message) <= longestMessage {
		return message
	}
	return strings.ToValidUTF8(message[:longestMessage], "") + "…"
}

func classed(err error) *connector.Fault {
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
		return notConnected("nothing connected yet")
	case errors.As(err, &unread):
		return &connector.Fault{Code: connector.StateUnusable, Message: unread.Error() + "; what was imported is whole", Next: ofStore("import preview").Next(), Err: err}
	case errors.As(err, &unusable) && unusable.Old:
		return &connector.Fault{Code: connector.StateUnusable, Message: err.Error(), Next: connector.Typed("status", "--probe").Next(), Err: err}
	case errors.As(err, &unusable):
		return &connector.Fault{Code: connector.StateUnusable, Message: err.Error(), Next: unusable.Next, Err: err}
	}
	if named := state.Named(err); named != nil {
		return &connector.Fault{Code: connector.StateUnusable, Message: "the state file: " + named.Why, Next: named.Next, Err: err}
	}
	return &connector.Fault{Code: connector.Internal, Message: err.Error(), Err: err}
}

func notConnected(message string) *connector.Fault {
	return &connector.Fault{Code: connector.NotConnected, Message: message}
}

// tell prints a failed command's error and returns its exit status.
func (p *program) tell(err error) int {
	var said status
	if err == nil {
		return exitDone
	}
	if errors.As(err, &said) {
		return int(said)
	}
	fault := p.toldFault(err)
	fmt.Fprintln(p.env.Stderr, plain.Program+": "+plain.Line(fault.Message))
	if len(fault.Next) > 0 {
		_ = view.View{Out: p.env.Stderr}.Next(fault.Next) // there is nowhere to say that it cannot be said
	}
	if known := (told{}); p.machine() && !errors.As(err, &known) {
		printFault(p.env.Stdout, fault)
	}
	return exitStatusOf(fault)
}

// printFault prints an error as commands do whose output a program reads.
func printFault(w io.Writer, fault *connector.Fault) {
	type body struct {
		Code    connector.Code `json:"code"`
		Message string         `json:"message"`
		Hint    string         `json:"hint"`
	}
	_ = plain.JSONLine(w, map[string]body{"error": {fault.Code, fault.Message, plain.Steps(fault.Next)}}) // there is nowhere to say that it cannot be said
}
