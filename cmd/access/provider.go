package access

import (
	"slices"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// Platform is a provider as commands make it: what it says of itself, what connects
// stores to it, and what reads their shops.
type Platform struct {
	connector.Platform
	Provider func(*Access) (connector.Provider, error)
	Shop     func(*Access, connector.Connector, Approach) (job.Shop, error)
}

// Platforms are the providers that there are, the usual one first.
type Platforms []Platform

// Approach is how a shop is to be read.
type Approach struct {
	reader      importer.Reader
	standstill  time.Duration       // how long what it gathers may make no progress; 0 for as usual
	waiting     func(time.Duration) // hears how long a request waits; may be nil
	Credentials connector.Credentials
	operations  importer.Ledger
}

// Usual is the provider that is meant where none was named and none is known.
func (all Platforms) Usual() connector.Platform { return all.Described().Usual() }

// Names are the words by which operators name the providers.
func (all Platforms) Names() []string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	return names
}

// Argument stands for them in the usage line of a command.
func (all Platforms) Argument() string { return strings.Join(all.Names(), "|") }

// Described is what they say of themselves.
func (all Platforms) Described() connector.Platforms {
	said := make(connector.Platforms, len(all))
	for i, p := range all {
		said[i] = p.Platform
	}
	return said
}

// PlatformNamed is the provider of that name.
func (p *Access) PlatformNamed(name string) (Platform, error) {
	i := slices.IndexFunc(p.Platforms, func(known Platform) bool { return known.Name == name })
	if i < 0 {
		return Platform{}, usage.Fault(connector.Typed("version").Next(), "this eshopctl knows no provider %.40q; a newer one may", name)
	}
	return p.Platforms[i], nil
}

// FirstConnect is what connects a store to the first shop.
func (p *Access) FirstConnect() connector.Command {
	return p.Platforms.Usual().Unconnected("NAME").Connecting()
}
