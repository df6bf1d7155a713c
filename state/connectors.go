package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
)

var _ connector.Registry = (*DB)(nil)

const selectConnectors = `SELECT connectors.store, connectors.provider, state, reason, sandbox, attached, generation, connectors.domain,
	coalesce(accounts.name, ''), coalesce(accounts.external_id, ''), coalesce(accounts.currency, ''),
	client_id, auth, scopes, requested, set_up_for, token_kind, token_expires_at, refresh_expires_at, renew_at,
	attempt_at, attempt_reason, attempt_text, attempt_over, api_version, connected_at, checked_at, trouble, iif(trouble = '', '', moved_to)
	FROM connectors LEFT JOIN accounts ON accounts.id = account `

// Connectors lists the record of every store, ordered by store and provider.
func (db *DB) Connectors(ctx context.Context) ([]connector.Connector, error) {
	return db.connectors(ctx, "ORDER BY connectors.store, connectors.provider")
}

// Connector returns the record of one store, inactive and never connected when
// there is none.
func (db *DB) Connector(ctx context.Context, store, provider string) (connector.Connector, error) {
	found, err := db.connectors(ctx, "WHERE connectors.store = ? AND connectors.provider = ?", store, provider)
	if err != nil || len(found) > 0 {
		return first(found), err
	}
	return db.platforms.Named(provider).Unconnected(store), nil
}

// Holder returns the connector that a shop is attached to.
func (db *DB) Holder(ctx context.Context, provider, accountID, domain string) (connector.Connector, bool, error) {
	found, err := db.connectors(ctx, "WHERE attached AND connectors.provider = ? AND (connectors.external_id = ? OR connectors.domain = ?)",
		provider, accountID, domain)
	return first(found), len(found) > 0, err
}

func first(found []connector.Connector) connector.Connector {
	if len(found) == 0 {
		return connector.Connector{}
	}
	return found[0]
}

func (db *DB) connectors(ctx context.Context, where string, args ...any) ([]connector.Connector, error) {
	rows, err := db.read.QueryContext(ctx, selectConnectors+where, args...)
	if err != nil {
		return nil, unusable(db.path, err)
	}
	defer rows.Close()
	var found []connector.Connector
	for rows.Next() {
		c, err := scanConnector(rows)
		if err != nil {
			return nil, unusable(db.path, err)
		}
		c.Platform = db.platforms.Named(c.Provider)
		found = append(found, c)
	}
	return found, unusable(db.path, rows.Err())
}

func scanConnector(rows *sql.Rows) (connector.Connector, error) {
	var c connector.Connector
	var attempt connector.Attempt
	err := rows.Scan(short(&c.Store, &c.Provider, &c.State, &c.Reason, &c.Sandbox, &c.Attached, &c.Generation, &c.Domain,
		&c.Account, &c.AccountID, &c.Currency,
		&c.ClientID, &c.Auth, listColumn[string]{&c.Scopes}, listColumn[string]{&c.Requested}, listColumn[connector.Resource]{&c.Purpose},
		&c.Token.Kind, timeColumn{&c.Token.ExpiresAt}, timeColumn{&c.Token.RefreshExpiresAt}, timeColumn{&c.Token.RenewAt},
		timeColumn{&attempt.At}, &attempt.Reason, &attempt.Text, &attempt.Over, &c.APIVersion, timeColumn{&c.ConnectedAt}, timeColumn{&c.CheckedAt}, &c.Trouble, &c.MovedTo)...)
	if known := []connector.State{connector.Live, connector.Inactive, connector.Failed}; err == nil && !slices.Contains(known, c.State) {
		err = fmt.Errorf("the state %.40q", c.State)
	}
	if err == nil && !connector.IsStoreName(c.Store) {
		err = errors.New("no store may be named so")
	}
	if err != nil {
		return c, &contentError{fmt.Sprintf("the connector of store %.40q", c.Store), err}
	}
	if !attempt.At.IsZero() {
		c.LastAttempt = &attempt
	}
	return c, nil
}

// RecordAttempt remembers how the last attempt to connect stands.
func (db *DB) RecordAttempt(ctx context.Context, c connector.Connector, outcome connector.Attempt) error {
	state := connector.Failed
	if outcome.Reason == connector.SetupInterrupted {
		state = connector.Inactive
	}
	return db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
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
			c.Store, c.Provider, state, outcome.Reason, c.Domain, c.Sandbox, c.Auth, c.ClientID, formatTime(outcome.At), outcome.Reason, outcome.Text)
		return unusable(db.path, err)
	})
}

// RecordContact remembers what the shop said when it was asked last.
func (db *DB) RecordContact(ctx context.Context, c connector.Connector) error {
	return db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		changed, err := tx.ExecContext(ctx, `UPDATE connectors SET reason = ?, scopes = ?, api_version = ?, checked_at = ?, trouble = ?, moved_to = ?,
			attempt_over = iif(? = '', 1, attempt_over)
			WHERE store = ? AND provider = ? AND generation = ? AND state = 'live'`,
			c.Reason, jsonList(c.Scopes), c.APIVersion, formatTime(c.CheckedAt), c.Trouble, c.MovedTo, c.Trouble, c.Store, c.Provider, c.Generation)
		if err = oneRow(changed, err); err != nil {
			return keepChanged(db.path, err)
		}
		_, err = saveAccount(ctx, tx, c)
		return unusable(db.path, err)
	})
}

// EndInstall makes a connector inactive and forgets its tokens; disconnected, it
// forgets every secret for good and lets go of the shop. A connector that never had
// one is forgotten altogether.
func (db *DB) EndInstall(ctx context.Context, c connector.Connector, reason connector.Reason) error {
	gone := reason == connector.Disconnected
	err := db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
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
			return keepChanged(db.path, err)
		}
		if _, err = tx.ExecContext(ctx, "DELETE FROM secrets WHERE store = ? AND provider = ? AND (? OR name <> ?)", c.Store, c.Provider, gone, clientSecret); err != nil {
			return unusable(db.path, err)
		}
		if _, err = tx.ExecContext(ctx, `DELETE FROM connectors WHERE ? AND store = ? AND provider = ? AND account IS NULL
			AND NOT EXISTS (SELECT 1 FROM runs WHERE (runs.store, runs.provider) = (connectors.store, connectors.provider))`, gone, c.Store, c.Provider); err != nil {
			return unusable(db.path, err)
		}
		return failpoint.Reach("disconnect/forgetting")
	})
	if err != nil {
		return err
	}
	if err := failpoint.Reach("disconnect/forgotten"); err != nil {
		return err
	}
	return db.wipeLog(ctx)
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

func keepChanged(path string, err error) error {
	if errors.Is(err, connector.ErrInstallChanged) {
		return err
	}
	return unusable(path, err)
}

// listColumn reads a JSON list.
type listColumn[T any] struct{ list *[]T }

func (c listColumn[T]) Scan(stored any) error {
	text, _ := stored.(string)
	return json.Unmarshal([]byte(text), c.list)
}

func jsonList[T any](list []T) string {
	if len(list) == 0 {
		return "[]"
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic(err) // lists of text always encode
	}
	return string(text)
}
