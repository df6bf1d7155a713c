package shopify

import (
	"strings"
	"testing"

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
		{401, `{"error":"invalid_request","error_description":"This request requires an active refresh_token to be present."}`, connector.TokenWasRefused, "", "active refresh_token"},
		{401, `<html><title>unauthorized - Oauth error invalid_request</title><p>Oauth error invalid_request: This request requires an active refresh_token</p>`, connector.TokenWasRefused, "", "active refresh_token"},
		{400, `{"error":"invalid_grant"}`, connector.TokenWasRefused, "", "invalid_grant"},
		{400, inactive, connector.NotConnected, "", "active refresh_token"},
		{403, inactive, connector.NotConnected, "", "active refresh_token"},
		{429, inactive, connector.Throttled, "", "fewer requests"},
		{503, inactive, connector.ProviderFault, "", "503"},
		{400, `{"error":"invalid_request","error_description":"The authorization code was not found or was already used"}`, connector.NotConnected, "", "already used"},
		{401, ``, connector.NotConnected, "", "401"},
		{401, `{"error":"invalid_request","error_description":"The client authentication failed."}`, connector.NotConnected, connector.InvalidClient, "client secret"},
		{400, `{"error":"invalid_client"}`, connector.NotConnected, connector.InvalidClient, "invalid_client"},
		{401, `{"error":"invalid_client"}`, connector.NotConnected, connector.InvalidClient, "invalid_client"},
		{400, `<title>400 - Oauth error application_cannot_be_found</title>`, connector.NotConnected, connector.InvalidClient, "application_cannot_be_found"},
		{400, `{"error":"shop_not_permitted"}`, connector.NotConnected, connector.ShopNotPermitted, "organisations"},
		{401, `{"error":"shop_not_permitted"}`, connector.NotConnected, connector.ShopNotPermitted, "organisations"},
		{400, `{"error":"app_not_installed"}`, connector.NotConnected, connector.AppNotInstalled, "not installed"},
		{402, `{"errors":"Unavailable Shop"}`, connector.ShopUnavailable, connector.ShopIsUnavailable, "frozen"},
		{403, `{"errors":"no"}`, connector.ShopUnavailable, connector.Refused, "refuses"},
		{404, `{"errors":"Not Found"}`, connector.ShopUnavailable, connector.ShopIsUnavailable, "unknown"},
		{423, ``, connector.ShopUnavailable, connector.ShopIsUnavailable, "locked"},
		{503, "\x1b[31mfire", connector.ProviderFault, "", "503"},
		{400, "{\"error\":\"\x1b]0;x\"}", connector.NotConnected, "", "status 400"},
	} {
		fault := (&Provider{}).TokenRefused(teaDomain, test.status, []byte(test.body))
		if fault.Code != test.code || fault.Reason != test.reason || !strings.Contains(fault.Message, test.says) || strings.ContainsAny(fault.Message, "\x1b\n") {
			t.Errorf("%d %s: %s %s %q", test.status, test.body, fault.Code, fault.Reason, fault.Message)
		}
	}
}
