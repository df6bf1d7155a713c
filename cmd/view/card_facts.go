package view

import (
	"cmp"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
)

// CardOf is the card of a store of which this is known, with the number of its rows by
// table, nil where nobody counted them.
func CardOf(known health.Facts, objects map[string]int) Card {
	c, examined := known.Connector, health.Examine(known, health.Examination{})
	made := Card{
		Store: c.Store, Provider: c.Provider, State: c.State, Reason: c.Reason, Sandbox: c.Sandbox,
		ExternalDomain: c.Domain, ExternalAccount: c.Account, ExternalAccountID: c.AccountID, Currency: c.Currency,
		ClientID: c.ClientID, Auth: c.Auth, Scopes: c.Scopes,
		Token: Token{
			Kind: c.Token.Kind, ExpiresAt: Moment(c.Token.ExpiresAt), RefreshExpiresAt: Moment(c.Token.RefreshExpiresAt),
			Outlook: health.Outlook(c),
		},
		APIVersion: c.APIVersion, ConnectedAt: Moment(c.ConnectedAt), CheckedAt: Moment(c.CheckedAt),
		LastPreview: known.LastPreview, LastRun: known.LastRun, Objects: objects,
		Freshness: map[connector.Resource]Freshness{},
		Lights:    examined.Lights(), Examined: examined,
	}
	if c.Attached {
		made.MissingScopes, made.Capabilities = c.MissingScopes(), c.Capabilities()
	}
	if len(c.Purpose) > 0 {
		made.SetUpFor = c.SetUpFor()
	}
	if end, ends := c.Platform.Versions.End(c.APIVersion); ends {
		made.APIVersionUntil = &end
	}
	if made.Reason == "" && c.State == connector.Live && health.TokenEndsSoon(c, known.Now) {
		made.Reason = connector.TokenExpiring
	}
	made.ReasonText = cmp.Or(c.Trouble, made.Reason.Text())
	if made.ReasonText != c.Trouble && made.Reason == c.Reason {
		made.ReasonText = c.Why()
	}
	if known.Answer != nil {
		made.ReasonText = known.Answer.Fault.Message
	}
	if last := c.LastAttempt; last != nil {
		made.LastAttempt = &Attempt{At: last.At.UTC(), Reason: last.Reason, ReasonText: last.Why()}
	}
	for resource, f := range known.Freshness {
		made.Freshness[resource] = Freshness{AsOf: f.AsOf.UTC(), ImportedAt: f.ImportedAt.UTC(),
			AgeSeconds: int64(known.Now.Sub(f.AsOf).Seconds())}
	}
	for _, step := range examined.Suggestions() {
		made.Suggestions = append(made.Suggestions, SuggestedFor(step))
	}
	if step, some := known.KeyFile.Suggestion(); some {
		made.Suggestions = append(made.Suggestions, SuggestedFor(step))
	}
	return made
}

// Moment is a time as scripts get it, null when there is none.
func Moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
