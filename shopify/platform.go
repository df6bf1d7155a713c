package shopify

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/site"
)

// Platform returns what the rest of the program needs to know about Shopify: its names,
// scopes, API versions and dates.
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

// neededScopes are the scopes that each resource needs
// (https://shopify.dev/docs/api/usage/access-scopes).
func neededScopes() map[connector.Resource][]string {
	return map[connector.Resource][]string{
		connector.Products:   {"read_products"},
		connector.Categories: {"read_products"},
		connector.Warehouses: {"read_locations"},
		connector.Stock:      {"read_inventory", "read_locations", "read_products"},
	}
}

// writeScopes maps the prefix of scopes that allow reading to the prefix of those that allow
// writing, which imply them. Storefront scopes, which begin with unauthenticated_, are a
// family of their own (https://shopify.dev/docs/api/usage/access-scopes).
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

// apiVersions says that versions are named after the month of their release and supported for
// a year (https://shopify.dev/docs/api/usage/versioning).
func apiVersions() connector.Versions {
	return connector.Versions{Asked: "2026-10", Form: "2006-01", Months: 12, Others: []string{"unstable"}}
}

// permanentTokens says from when on Shopify refuses the tokens of public apps that do not
// expire
// (https://shopify.dev/changelog/expiring-offline-access-tokens-required-for-all-public-apps-as-of-january-1-2027).
// Nothing that the shop answers says whether an app is public.
func permanentTokens() connector.Deadline {
	return connector.Deadline{From: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), What: "such tokens of public apps"}
}
