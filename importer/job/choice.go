package job

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// Choice is the store that an operator chose, and the providers that there are.
type Choice struct {
	Store     string // "" for the only store
	Platforms connector.Platforms
}

// Connector returns the connector of the chosen store, or the only connector if no store
// was chosen, at a provider; "" is any provider.
func (c Choice) Connector(ctx context.Context, db connector.Registry, provider string) (connector.Connector, error) {
	all, err := db.Connectors(ctx)
	if err != nil {
		return connector.Connector{}, err
	}
	its := slices.DeleteFunc(slices.Clone(all), func(one connector.Connector) bool { return c.Store != "" && one.Store != c.Store })
	if len(its) == 0 && c.Store != "" {
		return connector.Connector{}, unknownStore(c.Store, slices.Compact(StoresOf(all)), c.Platforms)
	}
	there := slices.DeleteFunc(slices.Clone(its), func(c connector.Connector) bool { return provider != "" && c.Provider != provider })
	if len(there) == 0 && len(its) > 0 {
		return connector.Connector{}, notThere(its[0], c.Platforms.Named(provider))
	}
	return onlyConnector(there)
}

// ConnectorToDestroy returns the connector of a store from which something will be removed.
// Without a chosen store it returns the only one if the operator is asked about it by name
// (asked), and a fault otherwise.
func (c Choice) ConnectorToDestroy(ctx context.Context, db connector.Registry, provider string, asked bool) (connector.Connector, error) {
	if c.Store != "" || asked {
		one, err := c.Connector(ctx, db, provider)
		if fault := (*connector.Fault)(nil); errors.As(err, &fault) && c.Store != "" {
			fault.Next = connector.Typed("status").Next() // do not suggest to destroy the store that was perhaps meant
		}
		return one, err
	}
	all, err := db.Connectors(ctx)
	if err == nil {
		err = misnamedFault(typedAgain("--store", "NAME"), "which store? Where nobody is asked it must be named, by --store, ESHOPCTL_STORE or the configuration; there are: %s",
			cmp.Or(strings.Join(StoresOf(all), ", "), "none"))
	}
	return connector.Connector{}, err
}

// Connectors returns the connectors of the chosen store, or all. A chosen store that was
// never connected has one that is NeverConnected.
func (c Choice) Connectors(ctx context.Context, db connector.Registry) ([]connector.Connector, error) {
	if c.Store == "" {
		return db.Connectors(ctx)
	}
	all, err := db.Connectors(ctx)
	its := slices.DeleteFunc(all, func(one connector.Connector) bool { return one.Store != c.Store })
	if len(its) == 0 {
		its = []connector.Connector{c.NeverConnected()}
	}
	return its, err
}

// NeverConnected returns the connector of a store that was never connected.
func (c Choice) NeverConnected() connector.Connector {
	return c.Platforms.Usual().Unconnected(c.Store)
}

// CheckStore returns a fault if a store was chosen that was never connected.
func (c Choice) CheckStore(ctx context.Context, db connector.Registry) error {
	if c.Store == "" {
		return nil
	}
	_, err := c.Connector(ctx, db, "")
	return err
}

func onlyConnector(all []connector.Connector) (connector.Connector, error) {
	switch len(all) {
	case 0:
		return connector.Connector{}, notConnected("nothing connected yet")
	case 1:
		return all[0], nil
	}
	store, err := OnlyStore(all)
	if err == nil {
		err = misnamedFault(connector.Typed("status").For(store).Next(),
			"store %s is connected to shops of several providers, and this command is for one", store)
	}
	return connector.Connector{}, err
}

// OnlyStore returns the store of all connectors, or a fault if there are several.
func OnlyStore(all []connector.Connector) (string, error) {
	if names := slices.Compact(StoresOf(all)); len(names) > 1 {
		return "", misnamedFault(typedAgain("--store", "NAME"), "there are several stores: %s", strings.Join(names, ", "))
	}
	return all[0].Store, nil
}

// StoresOf returns the store names of connectors.
func StoresOf(all []connector.Connector) []string {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = c.Store
	}
	return names
}
