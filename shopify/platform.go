package shopify

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/site"
)

// Platform is what Shopify says of itself.
func Platform() connector.Platform {
	return connector.Platform{
		Name: "shopify", Title: "Shopify",
		ShopForms: "its handle, or " + someShop, ShopExample: someShop, SilentTitle: "Default Title",
		Scopes: neededScopes(), Writing: writeScopes(), Grant: grantAdvice(), Versions: apiVersions(), Permanent: permanentTokens(),
		Console: "the Shopify Dev Dashboard", NewApp: "create an app in the shop's organisation", Release: "release a version of it",
		StatusPage: "https://www.shopifystatus.com",
	}
}

const someShop = "HANDLE" + site.DomainSuffix

// neededScopes are those of https://shopify.dev/docs/api/usage/access-scopes.
func neededScopes() map[connector.Resource][]string {
	return map[connector.Resource][]string{
		connector.Products:   {"read_products"},
		connector.Categories: {"read_products"},
		connector.Warehouses: {"read_locations"},
		connector.Stock:      {"read_inventory", "read_locations", "read_products"},
	}
}

// writeScopes has what may be done without signing in apart.
func writeScopes() map[string]string {
	return map[string]string{"read_": "write_", "unauthenticated_read_": "unauthenticated_write_"}
}

func grantAdvice() map[connector.Auth]string {
	return map[connector.Auth]string{
		connector.Browser:           "connect again, to have %s granted",
		connector.ClientCredentials: "add %s to the app's version, release it and approve it in the shop; then connect again",
		connector.AdminToken:        "give the app %s in the shop's admin; then connect again",
	}
}

// apiVersions are named by the month of their release and supported for a year
// (https://shopify.dev/docs/api/usage/versioning).
func apiVersions() connector.Versions {
	return connector.Versions{Asked: "2026-10", Form: "2006-01", Months: 12, Others: []string{"unstable"}}
}

// permanentTokens are refused of public apps from a day on
// (https://shopify.dev/changelog/expiring-offline-access-tokens-required-for-all-public-apps-as-of-january-1-2027).
// Whether an app is public is not to be seen from here.
func permanentTokens() connector.Deadline {
	return connector.Deadline{From: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), What: "such tokens of public apps"}
}
