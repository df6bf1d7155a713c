package cmd

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify"
	"github.com/eshopos/eshopctl/state"
)

// provider is the one platform there is so far.
const provider = "shopify"

// lookAtStore looks into the state file at a store that is on record.
func (p *program) lookAtStore(ctx context.Context, look storeWork) error {
	return p.atStore(ctx, p.openToLook, look)
}

// workAtStore is lookAtStore for what may write.
func (p *program) workAtStore(ctx context.Context, work storeWork) error {
	return p.atStore(ctx, p.openToWrite, work)
}

// storeWork is what is done with the open state file about one store.
type storeWork func(context.Context, *state.DB, connector.Connector) error

func (p *program) atStore(ctx context.Context, open func(context.Context) (*state.DB, error), work storeWork) error {
	db, err := open(ctx)
	if err != nil {
		return err
	}
	c, err := p.connectorOf(ctx, db)
	if err != nil {
		return err
	}
	return work(ctx, db, c)
}

// site is where requests for shops go: the real Shopify or a sandbox.
func (p *program) site() (*shopify.Site, error) {
	site, err := shopify.NewSite(p.config.Shopify.SandboxURL, p.env.Transport)
	if err != nil {
		return nil, err
	}
	return site.WithPatience(p.patience.Anew()), nil
}

// service connects stores and keeps their credentials fresh.
func (p *program) service(registry connector.Registry) (*connector.Service, error) {
	site, err := p.site()
	if err != nil {
		return nil, err
	}
	app := p.config.Shopify
	return &connector.Service{
		Provider: shopify.NewProvider(site, app.APIVersion),
		Registry: registry,
		App:      connector.App{ClientID: app.ClientID, Secret: app.ClientSecret, OldSecret: app.OldClientSecret, CallbackURL: app.CallbackURL},
		Now:      p.env.Now,
		Patience: p.patience.Anew(),
	}, nil
}

// source is the connected shop, to be read.
func (p *program) source(db *state.DB, c connector.Connector, options shopify.Options, waiting func(time.Duration)) (*shopify.Source, error) {
	service, err := p.service(db)
	if err != nil {
		return nil, err
	}
	site, err := p.site()
	if err != nil {
		return nil, err
	}
	client := shopify.NewClient(site, c.Domain, p.config.Shopify.APIVersion, service.Credentials(c), waiting).WithTemp(p.tempFolder())
	options.Ledger = db.Operations(c)
	return shopify.NewSource(client, options), nil
}

// connectorOf is the connector of the store that was asked for, or of the only
// one that there is.
func (p *program) connectorOf(ctx context.Context, db *state.DB) (connector.Connector, error) {
	all, err := db.Connectors(ctx)
	if err != nil {
		return connector.Connector{}, err
	}
	if p.config.Store == "" {
		return onlyConnector(all)
	}
	for _, c := range all {
		if c.Store == p.config.Store {
			return c, nil
		}
	}
	return connector.Connector{}, p.unknownStore(namesOf(all))
}

func onlyConnector(all []connector.Connector) (connector.Connector, error) {
	switch len(all) {
	case 0:
		return connector.Connector{}, notConnected("nothing connected yet")
	case 1:
		return all[0], nil
	}
	return connector.Connector{}, usage("--store NAME", "there are several stores: %s", strings.Join(namesOf(all), ", "))
}

func namesOf(all []connector.Connector) []string {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = c.Store
	}
	return names
}

// runNamed finds a run of the chosen store by its id, a beginning of it or
// "latest".
func (p *program) runNamed(ctx context.Context, db *state.DB, id string) (importer.Run, error) {
	if err := p.storeIsKnown(ctx, db); err != nil {
		return importer.Run{}, err
	}
	run, err := db.Run(ctx, p.config.Store, id)
	if errors.Is(err, state.ErrNoRun) || errors.Is(err, state.ErrSeveralRuns) {
		return run, usage(p.runsList(), "%s", err)
	}
	return run, err
}

// runsList is the command that lists what runs there are.
func (p *program) runsList() string {
	if p.config.Store == "" {
		return "eshopctl runs list"
	}
	return "eshopctl runs list --store " + p.config.Store
}
