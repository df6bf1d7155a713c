package client

import (
	"strings"
	"testing"
	"unicode"

	"github.com/eshopos/eshopctl/connector"
)

func TestTokenRefused(t *testing.T) {
	const inactive = `{"error":"invalid_request","error_description":"This request requires an active refresh_token"}`
	for _, test := range []struct {
		status int
		body   string
		code   connector.Code
		reason connector.Reason
		says   string
	}{
		{401, inactive, connector.TokenWasRefused, "", "active refresh_token"},
		{401, `{"error":"invalid_request","error_description":"This request requires an active refresh_token to be present."}`,
			connector.TokenWasRefused, "", "active refresh_token"},
		{401, `<html><title>unauthorized - Oauth error invalid_request</title><p>Oauth error invalid_request: This request requires an active refresh_token</p>`, connector.TokenWasRefused, "", "active refresh_token"},
		{400, `{"error":"invalid_grant"}`, connector.TokenWasRefused, "", "invalid_grant"},
		{401, `{"error":"invalid_grant"}`, connector.TokenWasRefused, "", "invalid_grant"},
		{400, inactive, connector.NotConnected, "", "active refresh_token"},
		{403, inactive, connector.NotConnected, "", "active refresh_token"},
		{429, inactive, connector.Throttled, "", "fewer requests"},
		{503, inactive, connector.ProviderFault, "", "503"},
		{400, `{"error":"invalid_request","error_description":"The authorization code was not found or was already used"}`,
			connector.NotConnected, "", "already used"},
		{401, ``, connector.ProviderFault, "", "not Shopify (status 401)"},
		{403, `<html><title>Blocked</title>`, connector.ProviderFault, "", "Blocked"},
		{200, `<html>log in`, connector.ProviderFault, "", "log in"},
		{401, `{"error":"invalid_request","error_description":"The client authentication failed."}`,
			connector.NotConnected, connector.InvalidClient, "client secret"},
		{400, `{"error":"invalid_client"}`, connector.NotConnected, connector.InvalidClient, "invalid_client"},
		{401, `{"error":"invalid_client"}`, connector.NotConnected, connector.InvalidClient, "invalid_client"},
		{400, `<title>400 - Oauth error application_cannot_be_found</title>`,
			connector.NotConnected, connector.InvalidClient, "application_cannot_be_found"},
		{400, `{"error":"shop_not_permitted"}`, connector.NotConnected, connector.ShopNotPermitted, "organisations"},
		{401, `{"error":"shop_not_permitted"}`, connector.NotConnected, connector.ShopNotPermitted, "organisations"},
		{400, `{"error":"app_not_installed"}`, connector.NotConnected, connector.AppNotInstalled, "not installed"},
		{402, `{"errors":"Unavailable Shop"}`, connector.ShopUnavailable, connector.ShopIsUnavailable, "frozen"},
		{403, `{"errors":"no"}`, connector.ShopUnavailable, connector.Refused, "refuses"},
		{404, `{"errors":"Not Found"}`, connector.ShopUnavailable, connector.ShopIsUnavailable, "unknown"},
		{423, ``, connector.ShopUnavailable, connector.ShopIsUnavailable, "locked"},
		{503, "\x1b[31mfire", connector.ProviderFault, "", "503"},
		{400, "{\"error\":\"\x1b]0;x\"}", connector.ProviderFault, "", "status 400"},
	} {
		fault := TokenRefused("tea-and-cups.myshopify.com", test.status, nil, []byte(test.body))
		if fault.Code != test.code || fault.Reason != test.reason ||
			!strings.Contains(fault.Message, test.says) || strings.ContainsAny(fault.Message, "\x1b\n") {
			t.Errorf("%d %s: %s %s %q", test.status, test.body, fault.Code, fault.Reason, fault.Message)
		}
	}
}

// Every answer of the token endpoint is worded so that a terminal can show it, and only a refused
// refresh token ends an install.
//
// hazard O24, S2, T1
func FuzzTokenRefused(f *testing.F) {
	for _, body := range []string{
		`{"error":"invalid_client"}`, `{"error":"shop_not_permitted"}`, `{"errors":"Unavailable Shop"}`,
		`{"errors":[{"message":"no"}]}`, `{"error":7}`, ``, `null`, "\x1b[31m",
		`{"error":"invalid_request","error_description":"This request requires an active refresh_token"}`, `{"error":"invalid_grant"}`,
		`<title>400 - Oauth error application_cannot_be_found</title>`,
		`<p>Oauth error invalid_request: This request requires an active refresh_token</p>`,
	} {
		for _, status := range []int{400, 401, 402, 403, 429, 503} {
			f.Add(status, []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		fault := TokenRefused("tea-and-cups.myshopify.com", status, nil, body)
		if fault.Code == "" || fault.Message == "" || len(fault.Next) == 0 || len(fault.Message) > 1000 {
			t.Errorf("%d %q: %+v", status, body, fault)
		}
		if strings.ContainsFunc(fault.Message, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }) {
			t.Errorf("%d %q is told as %q", status, body, fault.Message)
		}
		if fault.Code == connector.TokenWasRefused && status != 400 && status != 401 {
			t.Errorf("%d %q ends the install", status, body)
		}
	})
}
