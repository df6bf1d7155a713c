package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/site"
)

// What the operator can do. The caller fills in the name of the store.
var (
	connecting  = connector.Typed("connect", "shopify").ForStoreAtHand()
	reconnect   = connecting.After("connect the shop again: ")
	misfit      = connector.Advice("this version of eshopctl and the shop's API do not fit together; look for a newer one")
	busyApp     = connector.Advice("try again later; another program may be using the same app")
	settlePlan  = connector.Advice("ask the merchant to settle the shop's plan; the connection is kept")
	callSupport = connector.Advice("ask the merchant to contact Shopify; the connection is kept")
	checkDomain = connector.Advice("check the domain and ESHOPCTL_SHOPIFY_API_VERSION; the shop may have been closed")
	askWhy      = connector.Advice("do not repeat it at once; ask Shopify's support why requests from here look suspicious")
	tryLater    = connector.Advice("try again later; https://www.shopifystatus.com tells about outages")
)

// statusInWords words an answer with a status other than 200
// (https://shopify.dev/docs/api/usage/response-codes).
func statusInWords(domain string, status int, header http.Header, body []byte) *failure {
	say := func(code connector.Code, next connector.Next, format string, args ...any) *connector.Fault {
		return &connector.Fault{Code: code, Next: next, Message: domain + " " + fmt.Sprintf(format, args...)}
	}
	why := withSentence(body)
	switch {
	case status >= 400 && status < 500 && status != http.StatusTooManyRequests && status != 430 && !isShopifys(status, body):
		return foreignAnswer(domain, status, header, body)
	case status == http.StatusUnauthorized:
		return &failure{fault: say(connector.TokenWasRefused, reconnect, "no longer accepts the access token"), remedy: tokenGone}
	case status == http.StatusForbidden:
		fault := say(connector.ShopUnavailable, afterForbidden(body), "refuses the request%s", why)
		fault.Err = errForbidden
		if wantsAnotherKind(body) {
			fault.Err = errors.Join(errForbidden, connector.ErrTokenKind)
		}
		return &failure{fault: fault}
	case status == http.StatusPaymentRequired:
		return &failure{fault: say(connector.ShopUnavailable, settlePlan, "is frozen or unpaid%s", why)}
	case status == http.StatusNotFound:
		fault := say(connector.ShopUnavailable, checkDomain, "is unknown to Shopify%s", why)
		fault.Err = connector.ErrShopGone
		return &failure{fault: fault}
	case status == http.StatusLocked:
		return &failure{fault: say(connector.ShopUnavailable, callSupport, "is locked by Shopify%s", why)}
	case status == http.StatusTooManyRequests:
		fault := say(connector.Throttled, busyApp, "kept asking for fewer requests%s", why)
		return &failure{fault: fault, remedy: throttled, wait: connector.RetryAfter(header)}
	case status == http.StatusNetworkAuthenticationRequired:
		return foreignAnswer(domain, status, header, body)
	case status == 430:
		return &failure{fault: say(connector.ProviderFault, askWhy, "rejected the request for security reasons (status 430)%s", why)}
	case status >= 300 && status < 400:
		return &failure{fault: sentOn(domain, header)}
	}
	fault := say(connector.ProviderFault, tryLater, "answered with status %d%s", status, why)
	remedy := remedyFor(status)
	if remedy == final {
		fault.Err = errDisagrees
	}
	return &failure{fault: fault, remedy: remedy, wait: connector.RetryAfter(header)}
}

// remedyFor tells passing troubles of a server, or of the edge before it,
// from lasting ones. A gateway's timeout soon calls for a smaller page.
func remedyFor(status int) remedy {
	switch {
	case status == http.StatusGatewayTimeout:
		return odd
	case status >= 500 && status < 600 && status != http.StatusNotImplemented:
		return shaky
	}
	return final
}

// wantsAnotherKind reports whether a refusal is about the kind of token.
func wantsAnotherKind(body []byte) bool {
	return strings.Contains(strings.ToLower(string(body)), "non-expiring")
}

// afterForbidden returns what to do about a status 403, by the words of its body.
func afterForbidden(body []byte) connector.Next {
	text := strings.ToLower(string(body))
	switch {
	case wantsAnotherKind(body):
		return reconnect.Then("; the new token will be one that expires")
	case strings.Contains(text, "allowlist") || strings.Contains(text, "ip address"):
		return connector.Advice("add this machine's address to the app's IP allowlist; the connection is kept")
	}
	return connector.Typed("doctor").ForStoreAtHand().After("check the app's scopes, its IP allowlist and its kind of token: ")
}

// sentOn returns the fault for a redirect, which is never followed. A redirect to the domain of
// another shop means that this one was renamed.
func sentOn(domain string, header http.Header) *connector.Fault {
	if to := strings.ToLower(hostIn(header)); site.IsShop(to) && to != domain {
		return &connector.Fault{
			Code: connector.ShopUnavailable, Err: &connector.Redirect{Domain: to},
			Message: fmt.Sprintf("%s was renamed: Shopify sends its requests on to %s", domain, to),
			Next:    connecting.After("connect it under its new name, which keeps what was imported:\n"),
		}
	}
	next := connector.Advice("connect with the shop's permanent NAME.myshopify.com domain; redirects are never followed")
	if host := strings.ToLower(hostIn(header)); host != "" && host != domain { // a login page in between
		next = behindPage
	}
	return &connector.Fault{
		Code: connector.ProviderFault, Err: &connector.Redirect{}, Next: next,
		Message: fmt.Sprintf("%s sends requests on to %s", domain, locationHost(header)),
	}
}

// locationHost words where a redirect leads.
func locationHost(header http.Header) string {
	if host := hostIn(header); host != "" {
		return decode.Quoted(host)
	}
	return "another address"
}

// hostIn returns the host that a redirect names, "" for none.
func hostIn(header http.Header) string {
	location, err := url.Parse(header.Get("Location"))
	if err != nil {
		return ""
	}
	return location.Host
}

// withSentence returns what the errors of a body say, to be put behind a sentence; "" when
// they say nothing.
func withSentence(body []byte) string {
	var envelope struct{ Errors json.RawMessage }
	if json.Unmarshal(body, &envelope) != nil || len(envelope.Errors) == 0 {
		return ""
	}
	if text := decode.Quoted(firstSentence(envelope.Errors)); text != "" {
		return ": " + text
	}
	return ""
}

// firstSentence returns the first message of errors, which Shopify writes as a string, as a list
// of objects with a message, or as something else.
func firstSentence(errors json.RawMessage) string {
	var text string
	if json.Unmarshal(errors, &text) == nil {
		return text
	}
	var list []struct{ Message string }
	if json.Unmarshal(errors, &list) == nil && len(list) > 0 {
		return list[0].Message
	}
	return string(errors)
}
