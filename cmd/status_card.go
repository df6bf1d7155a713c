package cmd

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

// cardFacts is what a card needs beside the connector.
type cardFacts struct {
	health.Facts
	objects map[string]int
}

// cardOf makes the card of a connector from the state file. Trouble is why the
// shop could not be asked just now.
func (p *program) cardOf(ctx context.Context, db *state.DB, c connector.Connector, maxAge time.Duration, trouble error) (view.Card, error) {
	facts := cardFacts{Facts: p.factsOf(c, maxAge), objects: map[string]int{}}
	if trouble != nil {
		facts.Trouble = faultOf(trouble).Message
	}
	var err error
	if facts.LastPreview, err = db.LastRun(ctx, c.Store, importer.KindPreview); err != nil {
		return view.Card{}, err
	}
	if facts.LastRun, err = db.LastRun(ctx, c.Store, importer.KindImport); err != nil {
		return view.Card{}, err
	}
	ages, err := db.Freshness(ctx, c)
	if err != nil {
		return view.Card{}, err
	}
	for resource, age := range ages {
		facts.Freshness[resource] = health.Freshness(age)
	}
	for _, table := range importer.Tables() {
		if facts.objects[table.Name], err = db.Count(ctx, table, state.ListFilter{Store: c.Store}); err != nil {
			return view.Card{}, err
		}
	}
	return newCard(facts), nil
}

// factsOf is what is known of a connector without looking into the state file.
func (p *program) factsOf(c connector.Connector, maxAge time.Duration) health.Facts {
	return health.Facts{
		Connector: c, Now: p.env.Now(), MaxAge: maxAge, PlanAge: defaultPlanAge,
		Freshness: map[connector.Resource]health.Freshness{},
	}
}

func newCard(facts cardFacts) view.Card {
	c := facts.Connector
	made := view.Card{
		Store: c.Store, Provider: c.Provider, State: c.State, Reason: c.Reason, Sandbox: c.Sandbox,
		ExternalDomain: c.Domain, ExternalAccount: c.Account, ExternalAccountID: c.AccountID, Currency: c.Currency,
		ClientID: c.ClientID, Auth: c.Auth, Scopes: c.Scopes,
		Token: view.Token{
			Kind: c.Token.Kind, ExpiresAt: moment(c.Token.ExpiresAt), RefreshExpiresAt: moment(c.Token.RefreshExpiresAt), Outlook: health.Outlook(c),
		},
		APIVersion: c.APIVersion, ConnectedAt: moment(c.ConnectedAt), CheckedAt: moment(c.CheckedAt), Trouble: cmp.Or(c.Trouble, facts.Trouble), MaxAge: facts.MaxAge,
		LastPreview: facts.LastPreview, LastRun: facts.LastRun, Objects: facts.objects,
		Freshness: map[connector.Resource]view.Freshness{},
		Lights:    health.LightsOf(facts.Facts),
	}
	if c.Attached {
		made.MissingScopes, made.Capabilities = c.MissingScopes(), c.Capabilities()
	}
	if len(c.Purpose) > 0 {
		made.SetUpFor = c.SetUpFor()
	}
	if end, ends := health.VersionEnd(c.APIVersion); ends {
		made.APIVersionUntil = &end
	}
	if made.Reason == "" && c.State == connector.Live && health.TokenEndsSoon(c, facts.Now) {
		made.Reason = connector.TokenExpiring
	}
	made.ReasonText = cmp.Or(made.Trouble, made.Reason.Text())
	if last := c.LastAttempt; last != nil {
		made.LastAttempt = &view.Attempt{At: last.At.UTC(), Reason: last.Reason, ReasonText: last.Reason.Text()}
	}
	for resource, f := range facts.Freshness {
		made.Freshness[resource] = view.Freshness{AsOf: f.AsOf.UTC(), ImportedAt: f.ImportedAt.UTC(), AgeSeconds: int64(facts.Now.Sub(f.AsOf).Seconds())}
	}
	for _, step := range health.Suggestions(facts.Facts) {
		made.Suggestions = append(made.Suggestions, view.Suggestion(step))
	}
	return made
}

func allGreen(cards []view.Card) bool {
	return len(cards) > 0 && !slices.ContainsFunc(cards, func(c view.Card) bool { return !c.Lights.AllGreen() })
}

// moment is a time as scripts get it, null when there is none.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
