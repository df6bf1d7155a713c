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

// isShopifys reports whether a refusal is Shopify's own: JSON whose errors say why.
// What else comes with such a status was written by a proxy, a firewall or a login
// page, and says nothing about the shop or the token. Nobody has seen the body of
// the answer for a shop that is unpaid or locked, which may have none.
func isShopifys(status int, body []byte) bool {
	var envelope struct{ Errors json.RawMessage }
	if json.Unmarshal(body, &envelope) == nil && hasContent(envelope.Errors) {
		return true
	}
	silent := status == http.StatusPaymentRequired || status == http.StatusLocked
	return silent && len(bytes.TrimSpace(body)) == 0
}

// hasContent reports whether a value is there and says something.
func hasContent(raw json.RawMessage) bool {
	text := bytes.TrimSpace(raw)
	return len(text) > 0 && string(text) != "null" && string(text) != "[]"
}

// isJSON reports whether a body could be JSON at all.
func isJSON(body []byte) bool {
	text := bytes.TrimSpace(body)
	return len(text) > 0 && (text[0] == '{' || text[0] == '[')
}

// foreignAnswer words an answer that is not Shopify's. It may pass.
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

// firstWords is what a page says first. A word that may be an address or a secret is
// left out.
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

// veilToken hides the token in what an answer says, should it be repeated there.
func veilToken(text []byte, token connector.Secret) []byte {
	if token.IsZero() {
		return text
	}
	return bytes.ReplaceAll(text, []byte(token.Reveal()), []byte("[secret]"))
}
