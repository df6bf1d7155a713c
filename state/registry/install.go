package registry

import (
	"context"
	"database/sql"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/state/engine"
)

// SaveInstall makes c live with these secrets, in one step with the account that
// it is attached to. It returns the record as it is then.
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

// saveAccount remembers the account for good and returns its number.
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
