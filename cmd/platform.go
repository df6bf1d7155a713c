package cmd

import (
	"slices"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// platform is a provider as commands make it: what it says of itself, what connects
// stores to it, and what reads their shops.
type platform struct {
	connector.Platform
	provider func(*program) (connector.Provider, error)
	shop     func(*program, connector.Connector, approach) (job.Shop, error)
}

// platforms are the providers that there are, the usual one first.
type platforms []platform

// approach is how a shop is to be read.
type approach struct {
	reader      importer.Reader
	standstill  time.Duration       // how long what it gathers may make no progress; 0 for as usual
	waiting     func(time.Duration) // hears how long a request waits; may be nil
	credentials connector.Credentials
	operations  importer.Ledger
}

// usual is the provider that is meant where none was named and none is known.
func (all platforms) usual() connector.Platform { return all.say().Usual() }

// names are the words by which operators name the providers.
func (all platforms) names() []string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	return names
}

// argument stands for them in the usage line of a command.
func (all platforms) argument() string { return strings.Join(all.names(), "|") }

// say is what they say of themselves.
func (all platforms) say() connector.Platforms {
	said := make(connector.Platforms, len(all))
	for i, p := range all {
		said[i] = p.Platform
	}
	return said
}

// platformNamed is the provider of that name.
func (p *program) platformNamed(name string) (platform, error) {
	i := slices.IndexFunc(p.platforms, func(known platform) bool { return known.Name == name })
	if i < 0 {
		return platform{}, usage.Fault(connector.Typed("version").Next(), "this eshopctl knows no provider %.40q; a newer one may", name)
	}
	return p.platforms[i], nil
}

// firstConnect is what connects a store to the first shop.
func (p *program) firstConnect() connector.Command {
	return p.platforms.usual().Unconnected("NAME").Connecting()
}
