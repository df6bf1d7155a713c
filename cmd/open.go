package cmd

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

// lookAtStore looks into the state file at a store that is on record.
func (p *program) lookAtStore(ctx context.Context, look storeWork) error {
	return p.atStore(ctx, p.openToLook, look)
}

// workAtStore is lookAtStore for what may write.
func (p *program) workAtStore(ctx context.Context, work storeWork) error {
	return p.atStore(ctx, p.openToWrite, work)
}

// storeWork is what is done with the open state file about one store.
type storeWork func(context.Context, stateFile, connector.Connector) error

func (p *program) atStore(ctx context.Context, open func(context.Context) (stateFile, error), work storeWork) error {
	db, err := open(ctx)
	if err != nil {
		return err
	}
	c, err := p.choice().Connector(ctx, db, "")
	if err != nil {
		return err
	}
	return work(ctx, db, c)
}

// choice is the store that was chosen.
func (p *program) choice() job.Choice {
	return job.Choice{Store: p.face.Settings.Store, Platforms: p.platforms.say()}
}

// service connects stores to shops of a provider and keeps their credentials fresh.
func (p *program) service(registry connector.Registry, provider string) (*connector.Service, error) {
	of, err := p.platformNamed(provider)
	if err != nil {
		return nil, err
	}
	made, err := of.provider(p)
	if err != nil {
		return nil, err
	}
	return &connector.Service{Provider: made, Registry: registry, App: p.face.Settings.Apps[provider].ForConnecting(), Now: p.face.Env.Now, Patience: p.patience.Anew()}, nil
}

// shopOf is the connected shop, to be read.
func (p *program) shopOf(db connections, c connector.Connector, how approach) (job.Shop, error) {
	of, err := p.platformNamed(c.Provider)
	if err != nil {
		return nil, err
	}
	service, err := p.service(db, c.Provider)
	if err != nil {
		return nil, err
	}
	how.credentials, how.operations = service.Credentials(c), db.Operations(c)
	return of.shop(p, c, how)
}
