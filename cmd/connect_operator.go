package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/connector/link"
)

// operatorAt is the person at the terminal, or nobody, as connect asks them.
func operatorAt(ctx context.Context, p *access.Access, of access.Platform, f connectFlags, typed terminal.Input) link.Operator {
	who := link.Operator{
		OpenBrowser: p.Face.Env.OpenBrowser,
		Tell:        p.Face.Say,
		ReadLine:    func() (string, error) { return typed.Line(ctx) },
	}
	if f.noBrowser || overSSH(p) {
		who.OpenBrowser = nil
	}
	if p.Face.CanAsk() {
		who.Ask = func(ctx context.Context, question string) (string, error) {
			terminal.ForgetTyped(p.Face.Env.Stdin)
			fmt.Fprint(p.Face.Env.Stderr, question)
			answer, err := typed.Line(ctx)
			if err != nil && answer == "" && !errors.Is(err, context.Canceled) {
				fmt.Fprintln(p.Face.Env.Stderr) // the line of the question has no end yet
			}
			if errors.Is(err, io.EOF) && answer == "" {
				return "", usage.Fault(usage.Again("--shop", of.ShopExample), "no answer came; nothing was connected")
			}
			return answer, err
		}
	}
	return who
}

// overSSH reports whether the operator sits at another machine, whose browser cannot be
// opened from here.
func overSSH(p *access.Access) bool {
	return slices.ContainsFunc([]string{"SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"},
		func(name string) bool { return p.Face.Env.Getenv(name) != "" })
}

// tokenInTime is adminToken within --timeout.
func tokenInTime(ctx context.Context, p *access.Access, of access.Platform, timeout time.Duration,
	typed terminal.Input) (connector.Secret, error) {
	inTime, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	token, err := adminToken(inTime, p, of, typed)
	if err != nil && inTime.Err() != nil && ctx.Err() == nil {
		return token, usage.Fault(p.Face.TypedLine().Again().Next(), "no token came within %s; nothing was connected",
			health.Trimmed(timeout.String()))
	}
	return token, err
}

// adminToken takes the token from the environment, else from a line of standard input. It
// is zero when neither has one.
func adminToken(ctx context.Context, p *access.Access, of access.Platform, from terminal.Input) (connector.Secret, error) {
	if given := p.Face.Settings.Apps[of.Name].AccessToken; !given.IsZero() {
		return given, nil
	}
	read, more := func() (string, error) { return from.Line(ctx) }, from.More
	if at, ok := p.Face.Env.Stdin.(interface{ Fd() uintptr }); ok && p.Face.Env.Interactive {
		if p.Face.Settings.NoInput {
			return connector.Secret{}, nil
		}
		terminal.ForgetTyped(p.Face.Env.Stdin)
		fmt.Fprint(p.Face.Env.Stderr, "Admin token of the shop (not shown): ")
		defer fmt.Fprintln(p.Face.Env.Stderr)
		read, more = func() (string, error) { return terminal.ReadUnseen(ctx, int(at.Fd())) }, func() bool { return false }
	}
	line, err := read()
	if err != nil && !errors.Is(err, io.EOF) { // the last line may lack its newline
		return connector.Secret{}, err
	}
	if strings.TrimSpace(line) == "" && !more() {
		return connector.Secret{}, nil
	}
	if more() {
		line += "\n"
	}
	token, err := settings.SecretOf([]byte(line))
	if err != nil {
		return connector.Secret{}, usage.Fault(usage.Again("--auth", "token"), "what came on standard input is not a token: %s; it goes alone on one line", err)
	}
	return connector.NewSecret(token), nil
}
