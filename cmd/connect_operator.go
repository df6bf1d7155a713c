package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
)

// operator is who sits at the terminal, if anybody does.
func (p *program) operator(ctx context.Context, of platform, f connectFlags, typed terminal.Input) connector.Operator {
	who := connector.Operator{
		OpenBrowser: p.face.Env.OpenBrowser,
		Tell:        p.face.Say,
		ReadLine:    func() (string, error) { return typed.Line(ctx) },
	}
	if f.noBrowser || p.overSSH() {
		who.OpenBrowser = nil
	}
	if p.face.CanAsk() {
		who.Ask = func(ctx context.Context, question string) (string, error) {
			terminal.ForgetTyped(p.face.Env.Stdin)
			fmt.Fprint(p.face.Env.Stderr, question)
			answer, err := typed.Line(ctx)
			if err != nil && answer == "" && !errors.Is(err, context.Canceled) {
				fmt.Fprintln(p.face.Env.Stderr) // nobody ended the question's line
			}
			if errors.Is(err, io.EOF) && answer == "" {
				return "", usage.Fault(usage.Again("--shop", of.ShopExample), "no answer came; nothing was connected")
			}
			return answer, err
		}
	}
	return who
}

// overSSH reports whether the terminal stands on another machine, whose browser
// this one cannot open.
func (p *program) overSSH() bool {
	return slices.ContainsFunc([]string{"SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"}, func(name string) bool { return p.face.Env.Getenv(name) != "" })
}

// tokenInTime is adminToken that ends with --timeout.
func (p *program) tokenInTime(ctx context.Context, of platform, timeout time.Duration, typed terminal.Input) (connector.Secret, error) {
	inTime, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	token, err := p.adminToken(inTime, of, typed)
	if err != nil && inTime.Err() != nil && ctx.Err() == nil {
		return token, usage.Fault(p.face.Typed().Again().Next(), "no token came within %s; nothing was connected", health.Trimmed(timeout.String()))
	}
	return token, err
}

// adminToken takes the token from the environment or a line of standard input.
func (p *program) adminToken(ctx context.Context, of platform, from terminal.Input) (connector.Secret, error) {
	if given := p.face.Settings.Apps[of.Name].AccessToken; !given.IsZero() {
		return given, nil
	}
	read, more := func() (string, error) { return from.Line(ctx) }, from.More
	if at, ok := p.face.Env.Stdin.(interface{ Fd() uintptr }); ok && p.face.Env.Interactive {
		if p.face.Settings.NoInput {
			return connector.Secret{}, nil
		}
		terminal.ForgetTyped(p.face.Env.Stdin)
		fmt.Fprint(p.face.Env.Stderr, "Admin token of the shop (not shown): ")
		defer fmt.Fprintln(p.face.Env.Stderr)
		read, more = func() (string, error) { return terminal.ReadUnseen(ctx, int(at.Fd())) }, func() bool { return false }
	}
	line, err := read()
	if err != nil && !errors.Is(err, io.EOF) { // the last line need not end
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
