package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/decode"
)

// isShopifys reports whether a refusal is Shopify's own: JSON whose errors say why. Anything
// else with such a status comes from a proxy, a firewall or a login page, and says nothing
// about the shop or the token. The answer for a shop that is unpaid or locked has not been
// seen; it is accepted without a body.
func isShopifys(status int, body []byte) bool {
	var envelope struct{ Errors json.RawMessage }
	if json.Unmarshal(body, &envelope) == nil && hasContent(envelope.Errors) {
		return true
	}
	silent := status == http.StatusPaymentRequired || status == http.StatusLocked
	return silent && len(bytes.TrimSpace(body)) == 0
}

// hasContent reports whether a JSON value is there, and neither null nor an empty list.
func hasContent(raw json.RawMessage) bool {
	text := bytes.TrimSpace(raw)
	return len(text) > 0 && string(text) != "null" && string(text) != "[]"
}

// isJSON reports whether a body could be a JSON object or list.
func isJSON(body []byte) bool {
	text := bytes.TrimSpace(body)
	return len(text) > 0 && (text[0] == '{' || text[0] == '[')
}

// foreignAnswer words an answer that is not Shopify's.
func foreignAnswer(domain string, status int, header http.Header, body []byte) *failure {
	who := fmt.Sprintf("status %d", status)
	if kind, _, _ := strings.Cut(header.Get("Content-Type"), ";"); kind != "" {
		who += ", " + decode.Quoted(kind)
	}
	if words := firstWords(body); words != "" {
		who += ", " + words
	}
	return &failure{remedy: odd, fault: &connector.Fault{
		Code:    connector.ProviderFault,
		Message: fmt.Sprintf("%s was asked, and what answered is not Shopify (%s)", domain, who),
		Next:    behindPage,
		Err:     errForeign,
	}}
}

var behindPage = connector.Typed("doctor").
	After("a proxy, a firewall or a login page stands between this machine and Shopify; check HTTPS_PROXY and NO_PROXY: ")

var (
	titleOfPage = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
	notShown    = regexp.MustCompile(`(?is)<(script|style|head)\b.*?</(script|style|head)>|<!--.*?-->`)
	anyTag      = regexp.MustCompile(`(?s)<[^>]*>`)
)

const (
	wordsOfPage = 12
	longestWord = 24
)

// firstWords returns the title of a web page, or its first words, quoted. It leaves out words
// that may be an address or a secret.
func firstWords(body []byte) string {
	text := string(body[:min(len(body), 64<<10)])
	if title := titleOfPage.FindStringSubmatch(text); title != nil && strings.TrimSpace(title[1]) != "" {
		text = title[1]
	} else {
		text = notShown.ReplaceAllString(text, " ")
	}
	words := strings.Fields(decode.Quoted(html.UnescapeString(anyTag.ReplaceAllString(text, " "))))
	for i, word := range words {
		if len(word) > longestWord || strings.ContainsAny(word, "=@/\\") {
			words[i] = "…"
		}
	}
	if len(words) > wordsOfPage {
		words = append(words[:wordsOfPage], "…")
	}
	if len(words) == 0 {
		return ""
	}
	return fmt.Sprintf("%q", strings.Join(words, " "))
}

// veilToken hides the token in a text of an answer, which may repeat it.
func veilToken(text []byte, token connector.Secret) []byte {
	if token.IsZero() {
		return text
	}
	return bytes.ReplaceAll(text, []byte(token.Reveal()), []byte("[secret]"))
}
