package shopify

import (
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
)

func TestTokenRefused(t *testing.T) {
	for _, test := range []struct {
		status int
		body   string
		reason connector.Reason
		says   string
	}{
		{401, `{"error":"invalid_request","error_description":"This request requires an active refresh_token"}`, connector.ExchangeFailed, "active refresh_token"},
		{401, `<html><title>unauthorized - Oauth error invalid_request</title><p>Oauth error invalid_request: This request requires an active refresh_token</p>`, connector.ExchangeFailed, "active refresh_token"},
		{400, `{"error":"invalid_request","error_description":"The authorization code was not found or was already used"}`, connector.ExchangeFailed, "already used"},
		{401, ``, connector.ExchangeFailed, "401"},
		{401, `{"error":"invalid_request","error_description":"The client authentication failed."}`, connector.ExchangeFailed, "client authentication failed"},
		{400, `{"error":"invalid_client"}`, connector.InvalidClient, "invalid_client"},
		{401, `{"error":"invalid_client"}`, connector.InvalidClient, "invalid_client"},
		{400, `<title>400 - Oauth error application_cannot_be_found</title>`, connector.InvalidClient, "application_cannot_be_found"},
		{400, `{"error":"shop_not_permitted"}`, connector.ShopNotPermitted, "organisations"},
		{401, `{"error":"shop_not_permitted"}`, connector.ShopNotPermitted, "organisations"},
		{400, `{"error":"app_not_installed"}`, connector.AppNotInstalled, "not installed"},
		{404, `{"errors":"Not Found"}`, connector.ExchangeFailed, "no such shop"},
		{503, "\x1b[31mfire", connector.ExchangeFailed, "503"},
		{400, "{\"error\":\"\x1b]0;x\",\"error_description\":\"a\\u001b[31m\\nb\"}", connector.ExchangeFailed, "status 400"},
	} {
		fault := (&Provider{}).TokenRefused(test.status, []byte(test.body))
		if fault.Reason != test.reason || !strings.Contains(fault.Message, test.says) || strings.ContainsAny(fault.Message, "\x1b\n") {
			t.Errorf("%d %s: %s %q", test.status, test.body, fault.Reason, fault.Message)
		}
	}
}
