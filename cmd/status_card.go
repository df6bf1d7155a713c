package cmd

import (
	"context"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

// card is everything there is to say about one connector. Its JSON is a contract
// with scripts: every field is always there.
type card struct {
	Store             string                           `json:"store"`
	Provider          string                           `json:"provider"`
	State             connector.State                  `json:"state"`
	Reason            connector.Reason                 `json:"reason"`
	ReasonText        string                           `json:"reason_text"`
	Sandbox           bool                             `json:"sandbox"`
	ExternalDomain    string                           `json:"external_domain"`
	ExternalAccount   string                           `json:"external_account"`
	ExternalAccountID string                           `json:"external_account_id"`
	Currency          string                           `json:"currency"`
	ClientID          string                           `json:"client_id"`
	Auth              connector.Auth                   `json:"auth"`
	Scopes            []string                         `json:"scopes"`
	MissingScopes     []string                         `json:"missing_scopes"`
	Capabilities      []connector.Resource             `json:"capabilities"`
	Token             cardToken                        `json:"token"`
	LastAttempt       *cardAttempt                     `json:"last_attempt"`
	APIVersion        string                           `json:"api_version"`
	ConnectedAt       *time.Time                       `json:"connected_at"`
	CheckedAt         *time.Time                       `json:"checked_at"`
	LastPreview       *importer.Run                    `json:"last_preview"`
	LastRun           *importer.Run                    `json:"last_run"`
	Objects           map[string]int                   `json:"objects"`
	Freshness         map[connector.Resource]cardFresh `json:"freshness"`
	Lights            lights                           `json:"lights"`
	Suggestions       []suggestion                     `json:"suggestions"`
}

type cardToken struct {
	Kind             connector.TokenKind `json:"kind"`
	ExpiresAt        *time.Time          `json:"expires_at"`
	RefreshExpiresAt *time.Time          `json:"refresh_expires_at"`
}

type cardAttempt struct {
	At         time.Time        `json:"at"`
	Reason     connector.Reason `json:"reason"`
	ReasonText string           `json:"reason_text"`
}

type cardFresh struct {
	AsOf       time.Time `json:"as_of"`
	ImportedAt time.Time `json:"imported_at"`
	AgeSeconds int64     `json:"age_seconds"`
}

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
func (p *program) cardOf(ctx context.Context, db *state.DB, c connector.Connector, maxAge time.Duration, trouble error) (card, error) {
	facts := cardFacts{now: p.env.Now(), maxAge: maxAge, trouble: trouble, objects: map[string]int{}}
	var err error
	if facts.lastPreview, err = db.LastRun(ctx, c.Store, importer.KindPreview); err != nil {
		return card{}, err
	}
	if facts.lastRun, err = db.LastRun(ctx, c.Store, importer.KindImport); err != nil {
		return card{}, err
	}
	if facts.freshness, err = db.Freshness(ctx, c); err != nil {
		return card{}, err
	}
	for _, table := range importer.Tables() {
		if facts.objects[table.Name], err = db.Count(ctx, table, state.ListFilter{Store: c.Store}); err != nil {
			return card{}, err
		}
	}
	return newCard(c, facts), nil
}

func newCard(c connector.Connector, facts cardFacts) card {
	made := card{
		Store: c.Store, Provider: c.Provider, State: c.State, Reason: c.Reason, Sandbox: c.Sandbox,
		ExternalDomain: c.Domain, ExternalAccount: c.Account, ExternalAccountID: c.AccountID, Currency: c.Currency,
		ClientID: c.ClientID, Auth: c.Auth, Scopes: append([]string{}, c.Scopes...),
		MissingScopes: []string{}, Capabilities: []connector.Resource{},
		Token:      cardToken{c.Token.Kind, moment(c.Token.ExpiresAt), moment(c.Token.RefreshExpiresAt)},
		APIVersion: c.APIVersion, ConnectedAt: moment(c.ConnectedAt), CheckedAt: moment(c.CheckedAt),
		LastPreview: facts.lastPreview, LastRun: facts.lastRun,
		Objects: map[string]int{}, Freshness: map[connector.Resource]cardFresh{},
	}
	if c.Attached {
		made.MissingScopes, made.Capabilities = c.MissingScopes(), c.Capabilities()
	}
	if made.Reason == "" && c.State == connector.Live && endsSoon(c, facts.now) {
		made.Reason = connector.TokenExpiring
	}
	made.ReasonText = made.Reason.Text()
	if last := c.LastAttempt; last != nil {
		made.LastAttempt = &cardAttempt{last.At.UTC(), last.Reason, last.Reason.Text()}
	}
	for name, n := range facts.objects {
		made.Objects[name] = n
	}
	for resource, f := range facts.freshness {
		made.Freshness[resource] = cardFresh{f.AsOf.UTC(), f.ImportedAt.UTC(), int64(facts.now.Sub(f.AsOf).Seconds())}
	}
	made.Lights = lightsOf(c, made, facts)
	made.Suggestions = suggestionsFor(made)
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
