package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/decode"
)

// oauthError is an error answer of the token endpoint. Without an Accept header that asks for
// JSON, and from some proxies even with it, the answer is a page whose text names the code.
type oauthError struct {
	Code        string `json:"error"`
	Description string `json:"error_description"`
}

var oauthErrorPage = regexp.MustCompile(`Oauth error ([a-z_]+)(?:: ([^<]*))?`)

func readOAuthError(body []byte) oauthError {
	var e oauthError
	if json.Unmarshal(body, &e) == nil {
		return e
	}
	for _, match := range oauthErrorPage.FindAllSubmatch(body, -1) {
		e.Code = string(match[1])
		if len(match[2]) > 0 {
			e.Description = string(match[2])
		}
	}
	return e
}

// TokenRefused returns the fault for an error answer of the token endpoint. Its code says more
// than its status: Shopify uses 400 and 401 for the same errors. An answer that may be about
// the client id or the client secret is never taken for the end of a token.
func TokenRefused(domain string, status int, header http.Header, body []byte) *connector.Fault {
	e := readOAuthError(body)
	fault := &connector.Fault{Code: connector.NotConnected}
	switch {
	case e.Code == "invalid_client" || e.Code == "application_cannot_be_found" ||
		strings.Contains(e.Description, "client authentication failed"):
		fault.Reason = connector.InvalidClient
		fault.Message = "Shopify does not know the client id, or the client secret is wrong" + inBrackets(e.Code)
		fault.Next = connector.Advice("compare ESHOPCTL_SHOPIFY_CLIENT_ID and ESHOPCTL_SHOPIFY_CLIENT_SECRET with the app's settings, " +
			"then connect again")
	case e.Code == "shop_not_permitted":
		fault.Reason = connector.ShopNotPermitted
		fault.Message = "the app and the shop belong to different organisations (shop_not_permitted)"
		fault.Next = connector.Advice("connect through the browser")
	case e.Code == "app_not_installed":
		fault.Reason = connector.AppNotInstalled
		fault.Message = "the app is not installed in the shop (app_not_installed)"
		fault.Next = connector.Advice("install it from the app's page in the Dev Dashboard, or connect through the browser")
	case e.endsRefreshToken(status):
		fault.Code = connector.TokenWasRefused
		fault.Message = domain + " does not accept the refresh token: " + e.inWords(status)
		fault.Next = reconnect
	case e.Code == "" && e.Description == "" && !isShopifys(status, body) && (status < 300 || status >= 400) && status < 429:
		return foreignAnswer(domain, status, nil, body).fault
	case e.Code == "" && status != http.StatusBadRequest && status != http.StatusUnauthorized,
		status == http.StatusTooManyRequests, status >= 500:
		told := *statusInWords(domain, status, header, body).fault
		told.Reason = reasonOf(&told)
		return &told
	default:
		fault.Message = "Shopify issued no token: " + e.inWords(status)
		fault.Next = reconnect
	}
	return fault
}

// endsRefreshToken reports whether a refresh token is of no use any more, because it is
// unknown, replaced, expired or revoked, or because the app was removed
// (https://shopify.dev/docs/apps/build/authentication-authorization/implement-token-exchange).
func (e oauthError) endsRefreshToken(status int) bool {
	return status == http.StatusUnauthorized && strings.Contains(e.Description, "active refresh_token") ||
		(status == http.StatusUnauthorized || status == http.StatusBadRequest) && e.Code == "invalid_grant"
}

func inBrackets(code string) string {
	if code == "" {
		return ""
	}
	return " (" + decode.Quoted(code) + ")"
}

func (e oauthError) inWords(status int) string {
	switch {
	case e.Description != "":
		return decode.Quoted(e.Description)
	case e.Code != "":
		return decode.Quoted(e.Code)
	}
	return strings.TrimSpace(fmt.Sprintf("it answered with status %d %s", status, http.StatusText(status)))
}
