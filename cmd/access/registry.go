package access

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
)

// Registry is the registry that connect uses. It works without a state file: it is empty
// then, and the file is created with the first thing to be stored. A connect that is
// refused before that leaves no file.
type Registry struct {
	connector.Registry // nil as long as there is no file
	DB                 StateFile
	Access             *Access
}

// RegistryToConnect opens the state file for connect, if there is one.
func RegistryToConnect(ctx context.Context, p *Access) (*Registry, error) {
	db, err := p.OpenToWrite(ctx)
	switch {
	case errors.Is(err, connector.ErrNoState):
		return &Registry{Access: p}, nil
	case err != nil:
		return nil, err
	}
	return &Registry{Registry: db, DB: db, Access: p}, nil
}

// Connector is a connector that was never connected while there is no file.
func (r *Registry) Connector(ctx context.Context, store, provider string) (connector.Connector, error) {
	if r.Registry == nil {
		return r.Access.Platforms.Descriptions().Named(provider).Unconnected(store), nil
	}
	return r.Registry.Connector(ctx, store, provider)
}

// Holder finds nobody while there is no file.
func (r *Registry) Holder(ctx context.Context, provider, accountID, domain string) (connector.Connector, bool, error) {
	if r.Registry == nil {
		return connector.Connector{}, false, nil
	}
	return r.Registry.Holder(ctx, provider, accountID, domain)
}

// EnsureKey creates the state file if there is none, but only after making sure that there
// is a key to seal its secrets with.
func (r *Registry) EnsureKey(ctx context.Context) error {
	if r.Registry == nil {
		db, err := r.Access.makeState(ctx)
		if err != nil {
			return err
		}
		r.Registry, r.DB = db, db
	}
	return r.Registry.EnsureKey(ctx)
}
