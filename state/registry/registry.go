package registry

import (
	"database/sql"
	"errors"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/locks"
	"github.com/eshopos/eshopctl/state/vault"
)

// Registry stores the connectors and their secrets.
type Registry struct {
	db        *engine.DB
	key       vault.Key
	locks     *locks.Locks
	platforms connector.Platforms // the known providers
}

// New returns the connectors of an open place, whose secrets are sealed with that key.
func New(db *engine.DB, key vault.Key, all *locks.Locks, platforms connector.Platforms) *Registry {
	return &Registry{db: db, key: key, locks: all, platforms: platforms}
}

// told puts an error into words, unless it is the given refusal.
func (r *Registry) told(err, refusal error) error {
	if errors.Is(err, refusal) {
		return err
	}
	return r.db.Unusable(err)
}

// oneRow returns ErrInstallChanged if the statement changed no row, because the install is
// of another generation by now.
func oneRow(changed sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := changed.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return connector.ErrInstallChanged
}
