package connector

import (
	"context"
	"errors"
)

// Registry remembers connectors and their secrets. A change is whole or it did
// not happen. Each connector comes with what its provider says of itself.
type Registry interface {
	// Connector returns the record of a store; for a store that was never
	// linked one that is inactive, NeverConnected.
	Connector(ctx context.Context, store, provider string) (Connector, error)
	// Connectors lists all records, ordered by store and provider.
	Connectors(ctx context.Context) ([]Connector, error)
	// Holder returns the connector that a shop is attached to, found by its
	// account id or its domain, whichever is given. ok is false when there is
	// none.
	Holder(ctx context.Context, provider, accountID, domain string) (c Connector, ok bool, err error)

	// EnsureKey makes sure that secrets can be sealed, and makes the key if
	// nothing was ever sealed.
	EnsureKey(ctx context.Context) error
	// RecordAttempt remembers how the last attempt stands: SetupInterrupted
	// while it runs, later why it failed. A live connector stays as it is
	// otherwise; any other takes the reason and, unless it is attached, the
	// domain, auth, client id and sandbox mark of c.
	RecordAttempt(ctx context.Context, c Connector, outcome Attempt) error
	// SaveInstall makes c live with these secrets and returns the record. The
	// error is ErrShopTaken when the account is attached to another store.
	SaveInstall(ctx context.Context, c Connector, secrets Secrets) (Connector, error)
	// RecordContact remembers the scopes, names, API version, reason and time
	// of c.CheckedAt of an install. The error may be ErrInstallChanged.
	RecordContact(ctx context.Context, c Connector) error
	// Secrets opens what was stored with an install.
	Secrets(ctx context.Context, c Connector) (Secrets, error)
	// LockTokens lets one process at a time renew the tokens of a store.
	LockTokens(ctx context.Context, c Connector) (release func(), err error)
	// SaveTokens replaces token and secrets of an install in one step. The error
	// may be ErrInstallChanged.
	SaveTokens(ctx context.Context, c Connector, token TokenInfo, secrets Secrets) error
	// EndInstall makes c inactive. TokenRejected forgets the tokens; Disconnected
	// forgets all secrets beyond recovery and detaches the account. The error
	// may be ErrInstallChanged.
	EndInstall(ctx context.Context, c Connector, reason Reason) error
}

// Errors of a Registry. Before the first connection there is none: that is ErrNoState.
// One that was opened only to look refuses to write with ErrReadOnly.
var (
	ErrNoState        = errors.New("nothing connected yet")
	ErrReadOnly       = errors.New("the state file was opened for reading only")
	ErrShopTaken      = errors.New("the shop is attached to another store")
	ErrInstallChanged = errors.New("the connection was changed meanwhile")
)

// Secrets is what an install keeps secret. Any of them may be missing.
type Secrets struct {
	AccessToken  Secret
	RefreshToken Secret
	ClientSecret Secret
}
