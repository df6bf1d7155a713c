package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
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
	c, err := p.connectorOf(ctx, db)
	if err != nil {
		return err
	}
	return work(ctx, db, c)
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
func (p *program) shopOf(db connections, c connector.Connector, how approach) (shop, error) {
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

// connectorOf is the connector of the store that was asked for, or of the only
// one that there is.
func (p *program) connectorOf(ctx context.Context, db connector.Registry) (connector.Connector, error) {
	return p.connectorAt(ctx, db, "")
}

// connectorAt is connectorOf at a provider; "" is any.
func (p *program) connectorAt(ctx context.Context, db connector.Registry, provider string) (connector.Connector, error) {
	all, err := db.Connectors(ctx)
	if err != nil {
		return connector.Connector{}, err
	}
	its := slices.DeleteFunc(slices.Clone(all), func(c connector.Connector) bool {
		return p.face.Settings.Store != "" && c.Store != p.face.Settings.Store
	})
	if len(its) == 0 && p.face.Settings.Store != "" {
		return connector.Connector{}, p.unknownStore(slices.Compact(namesOf(all)))
	}
	there := slices.DeleteFunc(slices.Clone(its), func(c connector.Connector) bool { return provider != "" && c.Provider != provider })
	if len(there) == 0 && len(its) > 0 {
		return connector.Connector{}, notThere(its[0], p.platforms.say().Named(provider))
	}
	return onlyConnector(there)
}

// notThere is the fault of a store that is connected, but to no shop of a provider.
func notThere(c connector.Connector, provider connector.Platform) error {
	return &connector.Fault{Code: connector.NotConnected, Message: fmt.Sprintf("store %s has no shop of %s", c.Store, provider.Title),
		Next: connector.Typed("status").For(c.Store).Next()}
}

func onlyConnector(all []connector.Connector) (connector.Connector, error) {
	switch len(all) {
	case 0:
		return connector.Connector{}, exit.NotConnected("nothing connected yet")
	case 1:
		return all[0], nil
	}
	store, err := onlyStore(all)
	if err == nil {
		err = usage.Fault(connector.Typed("status").For(store).Next(), "store %s is connected to shops of several providers, and this command is for one", store)
	}
	return connector.Connector{}, err
}

// onlyStore is the store of all connectors.
func onlyStore(all []connector.Connector) (string, error) {
	if names := slices.Compact(namesOf(all)); len(names) > 1 {
		return "", usage.Fault(usage.Again("--store", "NAME"), "there are several stores: %s", strings.Join(names, ", "))
	}
	return all[0].Store, nil
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
func (p *program) runNamed(ctx context.Context, db history, id string) (importer.Run, error) {
	if err := p.storeIsKnown(ctx, db); err != nil {
		return importer.Run{}, err
	}
	run, err := db.Run(ctx, p.face.Settings.Store, id)
	if errors.Is(err, importer.ErrNoRun) || errors.Is(err, importer.ErrSeveralRuns) {
		return run, usage.Fault(p.runsList(), "%s", err)
	}
	return run, err
}

// runsList is the command that lists what runs there are.
func (p *program) runsList() connector.Next {
	return connector.Typed("runs list").For(p.face.Settings.Store).Next()
}

// connectorToDestroy is the connector of the store from which something will be
// taken, at a provider if one was named. Only where the question shows its name is the
// only store meant without being named.
func (p *program) connectorToDestroy(ctx context.Context, db connector.Registry, provider string) (connector.Connector, error) {
	if p.face.Settings.Store != "" || p.face.CanAsk() {
		c, err := p.connectorAt(ctx, db, provider)
		if fault := (*connector.Fault)(nil); errors.As(err, &fault) && p.face.Settings.Store != "" {
			fault.Next = connector.Typed("status").Next() // and not the same for the store that was perhaps meant
		}
		return c, err
	}
	all, err := db.Connectors(ctx)
	if err == nil {
		err = usage.Fault(usage.Again("--store", "NAME"), "which store? Where nobody is asked it must be named, by --store, ESHOPCTL_STORE or the configuration; there are: %s",
			cmp.Or(strings.Join(namesOf(all), ", "), "none"))
	}
	return connector.Connector{}, err
}
