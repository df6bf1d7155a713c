package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
		if *places[name], err = db.open(c, name, sealed); err != nil {
			return connector.Secrets{}, err
		}
	}
	return secrets, unusable(db.path, rows.Err())
}

func (db *DB) open(c connector.Connector, name string, sealed []byte) (connector.Secret, error) {
	seal, err := db.key.load()
	if err != nil {
		return connector.Secret{}, err
	}
	secret, err := seal.open(sealed, belongsTo(c, name)...)
	switch {
	case errors.Is(err, errOtherKey):
		return secret, db.key.unusable(err)
	case err != nil:
		return secret, &UnusableError{Path: db.path, Why: fmt.Sprintf("the %s of store %s does not open: %s", name, c.Store, err), Err: err}
	}
	return secret, nil
}

func belongsTo(c connector.Connector, name string) []string {
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
			c.Store, c.Provider, name, seal.seal(secret, belongsTo(c, name)...)); err != nil {
			return err
		}
	}
	return nil
}

// LockTokens lets one process at a time renew the tokens of a store.
func (db *DB) LockTokens(ctx context.Context, c connector.Connector) (func(), error) {
	lock := db.lock("tokens-" + c.Store)
	if err := lock.Wait(ctx, "a renewal of the token of store "+c.Store, func(Holder) {}); err != nil {
		return nil, err
	}
	return func() { _ = lock.Release() }, nil // it ends with the process in any case
}

// SaveTokens replaces token and secrets of an install in one step.
func (db *DB) SaveTokens(ctx context.Context, c connector.Connector, token connector.TokenInfo, secrets connector.Secrets) error {
	seal, err := db.key.load()
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

// wipeLog empties the write-ahead log, which still holds the pages as they were
// before secrets were deleted. Within the file itself secure_delete overwrites.
func (db *DB) wipeLog(ctx context.Context) error {
	if _, err := db.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return unusable(db.path, err)
	}
	return failpoint.Reach("disconnect/wiped")
}
