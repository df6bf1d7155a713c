package cmd

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/facts"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/connector/spelling"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// cardOf makes the card of a connector from the state file. Trouble is why the
// shop could not be asked just now.
func cardOf(ctx context.Context, p *access.Access, db access.StateFile, c connector.Connector, trouble error) (view.Card, error) {
	known := facts.Known(p, c)
	known.KeyFile = p.KeyFile()
	if trouble != nil {
		known.Asked = &health.Asked{Fault: exit.FaultOf(trouble), Before: c}
	}
	if err := facts.AddRuns(ctx, db, &known); err != nil {
		return view.Card{}, err
	}
	if altered := db.Whole(ctx, c); altered != nil {
		known.Key = &health.Key{Fault: exit.FaultOf(altered)}
	}
	if c.Reason == connector.NeverConnected {
		all, err := db.Connectors(ctx)
		if err != nil {
			return view.Card{}, err
		}
		if len(all) > 0 {
			known.Meant = spelling.NearestFirst(c.Store, job.StoresOf(all))[0]
		}
	}
	objects := map[string]int{}
	for _, table := range importer.Tables() {
		var err error
		if objects[table.Name], err = db.Count(ctx, table, importer.ListFilter{Store: c.Store}); err != nil {
			return view.Card{}, err
		}
	}
	return newCard(known, objects), nil
}

func newCard(known health.Facts, objects map[string]int) view.Card {
	c, examined := known.Connector, health.Examine(known, health.Examined{})
	made := view.Card{
		Store: c.Store, Provider: c.Provider, State: c.State, Reason: c.Reason, Sandbox: c.Sandbox,
		ExternalDomain: c.Domain, ExternalAccount: c.Account, ExternalAccountID: c.AccountID, Currency: c.Currency,
		ClientID: c.ClientID, Auth: c.Auth, Scopes: c.Scopes,
		Token: view.Token{
			Kind: c.Token.Kind, ExpiresAt: moment(c.Token.ExpiresAt), RefreshExpiresAt: moment(c.Token.RefreshExpiresAt), Outlook: health.Outlook(c),
		},
		APIVersion: c.APIVersion, ConnectedAt: moment(c.ConnectedAt), CheckedAt: moment(c.CheckedAt),
		LastPreview: known.LastPreview, LastRun: known.LastRun, Objects: objects,
		Freshness: map[connector.Resource]view.Freshness{},
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
	if known.Asked != nil {
		made.ReasonText = known.Asked.Fault.Message
	}
	if last := c.LastAttempt; last != nil {
		made.LastAttempt = &view.Attempt{At: last.At.UTC(), Reason: last.Reason, ReasonText: last.Why()}
	}
	for resource, f := range known.Freshness {
		made.Freshness[resource] = view.Freshness{AsOf: f.AsOf.UTC(), ImportedAt: f.ImportedAt.UTC(), AgeSeconds: int64(known.Now.Sub(f.AsOf).Seconds())}
	}
	for _, step := range examined.Suggestions() {
		made.Suggestions = append(made.Suggestions, view.SuggestedFor(step))
	}
	if step, some := known.KeyFile.Suggestion(); some {
		made.Suggestions = append(made.Suggestions, view.SuggestedFor(step))
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
