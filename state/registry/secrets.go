package registry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/vault"
)

const (
	accessToken  = "access_token"
	refreshToken = "refresh_token"
	clientSecret = "client_secret"
)

// Secrets returns the secrets of an install. If the key is missing or wrong the error is a
// *connector.Fault with the code KeyUnusable.
func (r *Registry) Secrets(ctx context.Context, c connector.Connector) (connector.Secrets, error) {
	if err := r.isUnaltered(ctx, c); err != nil {
		return connector.Secrets{}, err
	}
	rows, err := r.db.Read().QueryContext(ctx, "SELECT name, sealed FROM secrets WHERE store = ? AND provider = ? ORDER BY name",
		c.Store, c.Provider)
	if err != nil {
		return connector.Secrets{}, r.db.Unusable(err)
	}
	defer rows.Close()
	var secrets connector.Secrets
	places := map[string]*connector.Secret{accessToken: &secrets.AccessToken, refreshToken: &secrets.RefreshToken,
		clientSecret: &secrets.ClientSecret}
	for rows.Next() {
		var name string
		var sealed []byte
		if err := rows.Scan(&name, &sealed); err != nil {
			return connector.Secrets{}, r.db.Unusable(err)
		}
		place, known := places[name]
		if !known {
			return connector.Secrets{}, r.unknownSecret(c)
		}
		if *place, err = r.openSecret(ctx, c, name, sealed); err != nil {
			return connector.Secrets{}, err
		}
	}
	if rows.Err() != nil {
		return connector.Secrets{}, r.db.Unusable(rows.Err())
	}
	if secrets.AccessToken.IsZero() && c.State == connector.Live {
		return connector.Secrets{}, r.lostToken(c)
	}
	return secrets, nil
}

// isUnaltered refuses an attached connector that does not match its account. The program
// writes both in one step, so another program must have altered one of them.
func (r *Registry) isUnaltered(ctx context.Context, c connector.Connector) error {
	var others int
	err := r.db.Read().QueryRowContext(ctx, `SELECT count(*) FROM connectors LEFT JOIN accounts ON accounts.id = account AND accounts.store = connectors.store
		AND accounts.provider = connectors.provider AND accounts.external_id = connectors.external_id AND accounts.domain = connectors.domain
		WHERE connectors.store = ? AND connectors.provider = ? AND attached AND accounts.id IS NULL`, c.Store, c.Provider).Scan(&others)
	if err == nil && others > 0 {
		return r.alteredFault(c, fmt.Sprintf("the secrets of store %s belong to another shop than %s", c.Store, c.Domain))
	}
	return r.db.Unusable(err)
}

func (r *Registry) unknownSecret(c connector.Connector) error {
	return r.alteredFault(c, fmt.Sprintf("store %s has a secret that eshopctl does not know", c.Store))
}

func (r *Registry) lostToken(c connector.Connector) error {
	return r.alteredFault(c, fmt.Sprintf("the token of store %s is not there any more", c.Store))
}

// CheckConnector checks, without the key, that a live connector matches its account and has
// the secrets that it needs.
func (r *Registry) CheckConnector(ctx context.Context, c connector.Connector) error {
	if c.State != connector.Live {
		return nil
	}
	if err := r.isUnaltered(ctx, c); err != nil {
		return err
	}
	var token bool
	var unknown int
	err := r.db.Read().QueryRowContext(ctx, `SELECT count(iif(name = ?3, 1, NULL)), count(iif(name NOT IN (?3, ?4, ?5), 1, NULL)) FROM secrets WHERE store = ?1 AND provider = ?2`,
		c.Store, c.Provider, accessToken, refreshToken, clientSecret).Scan(&token, &unknown)
	switch {
	case err != nil:
		return r.db.Unusable(err)
	case unknown > 0:
		return r.unknownSecret(c)
	case !token:
		return r.lostToken(c)
	}
	return nil
}

func (r *Registry) openSecret(ctx context.Context, c connector.Connector, name string, sealed []byte) (connector.Secret, error) {
	key := r.key.ForProvider(c.Provider)
	seal, err := key.Load(ctx)
	if err != nil {
		return connector.Secret{}, err
	}
	secret, err := seal.OpenFor(c, name, sealed)
	switch {
	case errors.Is(err, vault.ErrOtherKey):
		return secret, key.Unusable(err)
	case err != nil:
		return secret, r.alteredFault(c, fmt.Sprintf("the %s of store %s does not open: %s", strings.ReplaceAll(name, "_", " "),
			c.Store, err))
	}
	return secret, nil
}

// alteredFault is the fault of secrets whose record was altered by another program. Nobody
// gets them then.
func (r *Registry) alteredFault(c connector.Connector, why string) error {
	return &connector.Fault{
		Code: connector.StateUnusable, Err: &engine.UnusableError{Path: r.db.Path(), Why: why},
		Message: why + "; nothing was sent to anybody",
		Next:    connector.Typed("disconnect", c.Provider).For(c.Store).With("--local").After("forget the connection, then connect the shop again: "),
	}
}

// writeSecrets replaces all secrets of an install.
func writeSecrets(ctx context.Context, tx *sql.Tx, seal *vault.Sealer, c connector.Connector, secrets connector.Secrets) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM secrets WHERE store = ? AND provider = ?", c.Store, c.Provider); err != nil {
		return err
	}
	for _, kept := range []struct {
		name   string
		secret connector.Secret
	}{{accessToken, secrets.AccessToken}, {clientSecret, secrets.ClientSecret}, {refreshToken, secrets.RefreshToken}} {
		if kept.secret.IsZero() {
			continue
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO secrets (store, provider, name, sealed) VALUES (?, ?, ?, ?)",
			c.Store, c.Provider, kept.name, seal.SealFor(c, kept.name, kept.secret)); err != nil {
			return err
		}
	}
	return nil
}

// LockTokens waits until no other process renews the tokens of the store. The caller calls
// the function that it returns.
func (r *Registry) LockTokens(ctx context.Context, c connector.Connector) (func(), error) {
	lock := r.locks.LockNamed("tokens-" + c.Store + "@" + c.Provider)
	if err := lock.Wait(ctx, "a renewal of the token of store "+c.Store); err != nil {
		return nil, err
	}
	return func() { _ = lock.Release() }, nil // it ends with the process in any case
}

// SaveTokens replaces token and secrets of an install in one step.
func (r *Registry) SaveTokens(ctx context.Context, c connector.Connector, token connector.TokenInfo, secrets connector.Secrets) error {
	seal, err := r.key.Load(ctx)
	if err != nil {
		return err
	}
	return r.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		changed, err := tx.ExecContext(ctx, `UPDATE connectors SET token_kind = ?, token_expires_at = ?, refresh_expires_at = ?, renew_at = ?
			WHERE store = ? AND provider = ? AND generation = ? AND state = 'live'`,
			token.Kind, engine.FormatTime(token.ExpiresAt), engine.FormatTime(token.RefreshExpiresAt), engine.FormatTime(token.RenewAt), c.Store, c.Provider, c.Generation)
		if err = oneRow(changed, err); err != nil {
			return r.told(err, connector.ErrInstallChanged)
		}
		if err := writeSecrets(ctx, tx, seal, c, secrets); err != nil {
			return r.db.Unusable(err)
		}
		return failpoint.Reach("refresh/saving")
	})
}

// sealedSecrets returns all sealed secrets, to see which key they need.
func (r *Registry) sealedSecrets(ctx context.Context) ([][]byte, error) {
	rows, err := r.db.Read().QueryContext(ctx, "SELECT sealed FROM secrets")
	if err != nil {
		return nil, r.db.Unusable(err)
	}
	defer rows.Close()
	var blobs [][]byte
	for rows.Next() {
		var sealed []byte
		if err := rows.Scan(&sealed); err != nil {
			return nil, r.db.Unusable(err)
		}
		blobs = append(blobs, sealed)
	}
	return blobs, r.db.Unusable(rows.Err())
}

// wipeLog removes deleted secrets from the log.
func (r *Registry) wipeLog(ctx context.Context) error {
	return errors.Join(r.db.WipeLog(ctx), failpoint.Reach("disconnect/wiped"))
}

// EnsureKey makes sure that secrets can be sealed and that the secrets of other stores can
// still be opened. It makes the key file only if nothing was ever sealed: a second key
// would lock out what the first one sealed.
func (r *Registry) EnsureKey(ctx context.Context) error {
	sealed, err := r.sealedSecrets(ctx)
	if err != nil {
		return err
	}
	return r.key.Ensure(ctx, sealed)
}

// KeyFits returns in wrong why the key does not open everything that is sealed, nil if it
// does or nothing is sealed.
func (r *Registry) KeyFits(ctx context.Context) (wrong, err error) {
	sealed, err := r.sealedSecrets(ctx)
	if err != nil || len(sealed) == 0 {
		return nil, err
	}
	return r.key.CheckOpens(ctx, sealed), nil
}
