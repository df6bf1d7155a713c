package shopify

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// shop asks who the shop is and which scopes it grants, as it lists them. Errors are
// *connector.Fault, with what they mean for the connection.
func (c *Client) shop(ctx context.Context) (importer.Shop, error) {
	shop, err := c.askShop(ctx)
	return shop, withReason(err)
}

func (c *Client) askShop(ctx context.Context) (importer.Shop, error) {
	var data struct {
		Shop struct {
			ID, MyshopifyDomain, CurrencyCode string `must:"be"`
			Name                              string
		} `must:"be"`
		CurrentAppInstallation struct {
			AccessScopes []struct {
				Handle string `must:"be"`
			} `must:"be"`
		} `must:"be"`
	}
	if err := c.ask(ctx, shopDocument, nil, &data); err != nil {
		return importer.Shop{}, err
	}
	if !fits(shopIDs, data.Shop.ID) || !isCurrency(data.Shop.CurrencyCode) {
		odd := fmt.Errorf("the shop %.60q that trades in %.60q", data.Shop.ID, data.Shop.CurrencyCode)
		return importer.Shop{}, misfitting(c.domain, shopDocument, odd).fault
	}
	if !isShopDomain(data.Shop.MyshopifyDomain) {
		return importer.Shop{}, &connector.Fault{Code: connector.ProviderFault, Message: c.domain + " does not say which shop it is", Next: tryLater}
	}
	shop := importer.Shop{
		AccountID: data.Shop.ID, Domain: data.Shop.MyshopifyDomain, Name: storable(cmp.Or(data.Shop.Name, data.Shop.MyshopifyDomain)),
		Currency: data.Shop.CurrencyCode, APIVersion: c.Version(),
	}
	for _, scope := range data.CurrentAppInstallation.AccessScopes {
		if !isID(scope.Handle) { // it is stored, and decides what is read
			odd := fmt.Errorf("it grants %.60q, which is no name of a scope", scope.Handle)
			return importer.Shop{}, misfitting(c.domain, shopDocument, odd).fault
		}
		shop.Scopes = append(shop.Scopes, scope.Handle)
	}
	return shop, nil
}

// isCurrency reports whether a code could be one of ISO 4217.
func isCurrency(code string) bool {
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
