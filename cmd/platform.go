package cmd

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify"
)

// platform is a provider as commands make it: what it says of itself, what connects
// stores to it, and what reads their shops.
type platform struct {
	connector.Platform
	provider func(*program) (connector.Provider, error)
	shop     func(*program, connector.Connector, approach) (shop, error)
}

// platforms are the providers that there are, the usual one first.
type platforms []platform

// registered are the providers of this program. Each has its line.
func registered() platforms {
	return platforms{
		{shopify.Platform(), shopifyProvider, shopifyShop},
	}
}

// usualStandstill is how long a bulk operation may stand still unless somebody chose.
const usualStandstill = shopify.DefaultBulkPatience

// shop is one connected shop.
type shop interface {
	importer.Source
	// Sightings is what the shop shows of the variants with the SKU or the id that was
	// asked for, and of those with these ids.
	Sightings(ctx context.Context, asked string, ids []string) ([]importer.Sighting, error)
}

// approach is how a shop is to be read.
type approach struct {
	reader      importer.Reader
	standstill  time.Duration       // how long what it gathers may make no progress; 0 for as usual
	waiting     func(time.Duration) // hears how long a request waits; may be nil
	credentials connector.Credentials
	operations  importer.Ledger
}

// usual is the provider that is meant where none was named and none is known.
func (all platforms) usual() connector.Platform { return all[0].Platform }

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
		return platform{}, usage("eshopctl version", "this eshopctl knows no provider %.40q; a newer one may", name)
	}
	return p.platforms[i], nil
}

// firstConnect is what connects a store to the first shop.
func (p *program) firstConnect() string {
	return p.platforms.usual().Unconnected("NAME").ConnectCommand()
}

// site is where requests for shops of Shopify go: the real one or a sandbox.
func (p *program) site() (*shopify.Site, error) {
	site, err := shopify.NewSite(p.shopifyApp().SandboxURL, p.env.Transport)
	if err != nil {
		return nil, err
	}
	return site.WithPatience(p.patience.Anew()), nil
}

func (p *program) shopifyApp() App { return p.config.Apps[shopify.Platform().Name] }

func shopifyProvider(p *program) (connector.Provider, error) {
	site, err := p.site()
	if err != nil {
		return nil, err
	}
	return shopify.NewProvider(site, p.shopifyApp().APIVersion), nil
}

func shopifyShop(p *program, c connector.Connector, how approach) (shop, error) {
	site, err := p.site()
	if err != nil {
		return nil, err
	}
	client := shopify.NewClient(site, c.Domain, p.shopifyApp().APIVersion, how.credentials, how.waiting).WithTemp(p.tempFolder())
	return shopify.NewSource(client, shopify.Options{Reader: how.reader, BulkPatience: how.standstill, Ledger: how.operations}), nil
}
