package site

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/eshopos/eshopctl/connector"
)

// DomainSuffix ends the permanent domain of every shop.
const DomainSuffix = ".myshopify.com"

// typedShop matches the forms in which an operator may name a shop, in lower case.
var typedShop = regexp.MustCompile(`\A(?:` +
	`([a-z0-9][a-z0-9-]{0,59})` +
	`|(?:https?://)?([a-z0-9][a-z0-9-]{0,59})\.myshopify\.com(?:/|/admin/?)?` +
	`|(?:https?://)?admin\.shopify\.com/store/([a-z0-9][a-z0-9-]{0,59})` +
	`)\z`)

// ParseShop returns the domain HANDLE.myshopify.com for a handle, that domain,
// its address in a browser, or admin.shopify.com/store/HANDLE. Anything else is
// a *connector.Fault with the code Usage.
//
// It refuses what is not ASCII before it changes the case: some letters, such as U+212A, the
// Kelvin sign, become ASCII in lower case.
func ParseShop(typed string) (string, error) {
	text := strings.Trim(typed, " ")
	if !isASCII(text) {
		return "", notAShop(typed)
	}
	match := typedShop.FindStringSubmatch(strings.ToLower(text))
	if match == nil {
		return "", notAShop(typed)
	}
	handle := match[1] + match[2] + match[3]
	if handle == "localhost" || strings.HasPrefix(handle, "xn--") {
		return "", notAShop(typed)
	}
	return handle + DomainSuffix, nil
}

// IsShop reports whether a text that Shopify sent is the permanent domain of a shop, and
// nothing more.
func IsShop(domain string) bool {
	handle, found := strings.CutSuffix(domain, DomainSuffix)
	parsed, err := ParseShop(handle)
	return found && err == nil && parsed == domain
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// notAShop shows what was typed with the code point of each letter that is not ASCII, so that a
// letter which only looks right is seen.
func notAShop(typed string) error {
	return &connector.Fault{
		Code: connector.Usage,
		Message: fmt.Sprintf("%+.80q is not a Shopify shop: give its handle, HANDLE.myshopify.com or admin.shopify.com/store/HANDLE, "+
			"not the address of the storefront", typed),
		Next: connector.Again("--shop", "HANDLE.myshopify.com").Next(),
	}
}
