package connector

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// attempt is one try to connect a store.
type attempt struct {
	*Service
	request  Request
	previous Connector // as it stood before
	stored   Secrets   // of previous
	proven   bool      // that the account of previous answered
	domain   string    // asked for
	app      App       // with what was stored filled in
	callback *url.URL
}

// prepareAttempt finds everything that can be wrong with the request itself. Nothing
// is recorded, nothing is sent.
func (s *Service) prepareAttempt(ctx context.Context, r Request) (*attempt, error) {
	previous, err := s.Registry.Connector(ctx, r.Store, s.platform().Name)
	if err != nil {
		return nil, err
	}
	a := &attempt{Service: s, request: r, previous: previous}
	if err := s.checkSite(previous); err != nil {
		return nil, err
	}
	if a.domain, err = a.askedDomain(ctx); err != nil {
		return nil, err
	}
	if previous.Attached { // also where they are not needed: that they open proves to which shop they belong
		if a.stored, err = s.Registry.Secrets(ctx, previous); err != nil {
			return nil, err
		}
	}
	switch r.Auth {
	case AdminToken:
		return a, a.checkToken()
	case Browser:
		if a.callback, err = ParseCallbackURL(s.App.CallbackURL, s.variableOf("CALLBACK_URL")); err != nil {
			return nil, err
		}
	}
	a.app, err = a.knownApp()
	return a, err
}

func (a *attempt) checkToken() error {
	if flaw := a.request.Token.Flaw(); flaw != "" {
		return &Fault{Code: Usage, Message: "what was given is not a token: it holds " + flaw, Next: a.again().Next()}
	}
	if !a.request.Token.IsZero() {
		return nil
	}
	return &Fault{Code: Usage, Message: "there is no token: " + a.variableOf("ACCESS_TOKEN") + " is not set, and none came on standard input",
		Next: a.again().Next()}
}

func (a *attempt) askedDomain(ctx context.Context) (string, error) {
	typed := cmp.Or(a.request.Shop, a.previous.Domain)
	if typed == "" && a.request.Operator.Ask != nil {
		var err error
		if typed, err = a.askForShop(ctx); err != nil {
			return "", err
		}
	}
	if typed == "" {
		return "", &Fault{Code: Usage, Message: "which shop? No --shop was given, and store " + a.request.Store + " was never linked to one",
			Next: a.again().Next()}
	}
	return a.Provider.ParseShop(typed)
}

// askForShop asks the operator, who has as long to answer as for the approval.
func (a *attempt) askForShop(ctx context.Context) (string, error) {
	inTime, cancel := context.WithTimeout(ctx, a.request.Timeout)
	defer cancel()
	typed, err := a.request.Operator.Ask(inTime, "Which shop ("+a.platform().ShopForms+")? ")
	if err != nil && inTime.Err() != nil && ctx.Err() == nil {
		return "", &Fault{Code: Usage, Next: a.again().Next(),
			Message: fmt.Sprintf("no answer came within %s; nothing was connected", inShortUnits(a.request.Timeout))}
	}
	return strings.TrimRight(typed, "\r\n"), err
}

// knownApp fills the gaps of the app's settings with what was stored. A stored
// secret is used for the stored client id only.
func (a *attempt) knownApp() (App, error) {
	app := a.App
	app.ClientID = cmp.Or(app.ClientID, a.previous.ClientID)
	if app.Secret.IsZero() && app.ClientID == a.previous.ClientID {
		app.Secret = a.stored.ClientSecret
	}
	var unset []string
	if app.ClientID == "" {
		unset = append(unset, a.variableOf("CLIENT_ID"))
	}
	if app.Secret.IsZero() {
		unset = append(unset, a.variableOf("CLIENT_SECRET"))
	}
	if len(unset) == 0 {
		return app, nil
	}
	return app, &Fault{Code: Usage, Message: fmt.Sprintf("the client id and secret of your %s app are needed; not set: %s", a.platform().Title, strings.Join(unset, ", ")),
		Next: a.again().After(fmt.Sprintf("set %s and %s (or %s_FILE), then: ", a.variableOf("CLIENT_ID"), a.variableOf("CLIENT_SECRET"), a.variableOf("CLIENT_SECRET")))}
}

// refuseKnown ends the attempt when it is known beforehand that it must fail: first
// what this state knows, then what the linked shop says about another name.
func (a *attempt) refuseKnown(ctx context.Context) error {
	holder, taken, err := a.Registry.Holder(ctx, a.platform().Name, "", a.domain)
	if err != nil {
		return err
	}
	if taken && holder.Store != a.request.Store {
		return a.shopTaken(holder)
	}
	if a.renamesShop() {
		return a.mayBeRenamed(ctx)
	}
	return nil
}

// beginAttempt puts the attempt on record as interrupted, which it is unless it ends.
func (a *attempt) beginAttempt(ctx context.Context) error {
	if err := a.Registry.EnsureKey(ctx); err != nil {
		return a.recordFailure(ctx, err)
	}
	if err := a.recordReason(ctx, SetupInterrupted, ""); err != nil {
		return err
	}
	return failpoint.Reach("connect/begun")
}

// endAttempt runs the last part of an attempt and puts its failure on record.
func (a *attempt) endAttempt(ctx context.Context, finish func(context.Context) (Connector, error)) (Connector, error) {
	c, err := finish(ctx)
	if err != nil {
		return Connector{}, a.recordFailure(ctx, err)
	}
	return c, nil
}

// recordFailure puts the reason of a failure on record. Without one the attempt stays
// interrupted.
func (a *attempt) recordFailure(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return &Fault{Code: Interrupted, Message: "interrupted; nothing was connected", Err: ctx.Err(),
			Next: a.again().Next()}
	}
	var fault *Fault
	switch {
	case !errors.As(err, &fault):
		return err
	case fault.Reason == "":
		told := *fault
		told.Next = a.previous.Addressed(fault)
		return &told
	}
	return errors.Join(err, a.recordReason(ctx, fault.Reason, fault.Message))
}

// longestText is how much of what a shop may have said is kept.
const longestText = 500

func (a *attempt) recordReason(ctx context.Context, reason Reason, text string) error {
	return a.Registry.RecordAttempt(ctx, a.asConnector(), Attempt{At: a.Now(), Reason: reason, Text: strings.ToValidUTF8(clipText(text, longestText), "?")})
}

// asConnector is the connector that the attempt tries to make.
func (a *attempt) asConnector() Connector {
	return Connector{
		Store: a.request.Store, Provider: a.platform().Name, Platform: a.platform(), Sandbox: a.Provider.Sandbox(),
		Domain: a.domain, ClientID: a.app.ClientID, Auth: a.request.Auth, Purpose: a.wantedResources(),
		Requested: a.platform().ScopesFor(a.wantedResources()),
	}
}

// wantedResources is what the store is to be set up for.
func (a *attempt) wantedResources() []Resource {
	if len(a.request.Only) > 0 {
		return inImportOrder(a.request.Only)
	}
	return a.previous.SetUpFor()
}

// again is what the operator types to try once more.
func (a *attempt) again() Command { return a.commandFor(a.forShop(a.domain)) }

// commandFor is what connects a shop as this attempt would have.
func (a *attempt) commandFor(c Connector) Command {
	connecting := c.Connecting()
	if len(a.request.Only) > 0 {
		connecting = c.ConnectingFor(a.request.Only)
	}
	return connecting.With(a.request.Flags...)
}

// forShop is the connector that the attempt would make of another shop.
func (a *attempt) forShop(domain string) Connector {
	c := a.asConnector()
	c.Domain = domain
	if a.request.Permanent {
		c.Token.Kind = Permanent
	}
	return c
}

func (a *attempt) newIssuer() issuer {
	return issuer{provider: a.Provider, app: a.app, domain: a.domain, now: a.Now, patience: a.Patience}
}
