package cmd

import (
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify"
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
	client := shopify.NewClient(site, c.Domain, p.shopifyApp().APIVersion, how.credentials, shopify.Pauses{Told: how.waiting})
	return shopify.NewSource(client, shopify.Options{Reader: how.reader, BulkPatience: how.standstill, Ledger: how.operations, Temp: p.tempFolder()}), nil
}
