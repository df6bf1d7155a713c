package link

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/callback"
	"github.com/eshopos/eshopctl/connector/tokens"
)

// prepareAttempt finds everything that can be wrong with the request itself. Nothing
// is recorded, nothing is sent.
func prepareAttempt(ctx context.Context, s *Service, r Request) (*attempt, error) {
	previous, err := s.Registry.Connector(ctx, r.Store, s.Provider.Platform().Name)
	if err != nil {
		return nil, err
	}
	a := &attempt{provider: s.Provider, registry: s.Registry, now: s.Now, patience: s.Patience, request: r, previous: previous}
	if err := tokens.CheckSandbox(s.Provider, previous); err != nil {
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
	if r.Auth == connector.AdminToken { // which no app has to do with
		return a, a.checkToken()
	}
	a.app = s.App
	if r.Auth == connector.Browser {
		if a.callback, err = callback.ParseURL(a.app.CallbackURL, a.variableOf("CALLBACK_URL")); err != nil {
			return nil, err
		}
	}
	return a, a.fillApp()
}

func (a *attempt) checkToken() error {
	if flaw := a.request.Token.Flaw(); flaw != "" {
		return &connector.Fault{Code: connector.Usage, Message: "what was given is not a token: it holds " + flaw, Next: a.again().Next()}
	}
	if !a.request.Token.IsZero() {
		return nil
	}
	return &connector.Fault{Code: connector.Usage,
		Message: "there is no token: " + a.variableOf("ACCESS_TOKEN") + " is not set, and none came on standard input",
		Next:    a.again().Next()}
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
		return "", &connector.Fault{Code: connector.Usage,
			Message: "which shop? No --shop was given, and store " + a.request.Store + " was never linked to one",
			Next:    a.again().Next()}
	}
	return a.provider.ParseShop(typed)
}

// askForShop asks the operator, who has as long to answer as for the approval.
func (a *attempt) askForShop(ctx context.Context) (string, error) {
	inTime, cancel := context.WithTimeout(ctx, a.request.Timeout)
	defer cancel()
	typed, err := a.request.Operator.Ask(inTime, "Which shop ("+a.platform().ShopForms+")? ")
	if err != nil && inTime.Err() != nil && ctx.Err() == nil {
		return "", &connector.Fault{Code: connector.Usage, Next: a.again().Next(),
			Message: fmt.Sprintf("no answer came within %s; nothing was connected", a.request.timeoutInWords())}
	}
	return strings.TrimRight(typed, "\r\n"), err
}

// fillApp fills the gaps of the app's settings with what was stored. A stored secret is
// used for the stored client id only.
func (a *attempt) fillApp() error {
	app := &a.app
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
		return nil
	}
	return &connector.Fault{Code: connector.Usage,
		Message: fmt.Sprintf("the client id and secret of your %s app are needed; not set: %s", a.platform().Title, strings.Join(unset, ", ")),
		Next: a.again().After(fmt.Sprintf("set %s and %s (or %s_FILE), then: ", a.variableOf("CLIENT_ID"), a.variableOf("CLIENT_SECRET"),
			a.variableOf("CLIENT_SECRET")))}
}

// refuseKnown ends the attempt when it is known beforehand that it must fail: first
// what this state knows, then what the linked shop says about another name.
func (a *attempt) refuseKnown(ctx context.Context) error {
	holder, taken, err := a.registry.Holder(ctx, a.platform().Name, "", a.domain)
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
