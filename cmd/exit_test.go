package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// Law 12: whatever fails, there is something to type next, and one exit status.
func TestEveryErrorSaysWhatNext(t *testing.T) {
	typed := access.New(terminal.Env{Args: []string{"reconcile", "-q"}}, access.RegisteredPlatforms())
	for code := range exit.StatusByCode() {
		fault := typed.Face.Fault(fmt.Errorf("while working: %w", &connector.Fault{Code: code, Message: "it failed"}))
		if fault.Code != code || len(fault.Next) == 0 {
			t.Errorf("%s: %+v", code, fault)
		}
	}
	for _, err := range []error{errors.New("anything"), context.Canceled} {
		if fault := typed.Face.Fault(err); len(fault.Next) == 0 || exit.StatusByCode()[fault.Code] == 0 {
			t.Errorf("%v: %+v", err, fault)
		}
	}
	own := &connector.Fault{Code: connector.Network, Message: "no route", Next: connector.Advice("mend it")}
	if fault := typed.Face.Fault(own); plain.Steps(fault.Next) != "mend it: eshopctl reconcile -q" || own.Next.String() != "mend it" {
		t.Errorf("%+v", fault)
	}
	if fault := typed.Face.Fault(usage.Fault(usage.Again("--yes"), "nobody can be asked")); plain.Steps(fault.Next) != "eshopctl reconcile -q --yes" {
		t.Errorf("%+v", fault)
	}
}

// What trying again does not cure is not temporary.
func TestWhatLastsIsNotTemporary(t *testing.T) {
	for _, code := range []connector.Code{connector.Network, connector.ProviderFault, connector.Throttled, connector.IncompleteRead} {
		if passes, lasts := exit.StatusOf(&connector.Fault{Code: code}), exit.StatusOf(&connector.Fault{Code: code, Lasting: true}); passes != exit.Temporary || lasts != exit.Failed {
			t.Errorf("%s: %d, and %d when it lasts", code, passes, lasts)
		}
	}
	if status := exit.StatusOf(&connector.Fault{Code: connector.ScopeMissing, Lasting: true}); status != exit.Connect {
		t.Errorf("a scope that is missing: %d", status)
	}
}

// An error that a program reads is as harmless on a terminal as all other JSON, and reads
// back as it was.
func TestErrorsInJSONAreHarmless(t *testing.T) {
	for _, sign := range []string{"\u009b31m", "\u202eevil", "\u2028", "\u2066", "\u061c", "\ufeff", "\x1b]0;owned\a", "\x7f", "<&>"} {
		var printed strings.Builder
		fault := &connector.Fault{Code: connector.GuardTripped, Message: "the currency changed from " + sign, Next: connector.Advice("look at " + sign)}
		_ = view.View{Out: &printed, Form: view.JSONL}.Show(view.Failure{Fault: fault})
		if raw := hostileSigns.FindString(printed.String()); raw != "" || strings.Count(printed.String(), "\n") != 1 {
			t.Errorf("%q came out as it is: %s", raw, printed.String())
		}
		var read map[string]struct{ Message, Hint string }
		if err := json.Unmarshal([]byte(printed.String()), &read); err != nil || read["error"].Message != fault.Message || read["error"].Hint != fault.Next.String() {
			t.Errorf("%q reads back as %+v (%v)", sign, read, err)
		}
	}
}

// A huge text of a row or a shop is not said again as a whole.
func TestMessagesAreBrief(t *testing.T) {
	long := exit.FaultOf(&connector.Fault{Code: connector.GuardTripped, Message: "the currency changed from " + strings.Repeat("ä", 1_000_000), Next: connector.Advice("mend it")})
	if n := len(long.Message); n > exit.LongestMessage+3 || !strings.HasPrefix(long.Message, "the currency changed from ä") || !utf8.ValidString(long.Message) || long.Next.String() != "mend it" {
		t.Errorf("%d bytes: %.100q, next: %.100q", n, long.Message, long.Next.String())
	}
	if short := exit.FaultOf(&connector.Fault{Code: connector.GuardTripped, Message: "no"}); short.Message != "no" {
		t.Error(short.Message)
	}
}
