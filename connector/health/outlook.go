package health

import (
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// soon is how long before its end something is called ending.
const soon = 14 * 24 * time.Hour

// endsSoon reports whether the install cannot go on for much longer as it is:
// its refresh token ends, or Shopify stops to serve its API version or to accept
// its kind of token.
func endsSoon(c connector.Connector, now time.Time) bool {
	return TokenEndsSoon(c, now) || versionEndsSoon(c, now)
}

func TokenEndsSoon(c connector.Connector, now time.Time) bool {
	limit := now.Add(soon)
	refreshEnds := !c.Token.RefreshExpiresAt.IsZero() && c.Token.RefreshExpiresAt.Before(limit)
	return refreshEnds || kindEnds(c) && PermanentEnd.Before(limit)
}

// tokenEnded reports whether the token has ended, and what renews it too.
func tokenEnded(c connector.Connector, now time.Time) bool {
	past := func(end time.Time) bool { return !end.IsZero() && now.After(end) }
	return past(c.Token.ExpiresAt) && past(c.Token.RefreshExpiresAt)
}

// kindEnds reports whether Shopify may stop to accept this kind of token. A
// token that worked after the day is not one of those.
func kindEnds(c connector.Connector) bool {
	return c.Token.Kind == connector.Permanent && c.Auth == connector.Browser && c.CheckedAt.Before(PermanentEnd)
}

// PermanentEnd is when Shopify stops to accept tokens without end from public
// apps (https://shopify.dev/changelog/expiring-offline-access-tokens-required-for-all-public-apps-as-of-january-1-2027).
// Whether an app is public is not to be seen from here.
var PermanentEnd = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)

// VersionEnd is when an API version may be withdrawn: Shopify supports each for
// a year (https://shopify.dev/docs/api/usage/versioning). A version that is no
// date never ends, which is false.
func VersionEnd(version string) (time.Time, bool) {
	released, err := time.Parse("2006-01", version)
	return released.AddDate(1, 0, 0), err == nil
}

func versionEndsSoon(c connector.Connector, now time.Time) bool {
	end, ends := VersionEnd(c.APIVersion)
	return ends && end.Before(now.Add(soon))
}

// Outlook says for how long the stored token will do.
func Outlook(c connector.Connector) string {
	const day = "2006-01-02"
	switch {
	case c.State != connector.Live:
		return ""
	case kindEnds(c):
		return fmt.Sprintf("does not end by itself; Shopify refuses such tokens of public apps from %s on", PermanentEnd.Format(day))
	case c.Token.Kind == connector.Permanent:
		return "does not end by itself; the merchant can take it away in the shop's admin"
	case !c.Token.RefreshExpiresAt.IsZero():
		return fmt.Sprintf("renews itself with every use; connect again if it is not used until %s", c.Token.RefreshExpiresAt.UTC().Format(day))
	default:
		return "renews itself with the client secret of the app"
	}
}
