package cmd

import (
	"fmt"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// soon is how long before its end something is called ending.
const soon = 14 * 24 * time.Hour

func lightsOf(c connector.Connector, made view.Card, facts cardFacts) view.Lights {
	return view.Lights{Connection: connectionLight(c, facts), LastRun: runLight(facts.lastRun), DataAge: ageLight(made, facts.maxAge)}
}

func allGreen(cards []view.Card) bool {
	return len(cards) > 0 && !slices.ContainsFunc(cards, func(c view.Card) bool {
		return c.Lights != (view.Lights{Connection: view.Green, LastRun: view.Green, DataAge: view.Green})
	})
}

func connectionLight(c connector.Connector, facts cardFacts) view.Light {
	switch {
	case c.State != connector.Live, facts.trouble != nil:
		return view.Red
	case c.Reason == connector.ShopIsUnavailable, c.Reason == connector.Refused:
		return view.Red
	case len(c.MissingScopes()) > 0, endsSoon(c, facts.now):
		return view.Yellow
	case c.LastAttempt != nil && c.LastAttempt.Reason != "":
		return view.Yellow
	}
	return view.Green
}

// endsSoon reports whether the install cannot go on for much longer as it is:
// its refresh token ends, or Shopify stops to serve its API version or to accept
// its kind of token.
func endsSoon(c connector.Connector, now time.Time) bool {
	limit := now.Add(soon)
	refreshEnds := !c.Token.RefreshExpiresAt.IsZero() && c.Token.RefreshExpiresAt.Before(limit)
	kindEnds := c.Token.Kind == connector.Permanent && c.Auth == connector.Browser && permanentEnd.Before(limit)
	return refreshEnds || kindEnds || versionEnd(c.APIVersion).Before(limit)
}

// permanentEnd is when Shopify stops to accept tokens without end from public
// apps (https://shopify.dev/changelog/expiring-offline-access-tokens-required-for-all-public-apps-as-of-january-1-2027).
// Whether an app is public is not to be seen from here.
var permanentEnd = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)

// versionEnd is when an API version may be withdrawn: Shopify supports each for
// a year (https://shopify.dev/docs/api/usage/versioning). A version that is no
// date never ends.
func versionEnd(version string) time.Time {
	released, err := time.Parse("2006-01", version)
	if err != nil {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return released.AddDate(1, 0, 0)
}

func runLight(last *importer.Run) view.Light {
	switch {
	case last == nil, last.Status == importer.Partial, last.Status == importer.Running:
		return view.Yellow
	case last.Status == importer.Succeeded:
		return view.Green
	}
	return view.Red
}

// ageLight looks at what the connector is able to import; once it is not able
// to import anything, at what it did import.
func ageLight(made view.Card, maxAge time.Duration) view.Light {
	resources := made.Capabilities
	if len(resources) == 0 {
		for resource := range made.Freshness {
			resources = append(resources, resource)
		}
	}
	if len(resources) == 0 || len(made.Freshness) == 0 {
		return view.Red
	}
	for _, resource := range resources {
		fresh, imported := made.Freshness[resource]
		if !imported {
			return view.Red
		}
		if time.Duration(fresh.AgeSeconds)*time.Second > maxAge {
			return view.Yellow
		}
	}
	return view.Green
}

// suggestionsFor says what to do about each light that is not green. It is empty,
// not nil, when there is nothing to do.
func suggestionsFor(made view.Card) []view.Suggestion {
	steps := []view.Suggestion{}
	add := func(text, format string, values ...any) {
		steps = append(steps, view.Suggestion{Text: text, Command: fmt.Sprintf(format, values...)})
	}
	shop := made.ExternalDomain
	if shop == "" {
		shop = "HANDLE.myshopify.com"
	}
	reconnect := fmt.Sprintf("eshopctl connect %s --store %s --shop %s", made.Provider, made.Store, shop)
	switch {
	case made.State != connector.Live:
		add("connect the store", "%s", reconnect)
		return steps
	case len(made.MissingScopes) > 0:
		add("connect again to have the missing scopes granted", "%s", reconnect)
	case made.Reason == connector.TokenExpiring:
		add("connect again before the authorisation ends", "%s", reconnect)
	case made.Lights.Connection != view.Green:
		add("ask the shop again", "eshopctl status --store %s --probe", made.Store)
	}
	switch {
	case made.LastRun == nil && made.LastPreview == nil:
		add("see what an import would do", "eshopctl import preview --store %s", made.Store)
	case made.LastRun == nil:
		add("import the catalogue", "eshopctl import run --store %s", made.Store)
	case made.Lights.LastRun != view.Green:
		add("see what went wrong in the last run", "eshopctl runs show %s", made.LastRun.ID)
	case made.Lights.DataAge != view.Green:
		add("bring the data up to date", "eshopctl import run --store %s", made.Store)
	}
	return steps
}
