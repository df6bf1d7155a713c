package cmd

import (
	"slices"
	"time"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

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
	case c.State != connector.Live, facts.trouble != nil, c.Trouble != "":
		return view.Red
	case c.Reason == connector.ShopIsUnavailable, c.Reason == connector.Refused, tokenEnded(c, facts.now):
		return view.Red
	case len(c.MissingScopes()) > 0, endsSoon(c, facts.now):
		return view.Yellow
	case c.LastAttempt != nil && c.LastAttempt.Reason != "":
		return view.Yellow
	}
	return view.Green
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
