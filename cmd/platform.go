package cmd

import (
	"context"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify"
)

// platform is a provider as commands make it: what connects stores to it, and what
// reads their shops.
type platform struct {
	provider func(*program) (connector.Provider, error)
	app      func(*program) connector.App
	shop     func(*program, connector.Connector, approach) (shop, error)
}

// platforms are the providers that there are, by name.
var platforms = map[string]platform{
	"shopify": {provider: shopifyProvider, app: shopifyApp, shop: shopifyShop},
}

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

// platformNamed is the provider of that name.
func (p *program) platformNamed(name string) (platform, error) {
	known, ok := p.platforms[name]
	if !ok {
		return known, usage("eshopctl version", "this eshopctl knows no provider %.40q; a newer one may", name)
	}
	return known, nil
}

// site is where requests for shops go: the real Shopify or a sandbox.
func (p *program) site() (*shopify.Site, error) {
	site, err := shopify.NewSite(p.config.Shopify.SandboxURL, p.env.Transport)
	if err != nil {
		return nil, err
	}
	return site.WithPatience(p.patience.Anew()), nil
}

func shopifyProvider(p *program) (connector.Provider, error) {
	site, err := p.site()
	if err != nil {
		return nil, err
	}
	return shopify.NewProvider(site, p.config.Shopify.APIVersion), nil
}

func shopifyApp(p *program) connector.App {
	app := p.config.Shopify
	return connector.App{ClientID: app.ClientID, Secret: app.ClientSecret, OldSecret: app.OldClientSecret, CallbackURL: app.CallbackURL}
}

func shopifyShop(p *program, c connector.Connector, how approach) (shop, error) {
	site, err := p.site()
	if err != nil {
		return nil, err
	}
	client := shopify.NewClient(site, c.Domain, p.config.Shopify.APIVersion, how.credentials, how.waiting).WithTemp(p.tempFolder())
	return shopify.NewSource(client, shopify.Options{Reader: how.reader, BulkPatience: how.standstill, Ledger: how.operations}), nil
}
