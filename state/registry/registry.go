package registry

import (
	"database/sql"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/locks"
	"github.com/eshopos/eshopctl/state/vault"
)

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

// told puts an error into words, but for the one that says what was refused.
func (r *Registry) told(err, refusal error) error {
	if errors.Is(err, refusal) {
		return err
	}
	return r.db.Unusable(err)
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
