package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
)

const (
	accessToken  = "access_token"
	refreshToken = "refresh_token"
	clientSecret = "client_secret"
)

// Secrets opens what was stored with an install. A key that is missing or wrong
// is a *connector.Fault with the code KeyUnusable.
func (db *DB) Secrets(ctx context.Context, c connector.Connector) (connector.Secrets, error) {
	if err := db.unaltered(ctx, c); err != nil {
		return connector.Secrets{}, err
	}
	rows, err := db.read.QueryContext(ctx, "SELECT name, sealed FROM secrets WHERE store = ? AND provider = ?", c.Store, c.Provider)
	if err != nil {
		return connector.Secrets{}, unusable(db.path, err)
	}
	defer rows.Close()
	var secrets connector.Secrets
	places := map[string]*connector.Secret{accessToken: &secrets.AccessToken, refreshToken: &secrets.RefreshToken, clientSecret: &secrets.ClientSecret}
	for rows.Next() {
		var name string
		var sealed []byte
		if err := rows.Scan(&name, &sealed); err != nil {
			return connector.Secrets{}, unusable(db.path, err)
		}
		place, known := places[name]
		if !known {
			return connector.Secrets{}, db.unknownSecret(c)
		}
		if *place, err = db.open(ctx, c, name, sealed); err != nil {
			return connector.Secrets{}, err
		}
	}
	if rows.Err() != nil {
		return connector.Secrets{}, unusable(db.path, rows.Err())
	}
	if secrets.AccessToken.IsZero() && c.State == connector.Live {
		return connector.Secrets{}, db.lostToken(c)
	}
	return secrets, nil
}

// unaltered refuses a connector that does not name the account to which it is attached:
// the program writes both in one step.
func (db *DB) unaltered(ctx context.Context, c connector.Connector) error {
	var others int
	err := db.read.QueryRowContext(ctx, `SELECT count(*) FROM connectors LEFT JOIN accounts ON accounts.id = account AND accounts.store = connectors.store
		AND accounts.provider = connectors.provider AND accounts.external_id = connectors.external_id AND accounts.domain = connectors.domain
		WHERE connectors.store = ? AND connectors.provider = ? AND attached AND accounts.id IS NULL`, c.Store, c.Provider).Scan(&others)
	if err == nil && others > 0 {
		return db.altered(c, fmt.Sprintf("the secrets of store %s belong to another shop than %s", c.Store, c.Domain))
	}
	return unusable(db.path, err)
}

func (db *DB) unknownSecret(c connector.Connector) error {
	return db.altered(c, fmt.Sprintf("store %s has a secret that eshopctl does not know", c.Store))
}

func (db *DB) lostToken(c connector.Connector) error {
	return db.altered(c, fmt.Sprintf("the token of store %s is not there any more", c.Store))
}

// Whole looks, without the key, whether a live connector has what it needs: a shop that
// nobody exchanged, and secrets of the names that there are.
func (db *DB) Whole(ctx context.Context, c connector.Connector) error {
	if c.State != connector.Live {
		return nil
	}
	if err := db.unaltered(ctx, c); err != nil {
		return err
	}
	var token bool
	var unknown int
	err := db.read.QueryRowContext(ctx, `SELECT count(iif(name = ?3, 1, NULL)), count(iif(name NOT IN (?3, ?4, ?5), 1, NULL)) FROM secrets WHERE store = ?1 AND provider = ?2`,
		c.Store, c.Provider, accessToken, refreshToken, clientSecret).Scan(&token, &unknown)
	switch {
	case err != nil:
		return unusable(db.path, err)
	case unknown > 0:
		return db.unknownSecret(c)
	case !token:
		return db.lostToken(c)
	}
	return nil
}

func (db *DB) open(ctx context.Context, c connector.Connector, name string, sealed []byte) (connector.Secret, error) {
	key := db.key
	key.provider = c.Provider
	seal, err := key.load(ctx)
	if err != nil {
		return connector.Secret{}, err
	}
	secret, err := seal.openFor(c, name, sealed)
	switch {
	case errors.Is(err, errOtherKey):
		return secret, key.unusable(err)
	case err != nil:
		return secret, db.altered(c, fmt.Sprintf("the %s of store %s does not open: %s", strings.ReplaceAll(name, "_", " "), c.Store, err))
	}
	return secret, nil
}

// altered is the fault of secrets whose surroundings were changed by another
// program. Nobody gets them then.
func (db *DB) altered(c connector.Connector, why string) error {
	return &connector.Fault{
		Code: connector.StateUnusable, Err: &UnusableError{Path: db.path, Why: why},
		Message: why + "; nothing was sent to anybody",
		Next:    connector.Typed("disconnect", c.Provider).For(c.Store).With("--local").After("forget the connection, then connect the shop again: "),
	}
}

// sealFor seals a secret so that it opens with this connector only, at this shop's
// domain.
func (s *sealer) sealFor(c connector.Connector, name string, secret connector.Secret) []byte {
	return s.seal(secret, belongsTo(c, name)...)
}

// openFor opens what sealFor sealed, and what was sealed without the domain.
func (s *sealer) openFor(c connector.Connector, name string, sealed []byte) (connector.Secret, error) {
	if len(sealed) > 0 && sealed[0] == withoutDomain {
		return s.open(sealed, belongedTo(c, name)...)
	}
	return s.open(sealed, belongsTo(c, name)...)
}

func belongsTo(c connector.Connector, name string) []string {
	return append(belongedTo(c, name), c.Domain)
}

func belongedTo(c connector.Connector, name string) []string {
	return []string{"eshopctl secret", c.Store, c.Provider, c.AccountID, c.ClientID, name}
}

// writeSecrets replaces all secrets of an install.
func writeSecrets(ctx context.Context, tx *sql.Tx, seal *sealer, c connector.Connector, secrets connector.Secrets) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM secrets WHERE store = ? AND provider = ?", c.Store, c.Provider); err != nil {
		return err
	}
	for name, secret := range map[string]connector.Secret{
		accessToken: secrets.AccessToken, refreshToken: secrets.RefreshToken, clientSecret: secrets.ClientSecret,
	} {
		if secret.IsZero() {
			continue
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO secrets (store, provider, name, sealed) VALUES (?, ?, ?, ?)",
			c.Store, c.Provider, name, seal.sealFor(c, name, secret)); err != nil {
			return err
		}
	}
	return nil
}

// LockTokens lets one process at a time renew the tokens of a store.
func (db *DB) LockTokens(ctx context.Context, c connector.Connector) (func(), error) {
	lock := db.lock("tokens-" + c.Store + "@" + c.Provider)
	if err := lock.Wait(ctx, "a renewal of the token of store "+c.Store); err != nil {
		return nil, err
	}
	return func() { _ = lock.Release() }, nil // it ends with the process in any case
}

// SaveTokens replaces token and secrets of an install in one step.
func (db *DB) SaveTokens(ctx context.Context, c connector.Connector, token connector.TokenInfo, secrets connector.Secrets) error {
	seal, err := db.key.load(ctx)
	if err != nil {
		return err
	}
	return db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		changed, err := tx.ExecContext(ctx, `UPDATE connectors SET token_kind = ?, token_expires_at = ?, refresh_expires_at = ?, renew_at = ?
			WHERE store = ? AND provider = ? AND generation = ? AND state = 'live'`,
			token.Kind, formatTime(token.ExpiresAt), formatTime(token.RefreshExpiresAt), formatTime(token.RenewAt), c.Store, c.Provider, c.Generation)
		if err = oneRow(changed, err); err != nil {
			return keepChanged(db.path, err)
		}
		if err := writeSecrets(ctx, tx, seal, c, secrets); err != nil {
			return unusable(db.path, err)
		}
		return failpoint.Reach("refresh/saving")
	})
}

// sealedBlobs lists all sealed secrets, to see which key they need.
func (db *DB) sealedBlobs(ctx context.Context) ([][]byte, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT sealed FROM secrets")
	if err != nil {
		return nil, unusable(db.path, err)
	}
	defer rows.Close()
	var blobs [][]byte
	for rows.Next() {
		var sealed []byte
		if err := rows.Scan(&sealed); err != nil {
			return nil, unusable(db.path, err)
		}
		blobs = append(blobs, sealed)
	}
	return blobs, unusable(db.path, rows.Err())
}

// wipeLog takes what was deleted out of the log, too.
func (db *DB) wipeLog(ctx context.Context) error {
	return errors.Join(db.file.WipeLog(ctx), failpoint.Reach("disconnect/wiped"))
}
