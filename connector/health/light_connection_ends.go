package health

import (
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// soon is how long ahead an end is announced.
const soon = 14 * 24 * time.Hour

// TokenEndsSoon reports whether the authorisation ends within two weeks: what renews
// the token, or the provider's acceptance of its kind.
func TokenEndsSoon(c connector.Connector, now time.Time) bool {
	limit := now.Add(soon)
	refreshEnds := !c.Token.RefreshExpiresAt.IsZero() && c.Token.RefreshExpiresAt.Before(limit)
	return refreshEnds || kindEnds(c) && c.Platform.Permanent.From.Before(limit)
}

// tokenEnded reports whether the token has ended, and what renews it too.
func tokenEnded(c connector.Connector, now time.Time) bool {
	past := func(end time.Time) bool { return !end.IsZero() && now.After(end) }
	return past(c.Token.ExpiresAt) && past(c.Token.RefreshExpiresAt)
}

// kindEnds reports whether the provider will refuse this kind of token. A token that
// worked after that day is not affected.
func kindEnds(c connector.Connector) bool {
	return c.Token.Kind == connector.Permanent && c.Auth == connector.Browser && c.CheckedAt.Before(c.Platform.Permanent.From)
}

func versionEndsSoon(f Facts, version string) bool {
	end, ends := f.Connector.Platform.Versions.End(version)
	return ends && end.Before(f.Now.Add(soon))
}

// Outlook says how long the stored token will last, "" for a connector that is not
// live.
func Outlook(c connector.Connector) string {
	const day = "2006-01-02"
	switch {
	case c.State != connector.Live:
		return ""
	case kindEnds(c):
		return fmt.Sprintf("does not end by itself; %s refuses %s from %s on", c.Platform.Title, c.Platform.Permanent.What,
			c.Platform.Permanent.From.Format(day))
	case c.Token.Kind == connector.Permanent:
		return "does not end by itself; the merchant can take it away in the shop's admin"
	case !c.Token.RefreshExpiresAt.IsZero():
		return fmt.Sprintf("renews itself with every use; connect again if it is not used until %s", c.Token.RefreshExpiresAt.UTC().Format(day))
	default:
		return "renews itself with the client secret of the app"
	}
}

// The checks of what ends.

func tokenHasEnded(f Facts) *Trouble {
	if !f.isLive() || !tokenEnded(f.Connector, f.Now) {
		return nil
	}
	return Trouble{Detail: "the token has ended and cannot be renewed",
		Cure: do("connect again", f.connectCommand())}.colours(ConnectionLamp, Red)
}

func authorisationEnds(f Facts) *Trouble {
	c := f.namedConnector()
	if !f.isLive() || !TokenEndsSoon(c, f.Now) {
		return nil
	}
	detail := Outlook(c)
	c.Token.Kind = connector.Expiring // in the place of one that will be refused
	return Trouble{Detail: detail, Cure: do("connect again before the authorisation ends", c.ConnectCommand())}.colours(ConnectionLamp, Yellow)
}

func tokenWell(f Facts) (Result, string) {
	if !f.isLive() {
		return Unknown, "there is no live connector"
	}
	return Passed, string(f.Connector.Token.Kind)
}

func authorisationWell(f Facts) (Result, string) {
	if !f.isLive() {
		return Unknown, "there is no live connector"
	}
	return Passed, Outlook(f.Connector)
}

// versionEnds is an API version that the provider withdraws soon. The next contact asks
// for the version of this eshopctl, unless a setting says otherwise.
func versionEnds(f Facts) *Trouble {
	c := f.Connector
	if !f.isLive() || !versionEndsSoon(f, c.APIVersion) {
		return nil
	}
	end, _ := c.Platform.Versions.End(c.APIVersion)
	trouble := Trouble{Detail: c.Platform.Title + " may withdraw " + c.APIVersion + " from " + end.Format(time.DateOnly) + " on"}
	switch {
	case !f.App.ForgetAPI.IsZero():
		trouble.Cure = do("take the version of this eshopctl, which is the usual one:", f.App.ForgetAPI, f.command("status", "--probe"))
	case f.App.ChosenAPI:
		trouble.Cure = f.lookAgain("take " + c.Platform.Key("api_version") + " out of the configuration file; then:")
	case versionEndsSoon(f, f.App.APIVersion):
		trouble.Cure = f.lookAgain("install a newer eshopctl; then:")
	default:
		trouble.Cure = f.lookAgain("have the shop answer in " + f.App.APIVersion)
	}
	return trouble.colours(ConnectionLamp, Yellow)
}

func versionWell(f Facts) (Result, string) {
	if !f.isLive() {
		return Unknown, "there is no live connector"
	}
	return Passed, f.Connector.APIVersion
}
