package cmd

import (
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/shopify"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/site"
)

// registered are the providers of this program. Each has its line.
func registered() platforms {
	return platforms{
		{shopify.Platform(), shopifyProvider, shopifyShop},
	}
}

// usualStandstill is how long a bulk operation may stand still unless somebody chose.
const usualStandstill = shopify.DefaultBulkPatience

// site is where requests for shops of Shopify go: the real one or a sandbox.
func (p *program) site() (*site.Site, error) {
	return site.New(p.shopifyApp().SandboxURL, site.Way{Transport: p.face.Env.Transport, Patience: p.patience.Anew()})
}

func (p *program) shopifyApp() settings.App { return p.face.Settings.Apps[shopify.Platform().Name] }

func shopifyProvider(p *program) (connector.Provider, error) {
	at, err := p.site()
	if err != nil {
		return nil, err
	}
	return shopify.NewProvider(at, p.shopifyApp().APIVersion), nil
}

func shopifyShop(p *program, c connector.Connector, how approach) (job.Shop, error) {
	at, err := p.site()
	if err != nil {
		return nil, err
	}
	reader := client.New(at, c.Domain, p.shopifyApp().APIVersion, how.credentials, client.Pauses{Told: how.waiting})
	return shopify.NewSource(reader, shopify.Options{Reader: how.reader, BulkPatience: how.standstill, Ledger: how.operations, Temp: p.tempFolder()}), nil
}

// callbackURL is where Shopify calls back.
func (p *program) callbackURL() string { return p.shopifyApp().CallbackURL }
