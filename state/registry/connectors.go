package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/locks"
	"github.com/eshopos/eshopctl/state/vault"
)

var _ connector.Registry = (*Registry)(nil)

// Registry is the connectors and their secrets as they are stored.
type Registry struct {
	db        *engine.DB
	key       vault.Key
	locks     *locks.Locks
	platforms connector.Platforms // that connectors may be of
}

// New returns the connectors of an open place, whose secrets are sealed with that key.
func New(db *engine.DB, key vault.Key, all *locks.Locks, platforms connector.Platforms) *Registry {
	return &Registry{db: db, key: key, locks: all, platforms: platforms}
}

const selectConnectors = `SELECT connectors.store, connectors.provider, state, reason, sandbox, attached, generation, connectors.domain,
	coalesce(accounts.name, ''), coalesce(accounts.external_id, ''), coalesce(accounts.currency, ''),
	client_id, auth, scopes, requested, set_up_for, token_kind, token_expires_at, refresh_expires_at, renew_at,
	attempt_at, attempt_reason, attempt_text, attempt_over, api_version, connected_at, checked_at, trouble, iif(trouble = '', '', moved_to)
	FROM connectors LEFT JOIN accounts ON accounts.id = account `

// Connectors lists the record of every store, ordered by store and provider.
func (r *Registry) Connectors(ctx context.Context) ([]connector.Connector, error) {
	return r.connectors(ctx, "ORDER BY connectors.store, connectors.provider")
}

// Connector returns the record of one store, inactive and never connected when
// there is none.
func (r *Registry) Connector(ctx context.Context, store, provider string) (connector.Connector, error) {
	found, err := r.connectors(ctx, "WHERE connectors.store = ? AND connectors.provider = ?", store, provider)
	if err != nil || len(found) > 0 {
		return first(found), err
	}
	return r.platforms.Named(provider).Unconnected(store), nil
}

// Holder returns the connector that a shop is attached to.
func (r *Registry) Holder(ctx context.Context, provider, accountID, domain string) (connector.Connector, bool, error) {
	found, err := r.connectors(ctx, "WHERE attached AND connectors.provider = ? AND (connectors.external_id = ? OR connectors.domain = ?)",
		provider, accountID, domain)
	return first(found), len(found) > 0, err
}

func first(found []connector.Connector) connector.Connector {
	if len(found) == 0 {
		return connector.Connector{}
	}
	return found[0]
}

func (r *Registry) connectors(ctx context.Context, where string, args ...any) ([]connector.Connector, error) {
	rows, err := r.db.Read().QueryContext(ctx, selectConnectors+where, args...)
	if err != nil {
		return nil, r.db.Unusable(err)
	}
	defer rows.Close()
	var found []connector.Connector
	for rows.Next() {
		c, err := scanConnector(rows)
		if err != nil {
			return nil, r.db.Unusable(err)
		}
		c.Platform = r.platforms.Named(c.Provider)
		found = append(found, c)
	}
	return found, r.db.Unusable(rows.Err())
}

func scanConnector(rows *sql.Rows) (connector.Connector, error) {
	var c connector.Connector
	var attempt connector.Attempt
	err := rows.Scan(engine.ShortTexts(&c.Store, &c.Provider, &c.State, &c.Reason, &c.Sandbox, &c.Attached, &c.Generation, &c.Domain,
		&c.Account, &c.AccountID, &c.Currency,
		&c.ClientID, &c.Auth, engine.ListInto(&c.Scopes), engine.ListInto(&c.Requested), engine.ListInto(&c.Purpose),
		&c.Token.Kind, engine.TimeInto(&c.Token.ExpiresAt), engine.TimeInto(&c.Token.RefreshExpiresAt), engine.TimeInto(&c.Token.RenewAt),
		engine.TimeInto(&attempt.At), &attempt.Reason, &attempt.Text, &attempt.Over, &c.APIVersion, engine.TimeInto(&c.ConnectedAt), engine.TimeInto(&c.CheckedAt), &c.Trouble, &c.MovedTo)...)
	if known := []connector.State{connector.Live, connector.Inactive, connector.Failed}; err == nil && !slices.Contains(known, c.State) {
		err = fmt.Errorf("the state %.40q", c.State)
	}
	if err == nil && !connector.IsStoreName(c.Store) {
		err = errors.New("no store may be named so")
	}
	if err != nil {
		return c, engine.NewContentError(fmt.Sprintf("the connector of store %.40q", c.Store), err)
	}
	if !attempt.At.IsZero() {
		c.LastAttempt = &attempt
	}
	return c, nil
}

// RecordAttempt remembers how the last attempt to connect stands.
func (r *Registry) RecordAttempt(ctx context.Context, c connector.Connector, outcome connector.Attempt) error {
	state := connector.Failed
	if outcome.Reason == connector.SetupInterrupted {
		state = connector.Inactive
	}
	return r.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO connectors
			(store, provider, state, reason, domain, sandbox, auth, client_id, attempt_at, attempt_reason, attempt_text)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (store, provider) DO UPDATE SET
			state     = iif(state = 'live', state, excluded.state),
			reason    = iif(state = 'live', reason, excluded.reason),
			account     = iif(attached OR domain = excluded.domain, account, NULL),
			external_id = iif(attached OR domain = excluded.domain, external_id, NULL),
			domain    = iif(attached, domain, excluded.domain),
			sandbox   = iif(attached, sandbox, excluded.sandbox),
			auth      = iif(attached, auth, excluded.auth),
			client_id = iif(attached, client_id, excluded.client_id),
			attempt_at = excluded.attempt_at, attempt_reason = excluded.attempt_reason, attempt_text = excluded.attempt_text, attempt_over = 0`,
			c.Store, c.Provider, state, outcome.Reason, c.Domain, c.Sandbox, c.Auth, c.ClientID, engine.FormatTime(outcome.At), outcome.Reason, outcome.Text)
		return r.db.Unusable(err)
	})
}

// RecordContact remembers what the shop said when it was asked last.
func (r *Registry) RecordContact(ctx context.Context, c connector.Connector) error {
	return r.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		changed, err := tx.ExecContext(ctx, `UPDATE connectors SET reason = ?, scopes = ?, api_version = ?, checked_at = ?, trouble = ?, moved_to = ?,
			attempt_over = iif(? = '', 1, attempt_over)
			WHERE store = ? AND provider = ? AND generation = ? AND state = 'live'`,
			c.Reason, engine.EncodeList(c.Scopes), c.APIVersion, engine.FormatTime(c.CheckedAt), c.Trouble, c.MovedTo, c.Trouble, c.Store, c.Provider, c.Generation)
		if err = oneRow(changed, err); err != nil {
			return r.told(err, connector.ErrInstallChanged)
		}
		_, err = saveAccount(ctx, tx, c)
		return r.db.Unusable(err)
	})
}

// EndInstall makes a connector inactive and forgets its tokens; disconnected, it
// forgets every secret for good and lets go of the shop. A connector that never had
// one is forgotten altogether.
func (r *Registry) EndInstall(ctx context.Context, c connector.Connector, reason connector.Reason) error {
	gone := reason == connector.Disconnected
	err := r.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		changed, err := tx.ExecContext(ctx, `UPDATE connectors SET state = 'inactive', reason = ?, generation = generation + 1,
			token_kind = '', token_expires_at = NULL, refresh_expires_at = NULL, renew_at = NULL, trouble = '',
			attached       = iif(?, 0, attached),
			domain         = iif(?, coalesce((SELECT accounts.domain FROM accounts WHERE accounts.id = account), domain), domain),
			scopes         = iif(?, '[]', scopes),
			connected_at   = iif(?, NULL, connected_at),
			attempt_at     = iif(?, NULL, attempt_at),
			attempt_reason = iif(?, '', attempt_reason),
			attempt_text   = iif(?, '', attempt_text)
			WHERE store = ? AND provider = ? AND generation = ?`,
			reason, gone, gone, gone, gone, gone, gone, gone, c.Store, c.Provider, c.Generation)
		if err = oneRow(changed, err); err != nil {
			return r.told(err, connector.ErrInstallChanged)
		}
		if _, err = tx.ExecContext(ctx, "DELETE FROM secrets WHERE store = ? AND provider = ? AND (? OR name <> ?)", c.Store, c.Provider, gone, clientSecret); err != nil {
			return r.db.Unusable(err)
		}
		if _, err = tx.ExecContext(ctx, `DELETE FROM connectors WHERE ? AND store = ? AND provider = ? AND account IS NULL
			AND NOT EXISTS (SELECT 1 FROM runs WHERE (runs.store, runs.provider) = (connectors.store, connectors.provider))`, gone, c.Store, c.Provider); err != nil {
			return r.db.Unusable(err)
		}
		return failpoint.Reach("disconnect/forgetting")
	})
	if err != nil {
		return err
	}
	if err := failpoint.Reach("disconnect/forgotten"); err != nil {
		return err
	}
	return r.wipeLog(ctx)
}

// oneRow is ErrInstallChanged when the change found no row of that generation.
func oneRow(changed sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := changed.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return connector.ErrInstallChanged
}

// told puts an error into words, but for the one that says what was refused.
func (r *Registry) told(err, refusal error) error {
	if errors.Is(err, refusal) {
		return err
	}
	return r.db.Unusable(err)
}
