package cmd

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
)

// operator is who sits at the terminal, if anybody does.
func (p *program) operator(ctx context.Context, of platform, f connectFlags, typed input) connector.Operator {
	who := connector.Operator{
		OpenBrowser: p.env.OpenBrowser,
		Tell:        p.say,
		ReadLine:    func() (string, error) { return typed.line(ctx) },
	}
	if f.noBrowser || p.overSSH() {
		who.OpenBrowser = nil
	}
	if p.canAsk() {
		who.Ask = func(ctx context.Context, question string) (string, error) {
			forgetTyped(p.env.Stdin)
			fmt.Fprint(p.env.Stderr, question)
			answer, err := typed.line(ctx)
			if err != nil && answer == "" && !errors.Is(err, context.Canceled) {
				fmt.Fprintln(p.env.Stderr) // nobody ended the question's line
			}
			if errors.Is(err, io.EOF) && answer == "" {
				return "", usage(again("--shop", of.ShopExample), "no answer came; nothing was connected")
			}
			return answer, err
		}
	}
	return who
}

// say prints what the operator must see even with --quiet.
func (p *program) say(message string) {
	for line := range strings.SplitSeq(message, "\n") {
		fmt.Fprintln(p.env.Stderr, view.Line(line))
	}
}

// overSSH reports whether the terminal stands on another machine, whose browser
// this one cannot open.
func (p *program) overSSH() bool {
	return slices.ContainsFunc([]string{"SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"}, func(name string) bool { return p.env.Getenv(name) != "" })
}

// tokenInTime is adminToken that ends with --timeout.
func (p *program) tokenInTime(ctx context.Context, of platform, timeout time.Duration, typed input) (connector.Secret, error) {
	inTime, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	token, err := p.adminToken(inTime, of, typed)
	if err != nil && inTime.Err() != nil && ctx.Err() == nil {
		return token, usage(p.again().Next(), "no token came within %s; nothing was connected", health.Trimmed(timeout.String()))
	}
	return token, err
}

// adminToken takes the token from the environment or a line of standard input.
func (p *program) adminToken(ctx context.Context, of platform, from input) (connector.Secret, error) {
	if given := p.config.Apps[of.Name].AccessToken; !given.IsZero() {
		return given, nil
	}
	read, more := func() (string, error) { return from.line(ctx) }, from.more
	if terminal, ok := p.env.Stdin.(interface{ Fd() uintptr }); ok && p.env.Interactive {
		if p.config.NoInput {
			return connector.Secret{}, nil
		}
		forgetTyped(p.env.Stdin)
		fmt.Fprint(p.env.Stderr, "Admin token of the shop (not shown): ")
		defer fmt.Fprintln(p.env.Stderr)
		read, more = func() (string, error) { return readUnseen(ctx, int(terminal.Fd())) }, func() bool { return false }
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
	token, err := secretOf([]byte(line))
	if err != nil {
		return connector.Secret{}, usage(again("--auth", "token"), "what came on standard input is not a token: %s; it goes alone on one line", err)
	}
	return connector.NewSecret(token), nil
}

// input is standard input, of which everything may be read but nothing twice.
type input struct{ *bufio.Reader }

func newInput(from io.Reader) input { return input{bufio.NewReader(from)} }

// longestLine is more than anybody types or pastes.
const longestLine = 64 << 10

var errLongLine = usage(nil, "a line of more than %d kB came on standard input; nobody types that", longestLine>>10)

// line reads a line, unless ctx ends first. A read that is blocked then ends with
// the process.
func (i input) line(ctx context.Context) (string, error) { return unlessDone(ctx, i.readLine) }

func (i input) readLine() (string, error) {
	var line []byte
	for {
		part, err := i.ReadSlice('\n')
		if line = append(line, part...); len(line) > longestLine {
			return "", errLongLine
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return string(line), err
		}
	}
}

// more reports whether something came with the line that was read last, behind it.
func (i input) more() bool { return i.Buffered() > 0 }

// untilInputShows is how long it may take until it shows that nobody writes to
// standard input.
const untilInputShows = 300 * time.Millisecond

// mayCome reports whether a line may still come, which is not so when the input
// is at its end already.
func (i input) mayCome(ctx context.Context) bool {
	ended := make(chan bool, 1)
	go func() {
		_, err := i.Peek(1)
		ended <- err != nil
	}()
	select {
	case end := <-ended:
		return !end
	case <-time.After(untilInputShows):
		return true
	case <-ctx.Done():
		return false
	}
}

// readUnseen reads a line that the terminal does not show, and has it show again
// what is typed whatever happens.
func readUnseen(ctx context.Context, terminal int) (string, error) {
	if before, err := term.GetState(terminal); err == nil {
		defer term.Restore(terminal, before) //nolint:errcheck // there is nothing else to try
	}
	return unlessDone(ctx, func() (string, error) {
		text, err := term.ReadPassword(terminal)
		return string(text), err
	})
}

func unlessDone(ctx context.Context, read func() (string, error)) (string, error) {
	type line struct {
		text string
		err  error
	}
	typed := make(chan line, 1)
	go func() {
		text, err := read()
		typed <- line{text, err}
	}()
	select {
	case l := <-typed:
		return l.text, l.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
