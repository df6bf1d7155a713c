package access

import (
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/shopify"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/site"
)

// Registered are the providers of this program. Each has its line.
func Registered() Platforms {
	return Platforms{
		{shopify.Platform(), shopifyProvider, shopifyShop},
	}
}

// UsualStandstill is how long a bulk operation may stand still unless somebody chose.
const UsualStandstill = shopify.DefaultBulkPatience

// site is where requests for shops of Shopify go: the real one or a sandbox.
func (p *Access) site() (*site.Site, error) {
	return site.New(p.shopifyApp().SandboxURL, site.Way{Transport: p.Face.Env.Transport, Patience: p.patience.Anew()})
}

func (p *Access) shopifyApp() settings.App { return p.Face.Settings.Apps[shopify.Platform().Name] }

func shopifyProvider(p *Access) (connector.Provider, error) {
	at, err := p.site()
	if err != nil {
		return nil, err
	}
	return shopify.NewProvider(at, p.shopifyApp().APIVersion), nil
}

func shopifyShop(p *Access, c connector.Connector, how Approach) (job.Shop, error) {
	at, err := p.site()
	if err != nil {
		return nil, err
	}
	reader := client.New(at, c.Domain, p.shopifyApp().APIVersion, how.Credentials, client.Pauses{Told: how.waiting})
	return shopify.NewSource(reader, shopify.Options{Reader: how.reader, BulkPatience: how.standstill, Ledger: how.operations, Temp: p.TempFolder()}), nil
}

// CallbackURL is where Shopify calls back.
func (p *Access) CallbackURL() string { return p.shopifyApp().CallbackURL }
