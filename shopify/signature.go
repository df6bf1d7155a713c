package shopify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/site"
)

// callbackWindow is how far the timestamp of a callback may be off, either way.
const callbackWindow = 300 * time.Second

// VerifyCallback checks signature and timestamp of a callback as Shopify
// describes it (https://shopify.dev/docs/apps/build/authentication-authorization/authenticate-standalone-apps)
// and returns the shop that it names. Any one of secrets may have signed: which
// one does while a secret is rotated is not documented.
func (p *Provider) VerifyCallback(query url.Values, secrets []connector.Secret, now time.Time) (string, error) {
	switch {
	case !isSigned(query, secrets):
		return "", refusedCallback(connector.BadSignature, "a callback came whose signature does not fit: is the client secret right?",
			"compare ESHOPCTL_SHOPIFY_CLIENT_SECRET with the app's settings; while it is rotated set ESHOPCTL_SHOPIFY_CLIENT_SECRET_OLD too")
	case !isRecent(query.Get("timestamp"), now):
		off := fmt.Sprintf("a callback came whose timestamp is more than %d s off: is this machine's clock right?",
			int(callbackWindow.Seconds()))
		return "", refusedCallback(connector.StateExpired, off,
			"set the clock of this machine, then connect again")
	case !site.IsShop(query.Get("shop")):
		return "", nil
	}
	return query.Get("shop"), nil
}

func refusedCallback(reason connector.Reason, message, advice string) error {
	return &connector.Fault{Code: connector.NotConnected, Reason: reason, Message: message, Next: connector.Advice(advice)}
}

// isSigned reports whether hmac is the signature of the other parameters.
func isSigned(query url.Values, secrets []connector.Secret) bool {
	sent, err := hex.DecodeString(query.Get("hmac"))
	if err != nil || len(sent) != sha256.Size || strings.ContainsAny(query.Get("hmac"), "ABCDEF") || !hasPlainParts(query) {
		return false
	}
	signed := false
	for _, secret := range secrets {
		if secret.IsZero() {
			continue
		}
		for _, escape := range spellings {
			mac := hmac.New(sha256.New, []byte(secret.Reveal()))
			mac.Write([]byte(signedMessage(query, escape)))
			signed = hmac.Equal(mac.Sum(nil), sent) || signed
		}
	}
	return signed
}

// hasPlainParts reports whether the parameters that count are spelled the same
// in every encoding, so that two queries which say different things never have
// one signature.
func hasPlainParts(query url.Values) bool {
	for _, name := range []string{"shop", "code", "state", "timestamp"} {
		if value := query.Get(name); url.QueryEscape(value) != value {
			return false
		}
	}
	return true
}

// spellings are the ways in which Shopify's own libraries write a value into
// the signed message; the documentation does not say which is right. Real
// callbacks hold nothing that they spell differently.
var spellings = []func(string) string{
	strings.NewReplacer("%", "%25", "&", "%26").Replace,                                 // Python, and the oldest documents
	func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }, // JavaScript
	url.QueryEscape, // Ruby and PHP
}

// signedMessage is what is signed: all parameters but the signatures, sorted by name.
func signedMessage(query url.Values, escape func(string) string) string {
	var pairs []string
	for name := range query {
		if name != "hmac" && name != "signature" {
			pairs = append(pairs, name)
		}
	}
	slices.Sort(pairs)
	for i, name := range pairs {
		pairs[i] = strings.ReplaceAll(escape(name), "=", "%3D") + "=" + escape(query.Get(name))
	}
	return strings.Join(pairs, "&")
}

func isRecent(timestamp string, now time.Time) bool {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || strconv.FormatInt(seconds, 10) != timestamp {
		return false
	}
	return now.Sub(time.Unix(seconds, 0)).Abs() <= callbackWindow
}
