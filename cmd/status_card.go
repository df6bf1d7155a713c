package cmd

import (
	"cmp"
	"context"
	"time"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

// cardFacts is what a card needs beside the connector.
type cardFacts struct {
	now         time.Time
	maxAge      time.Duration
	trouble     error // why the shop could not be asked just now
	lastPreview *importer.Run
	lastRun     *importer.Run
	objects     map[string]int
	freshness   map[connector.Resource]state.Freshness
}

// cardOf makes the card of a connector from the state file.
func (p *program) cardOf(ctx context.Context, db *state.DB, c connector.Connector, maxAge time.Duration, trouble error) (view.Card, error) {
	facts := cardFacts{now: p.env.Now(), maxAge: maxAge, trouble: trouble, objects: map[string]int{}}
	var err error
	if facts.lastPreview, err = db.LastRun(ctx, c.Store, importer.KindPreview); err != nil {
		return view.Card{}, err
	}
	if facts.lastRun, err = db.LastRun(ctx, c.Store, importer.KindImport); err != nil {
		return view.Card{}, err
	}
	if facts.freshness, err = db.Freshness(ctx, c); err != nil {
		return view.Card{}, err
	}
	for _, table := range importer.Tables() {
		if facts.objects[table.Name], err = db.Count(ctx, table, state.ListFilter{Store: c.Store}); err != nil {
			return view.Card{}, err
		}
	}
	return newCard(c, facts), nil
}

func newCard(c connector.Connector, facts cardFacts) view.Card {
	made := view.Card{
		Store: c.Store, Provider: c.Provider, State: c.State, Reason: c.Reason, Sandbox: c.Sandbox,
		ExternalDomain: c.Domain, ExternalAccount: c.Account, ExternalAccountID: c.AccountID, Currency: c.Currency,
		ClientID: c.ClientID, Auth: c.Auth, Scopes: c.Scopes,
		Token: view.Token{
			Kind: c.Token.Kind, ExpiresAt: moment(c.Token.ExpiresAt), RefreshExpiresAt: moment(c.Token.RefreshExpiresAt), Outlook: outlook(c),
		},
		APIVersion: c.APIVersion, ConnectedAt: moment(c.ConnectedAt), CheckedAt: moment(c.CheckedAt), Trouble: c.Trouble, MaxAge: facts.maxAge,
		LastPreview: facts.lastPreview, LastRun: facts.lastRun, Objects: facts.objects,
		Freshness: map[connector.Resource]view.Freshness{},
	}
	if c.Attached {
		made.MissingScopes, made.Capabilities = c.MissingScopes(), c.Capabilities()
	}
	if end := versionEnd(c.APIVersion); end != never {
		made.APIVersionUntil = &end
	}
	if made.Trouble == "" && facts.trouble != nil {
		made.Trouble = faultOf(facts.trouble).Message
	}
	if made.Reason == "" && c.State == connector.Live && tokenEndsSoon(c, facts.now) {
		made.Reason = connector.TokenExpiring
	}
	made.ReasonText = cmp.Or(made.Trouble, made.Reason.Text())
	if last := c.LastAttempt; last != nil {
		made.LastAttempt = &view.Attempt{At: last.At.UTC(), Reason: last.Reason, ReasonText: last.Reason.Text()}
	}
	for resource, f := range facts.freshness {
		made.Freshness[resource] = view.Freshness{AsOf: f.AsOf.UTC(), ImportedAt: f.ImportedAt.UTC(), AgeSeconds: int64(facts.now.Sub(f.AsOf).Seconds())}
	}
	made.Lights = lightsOf(c, made, facts)
	made.Suggestions = suggestionsFor(c, made, facts.now)
	return made
}

// moment is a time as scripts get it, null when there is none.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
