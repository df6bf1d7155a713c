package cmd

import (
	"fmt"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// light is green, yellow or red.
type light string

const (
	green  light = "green"
	yellow light = "yellow"
	red    light = "red"
)

// lights answer three questions that are easily mixed up: is it connected, did
// the last run go well, how old is the data.
type lights struct {
	Connection light `json:"connection"`
	LastRun    light `json:"last_run"`
	DataAge    light `json:"data_age"`
}

// soon is how long before its end something is called ending.
const soon = 14 * 24 * time.Hour

func lightsOf(c connector.Connector, made card, facts cardFacts) lights {
	return lights{connectionLight(c, facts), runLight(facts.lastRun), ageLight(made, facts.maxAge)}
}

func allGreen(cards []card) bool {
	return len(cards) > 0 && !slices.ContainsFunc(cards, func(c card) bool { return c.Lights != lights{green, green, green} })
}

func connectionLight(c connector.Connector, facts cardFacts) light {
	switch {
	case c.State != connector.Live, facts.trouble != nil:
		return red
	case c.Reason == connector.ShopIsUnavailable, c.Reason == connector.Refused:
		return red
	case len(c.MissingScopes()) > 0, endsSoon(c, facts.now):
		return yellow
	case c.LastAttempt != nil && c.LastAttempt.Reason != "":
		return yellow
	}
	return green
}

// endsSoon reports whether the install cannot go on for much longer as it is:
// its refresh token ends, or Shopify stops to serve its API version.
func endsSoon(c connector.Connector, now time.Time) bool {
	limit := now.Add(soon)
	refreshEnds := !c.Token.RefreshExpiresAt.IsZero() && c.Token.RefreshExpiresAt.Before(limit)
	return refreshEnds || versionEnd(c.APIVersion).Before(limit)
}

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

func runLight(last *importer.Run) light {
	switch {
	case last == nil, last.Status == importer.Partial, last.Status == importer.Running:
		return yellow
	case last.Status == importer.Succeeded:
		return green
	}
	return red
}

// ageLight looks at what the connector is able to import; once it is not able
// to import anything, at what it did import.
func ageLight(made card, maxAge time.Duration) light {
	resources := made.Capabilities
	if len(resources) == 0 {
		for resource := range made.Freshness {
			resources = append(resources, resource)
		}
	}
	if len(resources) == 0 || len(made.Freshness) == 0 {
		return red
	}
	for _, resource := range resources {
		fresh, imported := made.Freshness[resource]
		if !imported {
			return red
		}
		if time.Duration(fresh.AgeSeconds)*time.Second > maxAge {
			return yellow
		}
	}
	return green
}

// suggestion is a step to take next, with the command to type.
type suggestion struct {
	Text    string `json:"text"`
	Command string `json:"command"`
}

// suggestionsFor says what to do about each light that is not green. It is empty,
// not nil, when there is nothing to do.
func suggestionsFor(made card) []suggestion {
	steps := []suggestion{}
	add := func(text, format string, values ...any) {
		steps = append(steps, suggestion{text, fmt.Sprintf(format, values...)})
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
	case made.Lights.Connection != green:
		add("ask the shop again", "eshopctl status --store %s --probe", made.Store)
	}
	switch {
	case made.LastRun == nil && made.LastPreview == nil:
		add("see what an import would do", "eshopctl import preview --store %s", made.Store)
	case made.LastRun == nil:
		add("import the catalogue", "eshopctl import run --store %s", made.Store)
	case made.Lights.LastRun != green:
		add("see what went wrong in the last run", "eshopctl runs show %s", made.LastRun.ID)
	case made.Lights.DataAge != green:
		add("bring the data up to date", "eshopctl import run --store %s", made.Store)
	}
	return steps
}
