package access

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
)

// Registry is the registry of connect, which may be used before there is a
// state file: then it knows nothing, and makes the file for the first thing that has
// to be remembered. What is refused before that leaves no file.
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

// Connector knows no store before there is a file.
func (r *Registry) Connector(ctx context.Context, store, provider string) (connector.Connector, error) {
	if r.Registry == nil {
		return r.Access.Platforms.Descriptions().Named(provider).Unconnected(store), nil
	}
	return r.Registry.Connector(ctx, store, provider)
}

// Holder knows no shop before there is a file.
func (r *Registry) Holder(ctx context.Context, provider, accountID, domain string) (connector.Connector, bool, error) {
	if r.Registry == nil {
		return connector.Connector{}, false, nil
	}
	return r.Registry.Holder(ctx, provider, accountID, domain)
}

// EnsureKey makes the file, once it is known that what comes into it can be sealed.
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
