package view

import (
	"time"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer"
)

// Card is everything about one connector. Its JSON is a contract with scripts: every field
// is always there.
type Card struct {
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
	SetUpFor          []connector.Resource             `json:"set_up_for"`
	Token             Token                            `json:"token"`
	LastAttempt       *Attempt                         `json:"last_attempt"`
	APIVersion        string                           `json:"api_version"`
	APIVersionUntil   *time.Time                       `json:"api_version_until"`
	ConnectedAt       *time.Time                       `json:"connected_at"`
	CheckedAt         *time.Time                       `json:"checked_at"`
	LastPreview       *importer.Run                    `json:"last_preview"`
	LastRun           *importer.Run                    `json:"last_run"`
	Objects           map[string]int                   `json:"objects"`
	Freshness         map[connector.Resource]Freshness `json:"freshness"`
	Lights            health.Lights                    `json:"lights"`
	Suggestions       []plain.Suggestion               `json:"suggestions"`

	Examined health.Examination `json:"-"` // what the lights follow from
}

// Token describes the stored token. A nil time means that it does not expire. Outlook says
// in words how long it will do, and what to do about it.
type Token struct {
	Kind             connector.TokenKind `json:"kind"`
	ExpiresAt        *time.Time          `json:"expires_at"`
	RefreshExpiresAt *time.Time          `json:"refresh_expires_at"`
	Outlook          string              `json:"outlook"`
}

// Attempt is the last try to connect. Reason is "" when it worked.
type Attempt struct {
	At         time.Time        `json:"at"`
	Reason     connector.Reason `json:"reason"`
	ReasonText string           `json:"reason_text"`
}

// Freshness is how old the imported data of one resource is.
type Freshness struct {
	AsOf       time.Time `json:"as_of"`
	ImportedAt time.Time `json:"imported_at"`
	AgeSeconds int64     `json:"age_seconds"`
}

func (c Card) forPrograms() document { return oneDocument(c) }

// MarshalJSON writes nil lists and maps as empty ones, and commands as text.
func (c Card) MarshalJSON() ([]byte, error) {
	type fields Card // without this method
	fillList(&c.Scopes)
	fillList(&c.MissingScopes)
	fillList(&c.Capabilities)
	fillList(&c.SetUpFor)
	fillList(&c.Suggestions)
	if c.Objects == nil {
		c.Objects = map[string]int{}
	}
	if c.Freshness == nil {
		c.Freshness = map[connector.Resource]Freshness{}
	}
	c.LastPreview, c.LastRun = toldLast(c.LastPreview), toldLast(c.LastRun)
	return plain.EncodeJSON(fields(c))
}

func fillList[T any](list *[]T) {
	if *list == nil {
		*list = []T{}
	}
}
