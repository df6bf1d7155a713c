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

// VerifyCallback checks the signature and the timestamp of a callback
// (https://shopify.dev/docs/apps/build/authentication-authorization/authenticate-standalone-apps)
// and returns the domain of the shop that it names, "" where it names none. Any of secrets
// may have signed it: Shopify does not document which one signs while a secret is rotated.
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

// isSigned reports whether the parameter hmac is the signature of the others.
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

// hasPlainParts reports whether the parameters that are used hold nothing that would be
// escaped. Otherwise two different queries could have the same signed message.
func hasPlainParts(query url.Values) bool {
	for _, name := range []string{"shop", "code", "state", "timestamp"} {
		if value := query.Get(name); url.QueryEscape(value) != value {
			return false
		}
	}
	return true
}

// spellings are the ways in which Shopify's own libraries escape a value in the signed
// message. The documentation does not say which is right; real callbacks hold nothing that
// they escape differently.
var spellings = []func(string) string{
	strings.NewReplacer("%", "%25", "&", "%26").Replace,                                 // Python, and the oldest documents
	func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }, // JavaScript
	url.QueryEscape, // Ruby and PHP
}

// signedMessage returns what is signed: all parameters but the signatures, sorted by name.
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

// isRecent reports whether a timestamp, in seconds since 1970, is near now.
func isRecent(timestamp string, now time.Time) bool {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || strconv.FormatInt(seconds, 10) != timestamp {
		return false
	}
	return now.Sub(time.Unix(seconds, 0)).Abs() <= callbackWindow
}
