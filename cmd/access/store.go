package access

import (
	"context"
	"slices"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/link"
	"github.com/eshopos/eshopctl/importer/job"
)

// LookAtStore opens the state file read-only and calls look with the connector of the
// chosen store.
func (p *Access) LookAtStore(ctx context.Context, look storeWork) error {
	return p.atStore(ctx, p.OpenToLook, look)
}

// WorkAtStore is LookAtStore with the state file open for writing.
func (p *Access) WorkAtStore(ctx context.Context, work storeWork) error {
	return p.atStore(ctx, p.OpenToWrite, work)
}

// storeWork is a function about one store in the open state file.
type storeWork func(context.Context, StateFile, connector.Connector) error

func (p *Access) atStore(ctx context.Context, open func(context.Context) (StateFile, error), work storeWork) error {
	db, err := open(ctx)
	if err != nil {
		return err
	}
	c, err := p.ChosenStore().Connector(ctx, db, "")
	if err != nil {
		return err
	}
	return work(ctx, db, c)
}

// ChosenStore is what --store and the like chose.
func (p *Access) ChosenStore() job.Choice {
	return job.Choice{Store: p.Face.Settings.Store, Platforms: p.Platforms.Descriptions()}
}

// Service connects stores to shops of a provider and keeps their credentials fresh.
func (p *Access) Service(registry connector.Registry, provider string) (*link.Service, error) {
	of, err := p.PlatformNamed(provider)
	if err != nil {
		return nil, err
	}
	made, err := of.Provider(p.wayTo(of))
	if err != nil {
		return nil, err
	}
	return &link.Service{Provider: made, Registry: registry, App: p.Face.Settings.Apps[provider].ForConnecting(), Now: p.Face.Env.Now,
		Patience: p.patience.Anew()}, nil
}

// ShopOf is the shop that a connector is linked to, to be read. Its token is renewed in db
// when it has expired.
func (p *Access) ShopOf(db Connections, c connector.Connector, how Approach) (job.Shop, error) {
	of, err := p.PlatformNamed(c.Provider)
	if err != nil {
		return nil, err
	}
	service, err := p.Service(db, c.Provider)
	if err != nil {
		return nil, err
	}
	how.Credentials, how.operations = service.Credentials(c), db.Operations(c)
	return of.Shop(p.wayTo(of), c, how)
}

// ProviderNamed is the provider of that name, with the app of the settings.
func (p *Access) ProviderNamed(name string) (connector.Provider, error) {
	of, err := p.PlatformNamed(name)
	if err != nil {
		return nil, err
	}
	return of.Provider(p.wayTo(of))
}

// wayTo is how requests of this command get to a provider.
func (p *Access) wayTo(of Platform) Way {
	return Way{App: p.Face.Settings.Apps[of.Name], Transport: p.Face.Env.Transport, Patience: p.patience.Anew(), Temp: p.TempFolder()}
}

// PlatformNamed is the description of the provider of that name.
func (p *Access) PlatformNamed(name string) (Platform, error) {
	i := slices.IndexFunc(p.Platforms, func(known Platform) bool { return known.Name == name })
	if i < 0 {
		return Platform{}, usage.Fault(connector.Typed("version").Next(), "this eshopctl knows no provider %.40q; a newer one may", name)
	}
	return p.Platforms[i], nil
}
