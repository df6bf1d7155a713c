package client

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/site"
)

// Shop asks who the shop is and which scopes it grants, as it lists them. Errors are a
// *connector.Fault whose Reason says what they mean for the connection.
func (c *Client) Shop(ctx context.Context) (importer.Shop, error) {
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
	if err := c.Ask(ctx, queries.Shop, nil, &data); err != nil {
		return importer.Shop{}, err
	}
	if !gid.HasKind(gid.Shop, data.Shop.ID) || !isCurrency(data.Shop.CurrencyCode) {
		odd := fmt.Errorf("the shop %.60q that trades in %.60q", data.Shop.ID, data.Shop.CurrencyCode)
		return importer.Shop{}, misfittingAnswer(c.domain, queries.Shop, odd).fault
	}
	if !site.IsShop(data.Shop.MyshopifyDomain) {
		return importer.Shop{}, &connector.Fault{
			Code: connector.ProviderFault, Message: c.domain + " does not say which shop it is", Next: tryLater,
		}
	}
	shop := importer.Shop{
		AccountID: data.Shop.ID, Domain: data.Shop.MyshopifyDomain, Currency: data.Shop.CurrencyCode,
		Name: decode.Storable(cmp.Or(data.Shop.Name, data.Shop.MyshopifyDomain)), APIVersion: c.Version(),
	}
	for _, scope := range data.CurrentAppInstallation.AccessScopes {
		if !gid.IsValid(scope.Handle) { // it is stored, and decides what is read
			odd := fmt.Errorf("it grants %.60q, which is no name of a scope", scope.Handle)
			return importer.Shop{}, misfittingAnswer(c.domain, queries.Shop, odd).fault
		}
		shop.Scopes = append(shop.Scopes, scope.Handle)
	}
	return shop, nil
}

// isCurrency reports whether a code has the form of those of ISO 4217.
func isCurrency(code string) bool {
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
