package health

import (
	"fmt"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// appOther is a live connector where the settings name another app, whose token the
// provider would refuse.
func appOther(f Facts) *Trouble {
	c, app := f.Connector, f.App
	if !f.isLive() || c.ClientID == "" || app.ClientID == "" || c.ClientID == app.ClientID {
		return nil
	}
	trouble := Trouble{Detail: fmt.Sprintf("the store was connected with the client id %s, and the settings here name %s", c.ClientID,
		app.ClientID)}
	if !app.ForgetID.IsZero() {
		trouble.Cure = do("connect again if the store is to use that app; if not:", app.ForgetID)
	} else {
		trouble.Cure = do("take "+c.Platform.Key("client_id")+" out of the configuration file; if the store is to use that app:",
			f.connectCommand())
	}
	return trouble.fails()
}

// appUnknown is an app of which too little is set: connecting would end at once.
func appUnknown(f Facts) *Trouble {
	c, app := f.Connector, f.App
	if f.isLive() || c.Auth == connector.AdminToken {
		return nil
	}
	var unknown []string
	if app.ClientID == "" && c.ClientID == "" {
		unknown = append(unknown, c.Platform.Variable("CLIENT_ID"))
	}
	if !app.HasSecret && !storedSecret(f) {
		unknown = append(unknown, c.Platform.Variable("CLIENT_SECRET"))
	}
	if len(unknown) == 0 {
		return nil
	}
	return Trouble{
		Detail: strings.Join(unknown, " and ") + plural(len(unknown), " is", " are") + " not set",
		Cure:   do("set " + plural(len(unknown), "it to that", "both to those") + " of your app, which " + c.Platform.Console + " shows"),
	}.fails()
}

func plural(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// storedSecret reports whether the secret of an earlier connection can be used.
func storedSecret(f Facts) bool {
	return f.Connector.Attached && (f.App.ClientID == "" || f.App.ClientID == f.Connector.ClientID)
}

func appWell(f Facts) (Result, string) {
	switch {
	case f.isLive():
		return Passed, "stored with the connector"
	case f.Connector.Auth == connector.AdminToken:
		return Passed, "not needed with a token of the shop's admin"
	}
	return Passed, "as they are set"
}

// siteWrong is a connector of a sandbox while requests go to the real provider, or
// the other way round.
func siteWrong(f Facts) *Trouble {
	c := f.Connector
	address := c.Platform.Variable("URL")
	switch {
	case !c.Attached || c.Sandbox == (f.App.SandboxURL != ""):
		return nil
	case c.Sandbox:
		return Trouble{Detail: "the store is linked to a sandbox, and " + address + " does not name one",
			Cure: do("set " + address + " to the address that the sandbox prints")}.fails()
	}
	return Trouble{Detail: "the store is linked to a real shop, and " + address + " names a sandbox", Cure: do("", unset(address))}.fails()
}

func siteWell(f Facts) (Result, string) {
	if f.App.SandboxURL != "" {
		return Passed, "a sandbox on this machine"
	}
	return Passed, f.Connector.Platform.Title
}

// skewAllowed is the largest difference of clocks with which callbacks are accepted.
const skewAllowed = 5 * time.Minute

func clockSkewed(f Facts) *Trouble {
	if f.ShopClock.IsZero() {
		return nil
	}
	skew := f.Now.Sub(f.ShopClock).Round(time.Second)
	if skew.Abs() <= skewAllowed {
		return nil
	}
	way := "ahead of"
	if skew < 0 {
		way = "behind"
	}
	return Trouble{
		Detail: fmt.Sprintf("it is %s %s the shop's; answers that are off by more than 5 minutes are refused", about(skew.Abs()), way),
		Cure:   do("set the clock of this machine"),
	}.fails()
}

// clockImpossible is a clock that stands before the release of the API version that
// this program was written for.
func clockImpossible(f Facts) *Trouble {
	released, dated := f.Connector.Platform.Versions.Released(f.App.APIVersion)
	if !dated || f.App.ChosenAPI || !f.Now.Before(released) {
		return nil
	}
	return Trouble{
		Detail: "it says " + f.Now.Format(time.DateOnly) + ", which is before this eshopctl was made",
		Cure:   do("set the clock of this machine"),
	}.fails()
}

func clockWell(f Facts) (Result, string) {
	if f.ShopClock.IsZero() {
		return Unknown, "it says " + f.Now.UTC().Format("2006-01-02 15:04 UTC") + "; no shop says what time it has"
	}
	return Passed, "within 5 minutes of the shop's"
}
