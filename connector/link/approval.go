package link

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/callback"
	"github.com/eshopos/eshopctl/connector/tokens"
)

// connectInBrowser has the merchant approve the app. The port of the callback is
// taken before the attempt counts as one.
func connectInBrowser(ctx context.Context, a *attempt) (connector.Connector, error) {
	door, err := callback.Listen(a.callback, a.variableOf("CALLBACK_URL"))
	if err != nil {
		return connector.Connector{}, err
	}
	defer door.Close()
	if err := a.beginAttempt(ctx); err != nil {
		return connector.Connector{}, err
	}
	approval := newApproval(a, door)
	return a.endAttempt(ctx, approval.connectShop)
}

// approval is what an attempt waits for in the browser: that the merchant approves the
// app.
type approval struct {
	attempt   *attempt
	operator  Operator
	door      *callback.Door
	handshake *callback.Handshake
	verifier  string
}

func newApproval(a *attempt, door *callback.Door) *approval {
	p := &approval{attempt: a, operator: a.request.Operator, door: door, verifier: tokens.NewVerifier()}
	p.handshake = callback.NewHandshake(p.authorizeURL, p.verifyCallback)
	return p
}

func (p *approval) authorizeURL(state string) string {
	return p.attempt.issuer().AuthorizeURL(p.attempt.wantedResources(), state, p.verifier)
}

func (p *approval) verifyCallback(query url.Values) (domain string, err error) {
	app := p.attempt.app
	return p.attempt.provider.VerifyCallback(query, []connector.Secret{app.Secret, app.OldSecret}, p.attempt.now())
}

// connectShop asks the merchant and makes the install from the answer, whose page shows
// what came of it.
func (p *approval) connectShop(ctx context.Context) (connector.Connector, error) {
	answer, err := p.awaitAnswer(ctx, p.door.OpenFor(p.handshake, p.attempt.domain))
	if err != nil {
		return connector.Connector{}, err
	}
	c, err := p.useAnswer(ctx, answer)
	answer.TellOutcome(err)
	return c, err
}

func (p *approval) useAnswer(ctx context.Context, answer *callback.Answer) (connector.Connector, error) {
	if objection := p.attempt.objectionTo(answer); objection != nil {
		return connector.Connector{}, objection
	}
	return p.attempt.completeInstall(ctx, answer.Query.Get("code"), p.verifier)
}

// untilBrowserComes is how long a browser has to come to the door. A launcher may
// say that all is well where no browser ever appears.
const untilBrowserComes = 10 * time.Second

// awaitAnswer leads the operator to the authorize address and waits for an answer.
// Everything that the operator is told meanwhile is told from here.
func (p *approval) awaitAnswer(ctx context.Context, start string) (*callback.Answer, error) {
	timer := time.NewTimer(p.attempt.request.Timeout)
	defer timer.Stop()
	absent := time.After(min(untilBrowserComes, p.attempt.request.Timeout/3))
	var pasted <-chan string
	opened := p.openBrowser(start)
	for {
		select {
		case answer := <-p.handshake.Accepted:
			return answer, nil
		case err := <-opened:
			opened = nil
			if err != nil && pasted == nil {
				if err != errNoBrowser {
					p.operator.tellLine("The browser did not start.")
				}
				pasted = p.showAddress(ctx)
			}
		case <-absent:
			if pasted == nil && !p.door.HasStarted() {
				p.operator.tellLine("No browser has come so far.")
				pasted = p.showAddress(ctx)
			}
		case <-p.door.Again:
			if pasted == nil {
				p.operator.tellLine("The start address works once, and was opened before, perhaps by a program that\nlooks at links.")
				pasted = p.showAddress(ctx)
			}
		case line := <-pasted:
			p.takePasted(line)
		case fault := <-p.handshake.Noticed:
			p.tellRefused(fault)
		case <-timer.C:
			return nil, p.attempt.timedOut(p.handshake.LastRefused())
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

var errNoBrowser = errors.New("no browser")

// openBrowser starts the browser on the one-use address, so that no state
// stands in the arguments of a process. Launchers may run as long as the
// browser does.
func (p *approval) openBrowser(start string) <-chan error {
	opened := make(chan error, 1)
	open := p.operator.OpenBrowser
	if open == nil {
		opened <- errNoBrowser
		return opened
	}
	p.operator.tellLine("Opening the browser: approve the app for %s there. Waiting up to %s; Ctrl-C stops.", p.attempt.domain,
		p.attempt.request.timeoutInWords())
	go func() { opened <- open(start) }()
	return opened
}

// showAddress tells the whole authorize address and begins to read what is
// pasted.
func (p *approval) showAddress(ctx context.Context) (pasted <-chan string) {
	p.operator.tellLine("Open this address in a browser and approve the app for %s:\n\n  %s\n", p.attempt.domain, p.handshake.AuthorizeURL())
	if p.operator.ReadLine != nil {
		p.operator.tellLine("If that browser runs on another machine, its last page will not load: paste the address of that page here.")
	}
	p.operator.tellLine("Waiting up to %s; Ctrl-C stops.", p.attempt.request.timeoutInWords())
	return p.pastedLines(ctx)
}

// pastedLines reads what the operator types. A reader that is blocked in a
// terminal cannot be stopped; it ends with the process.
func (p *approval) pastedLines(ctx context.Context) <-chan string {
	lines := make(chan string)
	read := p.operator.ReadLine
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
func (p *approval) takePasted(line string) {
	u, err := url.Parse(line)
	if err != nil || u.Scheme != p.attempt.callback.Scheme || u.Host != p.attempt.callback.Host || u.EscapedPath() != p.attempt.callback.EscapedPath() {
		p.operator.tellLine("The address of the last page begins with %s?; that does not.", p.attempt.callback)
		return
	}
	if _, fault := p.handshake.ReceiveAnswer(u.RawQuery); fault != nil {
		p.tellRefused(fault)
	}
}

// tellRefused tells of a callback that was refused.
func (p *approval) tellRefused(fault *connector.Fault) {
	end := ";"
	if strings.HasSuffix(fault.Message, "?") {
		end = ""
	}
	p.operator.tellLine("%s%s still waiting", fault.Message, end)
}
