package link

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/connector/tokens"
)

// attempt is one try to connect a store.
type attempt struct {
	provider connector.Provider
	registry connector.Registry
	now      func() time.Time
	patience *connector.Patience

	request  Request
	previous connector.Connector // as it stood before
	stored   connector.Secrets   // of previous
	proven   bool                // that the account of previous answered
	domain   string              // asked for
	app      connector.App       // with what was stored filled in
	callback *url.URL            // for Browser
}

// beginAttempt puts the attempt on record as interrupted, which it is unless it ends.
func (a *attempt) beginAttempt(ctx context.Context) error {
	if err := a.registry.EnsureKey(ctx); err != nil {
		return a.recordFailure(ctx, err)
	}
	if err := a.recordReason(ctx, connector.SetupInterrupted, ""); err != nil {
		return err
	}
	return failpoint.Reach("connect/begun")
}

// endAttempt runs the last part of an attempt and puts its failure on record.
func (a *attempt) endAttempt(ctx context.Context, finish func(context.Context) (connector.Connector, error)) (connector.Connector, error) {
	c, err := finish(ctx)
	if err != nil {
		return connector.Connector{}, a.recordFailure(ctx, err)
	}
	return c, nil
}

// recordFailure puts the reason of a failure on record. Without one the attempt stays
// interrupted.
func (a *attempt) recordFailure(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return &connector.Fault{Code: connector.Interrupted, Message: "interrupted; nothing was connected", Err: ctx.Err(),
			Next: a.again().Next()}
	}
	var fault *connector.Fault
	switch {
	case !errors.As(err, &fault):
		return err
	case fault.Reason == "":
		told := *fault
		told.Next = a.previous.NextAfter(fault)
		return &told
	}
	return errors.Join(err, a.recordReason(ctx, fault.Reason, fault.Message))
}

// longestText is how much of what a shop may have said is kept.
const longestText = 500

func (a *attempt) recordReason(ctx context.Context, reason connector.Reason, text string) error {
	return a.registry.RecordAttempt(ctx, a.asConnector(),
		connector.Attempt{At: a.now(), Reason: reason, Text: strings.ToValidUTF8(connector.ClipText(text, longestText), "?")})
}

// asConnector returns the connector that the attempt tries to make.
func (a *attempt) asConnector() connector.Connector {
	return connector.Connector{
		Store: a.request.Store, Provider: a.platform().Name, Platform: a.platform(), Sandbox: a.provider.Sandbox(),
		Domain: a.domain, ClientID: a.app.ClientID, Auth: a.request.Auth, Purpose: a.wantedResources(),
		Requested: a.platform().ScopesFor(a.wantedResources()),
	}
}

// wantedResources returns what the store is to be set up for.
func (a *attempt) wantedResources() []connector.Resource {
	wanted := a.previous
	if len(a.request.Only) > 0 {
		wanted.Purpose = a.request.Only
	}
	return wanted.SetUpFor()
}

// again returns the command that tries once more.
func (a *attempt) again() connector.Command { return a.commandFor(a.forShop(a.domain)) }

// commandFor returns the command that connects a shop as this attempt would have.
func (a *attempt) commandFor(c connector.Connector) connector.Command {
	command := c.ConnectCommand()
	if len(a.request.Only) > 0 {
		command = c.ConnectCommandFor(a.request.Only)
	}
	return command.With(a.request.Flags...)
}

// forShop returns the connector that the attempt would make of another shop.
func (a *attempt) forShop(domain string) connector.Connector {
	c := a.asConnector()
	c.Domain = domain
	if a.request.Permanent {
		c.Token.Kind = connector.Permanent
	}
	return c
}

func (a *attempt) issuer() tokens.Issuer {
	return tokens.Issuer{Provider: a.provider, App: a.app, Domain: a.domain, Now: a.now, Patience: a.patience}
}

// platform describes the provider.
func (a *attempt) platform() connector.Platform { return a.provider.Platform() }

// variableOf returns the environment variable of one of the provider's settings.
func (a *attempt) variableOf(setting string) string { return a.platform().Variable(setting) }
