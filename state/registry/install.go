package registry

import (
	"context"
	"database/sql"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/state/engine"
)

// SaveInstall makes c live with these secrets and attaches it to its account, in one step.
// It returns the record as it is then.
func (r *Registry) SaveInstall(ctx context.Context, c connector.Connector, secrets connector.Secrets) (connector.Connector, error) {
	seal, err := r.key.Load(ctx)
	if err != nil {
		return c, err
	}
	err = r.db.Update(ctx, func(tx *sql.Tx, now time.Time) error {
		if err := notTaken(ctx, tx, c); err != nil {
			return r.told(err, connector.ErrShopTaken)
		}
		account, err := saveAccount(ctx, tx, c)
		if err != nil {
			return r.db.Unusable(err)
		}
		if err := saveLive(ctx, tx, c, account, now); err != nil {
			return r.db.Unusable(err)
		}
		if err := writeSecrets(ctx, tx, seal, c, secrets); err != nil {
			return r.db.Unusable(err)
		}
		return failpoint.Reach("connect/saving")
	})
	if err != nil {
		return c, err
	}
	return r.Connector(ctx, c.Store, c.Provider)
}

func notTaken(ctx context.Context, tx *sql.Tx, c connector.Connector) error {
	var others int
	err := tx.QueryRowContext(ctx, "SELECT count(*) FROM connectors WHERE attached AND provider = ? AND external_id = ? AND store <> ?",
		c.Provider, c.AccountID, c.Store).Scan(&others)
	if err == nil && others > 0 {
		return connector.ErrShopTaken
	}
	return err
}

// saveAccount stores the account for good and returns its number.
func saveAccount(ctx context.Context, tx *sql.Tx, c connector.Connector) (number int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO accounts (store, provider, external_id, domain, name, currency, linked_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (store, provider, external_id) DO UPDATE SET domain = excluded.domain, name = excluded.name, currency = excluded.currency
		RETURNING id`,
		c.Store, c.Provider, c.AccountID, c.Domain, c.Account, c.Currency, engine.FormatTime(c.CheckedAt)).Scan(&number)
	return number, err
}

func saveLive(ctx context.Context, tx *sql.Tx, c connector.Connector, account int64, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO connectors
		(store, provider, state, reason, account, external_id, attached, generation, domain, sandbox, auth, client_id,
		scopes, requested, set_up_for, token_kind, token_expires_at, refresh_expires_at, renew_at,
		attempt_at, attempt_reason, api_version, connected_at, checked_at, trouble)
		VALUES (?, ?, 'live', ?, ?, ?, 1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, '')
		ON CONFLICT (store, provider) DO UPDATE SET
		state = excluded.state, reason = excluded.reason, account = excluded.account, external_id = excluded.external_id,
		attached = 1, generation = generation + 1, domain = excluded.domain, sandbox = excluded.sandbox, auth = excluded.auth,
		client_id = excluded.client_id, scopes = excluded.scopes, requested = excluded.requested, set_up_for = excluded.set_up_for,
		token_kind = excluded.token_kind, token_expires_at = excluded.token_expires_at, refresh_expires_at = excluded.refresh_expires_at, renew_at = excluded.renew_at,
		attempt_at = excluded.attempt_at, attempt_reason = '', attempt_text = '', api_version = excluded.api_version,
		connected_at = excluded.connected_at, checked_at = excluded.checked_at, trouble = ''`,
		c.Store, c.Provider, c.Reason, account, c.AccountID, c.Domain, c.Sandbox, c.Auth, c.ClientID,
		engine.EncodeList(c.Scopes), engine.EncodeList(c.Requested), engine.EncodeList(c.Purpose), c.Token.Kind, engine.FormatTime(c.Token.ExpiresAt), engine.FormatTime(c.Token.RefreshExpiresAt), engine.FormatTime(c.Token.RenewAt),
		engine.FormatTime(now), c.APIVersion, engine.FormatTime(c.ConnectedAt), engine.FormatTime(c.CheckedAt))
	return err
}

// RecordAttempt stores how the last attempt to connect went.
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

// RecordContact stores what the shop said when it was asked last.
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

// EndInstall makes a connector inactive and forgets its tokens. If reason is Disconnected
// it forgets every secret for good and detaches the shop, and a connector that never had a
// shop is deleted.
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
