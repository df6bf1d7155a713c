package registry

import (
	"context"
	"database/sql"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/vault"
)

// SealAnew seals again the secrets that an older eshopctl sealed without the shop's domain.
// Secrets that do not open stay as they are: without the key nothing can be done, and an
// altered row is reported when somebody needs it.
func (r *Registry) SealAnew(ctx context.Context) error {
	var old int
	if err := r.db.Read().QueryRowContext(ctx, "SELECT count(*) FROM secrets WHERE substr(sealed, 1, 1) = ?",
		[]byte{vault.WithoutDomain}).Scan(&old); err != nil || old == 0 {
		return r.db.Unusable(err)
	}
	seal, err := r.key.Load(ctx)
	if err != nil {
		return nil
	}
	return r.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		found, err := oldSecrets(ctx, tx)
		if err != nil {
			return r.db.Unusable(err)
		}
		for _, f := range found {
			secret, err := seal.OpenFor(f.owner, f.name, f.sealed)
			if err != nil {
				continue
			}
			if _, err := tx.ExecContext(ctx, "UPDATE secrets SET sealed = ? WHERE store = ? AND provider = ? AND name = ?",
				seal.SealFor(f.owner, f.name, secret), f.owner.Store, f.owner.Provider, f.name); err != nil {
				return r.db.Unusable(err)
			}
		}
		return nil
	})
}

// oldSecret is a secret that was sealed without the domain.
type oldSecret struct {
	owner  connector.Connector // the fields to which the secret is bound
	name   string
	sealed []byte
}

// oldSecrets returns these secrets, except those of a connector whose domain is not that of
// its account.
func oldSecrets(ctx context.Context, tx *sql.Tx) ([]oldSecret, error) {
	rows, err := tx.QueryContext(ctx, `SELECT connectors.store, connectors.provider, accounts.external_id, client_id, connectors.domain, secrets.name, sealed
		FROM secrets JOIN connectors USING (store, provider) JOIN accounts ON accounts.id = account
		WHERE substr(sealed, 1, 1) = ? AND connectors.domain = accounts.domain`, []byte{vault.WithoutDomain})
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []oldSecret
	for rows.Next() {
		var f oldSecret
		if err := rows.Scan(&f.owner.Store, &f.owner.Provider, &f.owner.AccountID, &f.owner.ClientID, &f.owner.Domain, &f.name,
			&f.sealed); err != nil {
			return nil, err
		}
		found = append(found, f)
	}
	return found, rows.Err()
}
