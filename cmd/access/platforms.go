package access

import (
	"net/http"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// Platform is a provider as commands make it: what it says of itself, what connects
// stores to it, and what reads their shops.
type Platform struct {
	connector.Platform
	Provider func(Way) (connector.Provider, error)
	Shop     func(Way, connector.Connector, Approach) (job.Shop, error)
}

// Platforms are the providers that there are, the usual one first.
type Platforms []Platform

// Way is how requests get to a provider.
type Way struct {
	App       settings.App
	Transport http.RoundTripper   // nil for the real network
	Patience  *connector.Patience // with which answers are waited for
	Temp      scratch.Folder      // for what does not fit the memory
}

// Approach is how a shop is to be read.
type Approach struct {
	reader      importer.Reader
	standstill  time.Duration       // how long what it gathers may make no progress; 0 for as usual
	waiting     func(time.Duration) // hears how long a request waits; may be nil
	Credentials connector.Credentials
	operations  importer.Ledger
}

// Usual is the provider that is meant where none was named and none is known.
func (all Platforms) Usual() connector.Platform { return all.Descriptions().Usual() }

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

// Descriptions are what they say of themselves.
func (all Platforms) Descriptions() connector.Platforms {
	said := make(connector.Platforms, len(all))
	for i, p := range all {
		said[i] = p.Platform
	}
	return said
}
