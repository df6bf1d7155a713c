package connector

import (
	"cmp"
	"context"
	"time"
)

// State is where a connector stands.
type State string

// The states.
const (
	Live     State = "live"
	Inactive State = "inactive"
	Failed   State = "failed"
)

// ID identifies a connector: a store has one for each provider. Its runs and its lock
// are found by it.
type ID struct{ Store, Provider string }

// Connector links one store to one external account of one provider.
type Connector struct {
	Store    string
	Provider string
	Platform Platform // what the provider says of itself
	State    State
	Reason   Reason // "" when live and well
	Sandbox  bool   // linked to a simulated shop on this machine
	Attached bool   // the account belongs to this store until it disconnects

	// Generation counts the installs and their ends. A run that began under
	// another generation must not write.
	Generation int64

	Domain    string // the permanent domain of the shop; before the first install the one asked for
	Account   string // the shop's name
	AccountID string // the provider's immutable id of the shop
	Currency  string // ISO 4217
	ClientID  string // of the provider app

	Auth      Auth
	Scopes    []string   // granted, as the provider listed them last
	Requested []string   // asked for when connecting
	Purpose   []Resource // what it was set up for; none before the first install

	Token       TokenInfo
	LastAttempt *Attempt // nil before the first
	APIVersion  string
	ConnectedAt time.Time
	CheckedAt   time.Time // last good contact with the shop
	Trouble     string    // why the contact after that one was not good; else ""
	MovedTo     string    // the domain that the shop has now, where that is why; else ""
}

// Unconnected returns the connector of a store that was never linked to a shop of this
// provider.
func (p Platform) Unconnected(store string) Connector {
	return Connector{Store: store, Provider: p.Name, Platform: p, State: Inactive, Reason: NeverConnected}
}

// ID returns what identifies the connector.
func (c Connector) ID() ID { return ID{c.Store, c.Provider} }

// TokenKind says how long an access token lives and what renews it.
type TokenKind string

// The kinds.
const (
	Expiring    TokenKind = "expiring"  // an hour; renewed with a refresh token of 90 days
	Permanent   TokenKind = "permanent" // until it is revoked
	FromSecrets TokenKind = "client-credentials"
)

// TokenInfo describes the stored token without its text. A zero time means never.
type TokenInfo struct {
	Kind             TokenKind
	ExpiresAt        time.Time
	RefreshExpiresAt time.Time
	RenewAt          time.Time // ahead of ExpiresAt
}

// Attempt is the outcome of the last try to connect. Reason is "" when it
// worked.
type Attempt struct {
	At     time.Time
	Reason Reason
	Text   string // what was said of the failure
	Over   bool   // the shop was reached since, through the install from before
}

// AttemptFailed reports whether the last try to connect failed and there was no
// good contact since.
func (c Connector) AttemptFailed() bool {
	return c.LastAttempt != nil && c.LastAttempt.Reason != "" && !(c.State == Live && c.LastAttempt.Over)
}

// NeverLive reports whether the store was never linked to a shop.
func (c Connector) NeverLive() bool { return c.Generation == 0 }

// Why returns the reason in words: those of the last attempt, if the reason comes from
// it.
func (c Connector) Why() string {
	if last := c.LastAttempt; c.State != Live && last != nil && last.Reason == c.Reason {
		return last.Why()
	}
	return c.Reason.Text()
}

// Why says in words why the attempt failed.
func (a Attempt) Why() string { return cmp.Or(a.Text, a.Reason.Text()) }

// Credentials gives the access token of one connector and keeps it fresh. It
// is safe for concurrent use.
type Credentials interface {
	// Token returns the token to send with the next request.
	Token(ctx context.Context) (Secret, error)
	// Refused reports that the shop answered 401 to used, and returns another token to try.
	// When there is none the error is a *Fault with the code TokenWasRefused.
	Refused(ctx context.Context, used Secret) (Secret, error)
}
