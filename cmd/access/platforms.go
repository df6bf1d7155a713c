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

// Platform is a provider: its description, how stores are connected to it, and how their
// shops are read.
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
	standstill  time.Duration       // how long a bulk operation may make no progress; 0 for the default
	waiting     func(time.Duration) // hears how long a request waits; may be nil
	Credentials connector.Credentials
	operations  importer.Ledger
}

// Usual is the provider of a store that is not connected yet, when none was named.
func (all Platforms) Usual() connector.Platform { return all.Descriptions().Usual() }

// Names are the names that operators type for the providers.
func (all Platforms) Names() []string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Name
	}
	return names
}

// Argument is the usage text of an argument that names a provider.
func (all Platforms) Argument() string { return strings.Join(all.Names(), "|") }

// Descriptions are what the rest of the program knows of the providers.
func (all Platforms) Descriptions() connector.Platforms {
	said := make(connector.Platforms, len(all))
	for i, p := range all {
		said[i] = p.Platform
	}
	return said
}
