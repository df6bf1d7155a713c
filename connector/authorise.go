package connector

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// throughBrowser has the merchant approve the app. The port of the callback is
// taken before the attempt counts as one.
func (a *attempt) throughBrowser(ctx context.Context) (Connector, error) {
	door, err := listenAt(a.callback, a.variableOf("CALLBACK_URL"))
	if err != nil {
		return Connector{}, err
	}
	defer door.closeDoor()
	if err := a.beginAttempt(ctx); err != nil {
		return Connector{}, err
	}
	return a.endAttempt(ctx, func(ctx context.Context) (Connector, error) { return a.authoriseShop(ctx, door) })
}

// authoriseShop asks the merchant through the browser and makes the install from
// the answer.
func (a *attempt) authoriseShop(ctx context.Context, door *door) (Connector, error) {
	h := newHandshake(a)
	reply, err := a.awaitAnswer(ctx, h, door, door.openFor(h))
	if err != nil {
		return Connector{}, err
	}
	c, err := a.useAnswer(ctx, reply, h.verifier)
	reply.tellOutcome(err)
	return c, err
}

func (a *attempt) useAnswer(ctx context.Context, reply *answer, verifier string) (Connector, error) {
	if reply.fault != nil {
		return Connector{}, reply.fault
	}
	return a.completeInstall(ctx, reply.code, verifier)
}

// untilBrowserComes is how long a browser has to come to the door. A launcher may
// say that all is well where no browser ever appears.
const untilBrowserComes = 10 * time.Second

// awaitAnswer leads the operator to the authorize address and waits for an answer.
// Everything that is told meanwhile is told from here.
func (a *attempt) awaitAnswer(ctx context.Context, h *handshake, door *door, start string) (*answer, error) {
	timer := time.NewTimer(a.request.Timeout)
	defer timer.Stop()
	absent := time.After(min(untilBrowserComes, a.request.Timeout/3))
	var pasted <-chan string
	opened := a.openBrowser(start)
	for {
		select {
		case reply := <-h.accepted:
			return reply, nil
		case err := <-opened:
			opened = nil
			if err != nil && pasted == nil {
				if err != errNoBrowser {
					a.tellOperator("The browser did not start.")
				}
				pasted = a.showAddress(ctx, h)
			}
		case <-absent:
			if pasted == nil && !door.started.Load() {
				a.tellOperator("No browser has come so far.")
				pasted = a.showAddress(ctx, h)
			}
		case <-door.again:
			if pasted == nil {
				a.tellOperator("The start address works once, and was opened before, perhaps by a program that\nlooks at links.")
				pasted = a.showAddress(ctx, h)
			}
		case line := <-pasted:
			a.takePasted(h, line)
		case fault := <-h.noticed:
			a.tellRefused(fault)
		case <-timer.C:
			return nil, a.timedOut(h.lastRefused())
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

var errNoBrowser = errors.New("no browser")

// openBrowser starts the browser on the one-use address, so that no state
// stands in the arguments of a process. Launchers may run as long as the
// browser does.
func (a *attempt) openBrowser(start string) <-chan error {
	opened := make(chan error, 1)
	open := a.request.Operator.OpenBrowser
	if open == nil {
		opened <- errNoBrowser
		return opened
	}
	a.tellOperator("Opening the browser: approve the app for %s there. Waiting up to %s; Ctrl-C stops.", a.domain, inShortUnits(a.request.Timeout))
	go func() { opened <- open(start) }()
	return opened
}

// showAddress tells the whole authorize address and begins to read what is
// pasted.
func (a *attempt) showAddress(ctx context.Context, h *handshake) (pasted <-chan string) {
	a.tellOperator("Open this address in a browser and approve the app for %s:\n\n  %s\n", a.domain, h.authorizeURL())
	if a.request.Operator.ReadLine != nil {
		a.tellOperator("If that browser runs on another machine, its last page will not load: paste the address of that page here.")
	}
	a.tellOperator("Waiting up to %s; Ctrl-C stops.", inShortUnits(a.request.Timeout))
	return a.pastedLines(ctx)
}

// pastedLines reads what the operator types. A reader that is blocked in a
// terminal cannot be stopped; it ends with the process.
func (a *attempt) pastedLines(ctx context.Context) <-chan string {
	lines := make(chan string)
	read := a.request.Operator.ReadLine
	if read == nil {
		return lines
	}
	go func() {
		for {
			line, err := read()
			if line = strings.TrimSpace(line); line != "" {
				select {
				case lines <- line:
				case <-ctx.Done():
					return
				}
			}
			if err != nil {
				return
			}
		}
	}()
	return lines
}

// takePasted puts a pasted callback address through the same checks as one that
// a browser calls.
func (a *attempt) takePasted(h *handshake, line string) {
	u, err := url.Parse(line)
	if err != nil || u.Scheme != a.callback.Scheme || u.Host != a.callback.Host || u.EscapedPath() != a.callback.EscapedPath() {
		a.tellOperator("The address of the last page begins with %s?; that does not.", a.callback)
		return
	}
	if _, fault := h.receiveAnswer(u.RawQuery); fault != nil {
		a.tellRefused(fault)
	}
}

// tellRefused tells of a callback that was refused.
func (a *attempt) tellRefused(fault *Fault) {
	end := ";"
	if strings.HasSuffix(fault.Message, "?") {
		end = ""
	}
	a.tellOperator("%s%s still waiting", fault.Message, end)
}

// inShortUnits writes a duration as it is typed: 5m, 90s.
func inShortUnits(d time.Duration) string {
	text := strings.TrimSuffix(d.String(), "m0s")
	if text == d.String() {
		return text
	}
	return text + "m"
}

func (a *attempt) tellOperator(format string, values ...any) {
	if a.request.Operator.Tell != nil {
		a.request.Operator.Tell(fmt.Sprintf(format, values...))
	}
}
