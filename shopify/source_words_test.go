package shopify

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/faults"
)

// What a shop says about itself is stored with the connector, so that it is checked when it arrives.
func TestWordsOfTheShopAreLookedAt(t *testing.T) {
	const good = `{"data":{"shop":{"id":"gid://shopify/Shop/1","name":"Tea","myshopifyDomain":"tea.myshopify.com","currencyCode":"EUR"},` +
		`"currentAppInstallation":{"accessScopes":[{"handle":"read_products"}]}}}`
	version := func(v string) func(http.HandlerFunc) http.HandlerFunc {
		return func(h http.HandlerFunc) http.HandlerFunc { return faults.WithHeader("X-Shopify-API-Version", v, h) }
	}
	as := func(h http.HandlerFunc) http.HandlerFunc { return h }
	for name, test := range map[string]struct {
		old, new string
		with     func(http.HandlerFunc) http.HandlerFunc
		told     string // "" for nothing wrong
	}{
		"as it is":           {"", "", as, ""},
		"unstable":           {"", "", version("unstable"), ""},
		"scope, line break":  {"read_products", `read_products\r\n`, as, "no name of a scope"},
		"scope, escape":      {"read_products", `read_\u001b[31mproducts`, as, "no name of a scope"},
		"scope, two in one":  {"read_products", "read_products read_orders", as, "no name of a scope"},
		"scope, empty":       {"read_products", "", as, "no name of a scope"},
		"domain, control":    {"tea.myshopify.com", `tea\u0007.myshopify.com`, as, "does not say which shop"},
		"domain, no shop's":  {"tea.myshopify.com", "evil.example", as, "does not say which shop"},
		"version, two words": {"", "", version("2026-10 b"), "API version"},
	} {
		shop := answering(t, test.with(faults.Reply(strings.Replace(good, test.old, test.new, 1))))
		answered, err := NewSource(shop, Options{}).Shop(t.Context())
		var fault *connector.Fault
		switch {
		case test.told == "" && err != nil, test.told != "" &&
			(!errors.As(err, &fault) || !strings.Contains(fault.Message, test.told) || len(fault.Next) == 0):
			t.Errorf("%s: %+v, %v", name, answered, err)
		case fault != nil && strings.ContainsAny(fault.Message, "\r\n\x1b\x07"):
			t.Errorf("%s: it is told as it came: %q", name, fault.Message)
		}
	}
}
