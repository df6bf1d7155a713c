package access

import (
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/shopify"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/site"
)

// RegisteredPlatforms are the providers of this program, one line each.
func RegisteredPlatforms() Platforms {
	return Platforms{
		{shopify.Platform(), shopifyProvider, shopifyShop},
	}
}

// UsualStandstill is how long a bulk operation may stand still by default.
const UsualStandstill = shopify.DefaultBulkPatience

// shopifySite is where requests for shops of Shopify go: the real one or a sandbox.
func shopifySite(way Way) (*site.Site, error) {
	return site.New(way.App.SandboxURL, site.Way{Transport: way.Transport, Patience: way.Patience})
}

func shopifyProvider(way Way) (connector.Provider, error) {
	at, err := shopifySite(way)
	if err != nil {
		return nil, err
	}
	return shopify.NewProvider(at, way.App.APIVersion), nil
}

func shopifyShop(way Way, c connector.Connector, how Approach) (job.Shop, error) {
	at, err := shopifySite(way)
	if err != nil {
		return nil, err
	}
	reader := client.New(at, c.Domain, way.App.APIVersion, how.Credentials, client.Pauses{Told: how.waiting})
	options := shopify.Options{Reader: how.reader, BulkPatience: how.standstill, Ledger: how.operations, Temp: way.Temp}
	return shopify.NewSource(reader, options), nil
}

// SandboxCallbackURL is where a simulated shop sends browsers back to.
func SandboxCallbackURL(s settings.Settings) string {
	return s.Apps[shopify.Platform().Name].CallbackURL
}
