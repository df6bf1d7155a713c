package cmd

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/connector"
)

// connectRegistry is the registry of connect, which may be used before there is a
// state file: then it knows nothing, and makes the file for the first thing that has
// to be remembered. What is refused before that leaves no file.
type connectRegistry struct {
	connector.Registry // nil as long as there is no file
	db                 stateFile
	program            *program
}

func (p *program) registryToConnect(ctx context.Context) (*connectRegistry, error) {
	db, err := p.openToWrite(ctx)
	switch {
	case errors.Is(err, connector.ErrNoState):
		return &connectRegistry{program: p}, nil
	case err != nil:
		return nil, err
	}
	return &connectRegistry{Registry: db, db: db, program: p}, nil
}

// Connector knows no store before there is a file.
func (r *connectRegistry) Connector(ctx context.Context, store, provider string) (connector.Connector, error) {
	if r.Registry == nil {
		return r.program.platforms.say().Named(provider).Unconnected(store), nil
	}
	return r.Registry.Connector(ctx, store, provider)
}

// Holder knows no shop before there is a file.
func (r *connectRegistry) Holder(ctx context.Context, provider, accountID, domain string) (connector.Connector, bool, error) {
	if r.Registry == nil {
		return connector.Connector{}, false, nil
	}
	return r.Registry.Holder(ctx, provider, accountID, domain)
}

// EnsureKey makes the file, once it is known that what comes into it can be sealed.
func (r *connectRegistry) EnsureKey(ctx context.Context) error {
	if r.Registry == nil {
		db, err := r.program.makeState(ctx)
		if err != nil {
			return err
		}
		r.Registry, r.db = db, db
	}
	return r.Registry.EnsureKey(ctx)
}
