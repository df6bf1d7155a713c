package cmd

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// mostSuggestions is how many an operator gets at once.
const mostSuggestions = 3

// suggestionsFor says what to do about each light that is not green, the
// connection first: without it nothing else helps. It is empty, not nil, when
// there is nothing to do.
func suggestionsFor(c connector.Connector, made view.Card, now time.Time) []view.Suggestion {
	if made.State != connector.Live {
		return forUnconnected(c, made)
	}
	steps := slices.Concat(forConnection(c, made, now), forRuns(made, now), forAge(made))
	return steps[:min(len(steps), mostSuggestions)]
}

func suggestion(text, format string, values ...any) view.Suggestion {
	return view.Suggestion{Text: text, Command: fmt.Sprintf(format, values...)}
}

func forUnconnected(c connector.Connector, made view.Card) []view.Suggestion {
	if made.LastAttempt == nil || made.LastAttempt.Reason == "" {
		return []view.Suggestion{suggestion("connect the store", "%s", c.ConnectCommand())}
	}
	return []view.Suggestion{
		afterFailure(c, made.LastAttempt.Reason),
		suggestion("see what stands in the way", "eshopctl doctor --store %s", made.Store),
	}
}

// afterFailure says what to do about an attempt to connect that failed.
func afterFailure(c connector.Connector, reason connector.Reason) view.Suggestion {
	if reason == connector.ShopTaken {
		return suggestion("disconnect the store that has the shop now; its name is shown by", "eshopctl status")
	}
	c.Reason = reason
	return suggestion(cmp.Or(whatHelps[reason], "connect again"), "%s", c.ConnectCommand())
}

// whatHelps is what to do before connecting again, or in doing it.
var whatHelps = map[connector.Reason]string{
	connector.AuthorizationDenied: "connect again, and approve the app in the shop",
	connector.InvalidClient:       "compare client id and secret with the app's settings, then connect again",
	connector.StateExpired:        "set the clock of this machine, then connect again",
	connector.StateMismatch:       "connect again, and approve in the newest window",
	connector.WrongShop:           "connect again, and approve in that shop, by its permanent domain",
	connector.BadSignature:        "compare the client secret with the app's settings, then connect again",
	connector.AccountChanged:      "connect again; to link another shop disconnect first",
	connector.AppNotInstalled:     "install the app in the shop, or connect through the browser",
	connector.ShopNotPermitted:    "connect through the browser, which lets in apps of other organisations",
	connector.TimedOut:            "compare the app's redirect URLs and the client id, then connect again",
}

func forConnection(c connector.Connector, made view.Card, now time.Time) []view.Suggestion {
	switch {
	case made.Lights.Connection == view.Green:
		return []view.Suggestion{}
	case tokenEnded(c, now):
		return []view.Suggestion{suggestion("connect again: the token has ended and cannot be renewed", "%s", c.ConnectCommand())}
	case made.Trouble != "", made.Lights.Connection == view.Red:
		return []view.Suggestion{
			suggestion("see what stands in the way", "eshopctl doctor --store %s", made.Store),
			suggestion("ask the shop again", "eshopctl status --store %s --probe", made.Store),
		}
	case len(made.MissingScopes) > 0:
		return []view.Suggestion{suggestion(howToGrant(c.Auth), "%s", c.ConnectCommand())}
	case tokenEndsSoon(c, now):
		c.Token.Kind = connector.Expiring // in the place of one that will be refused
		return []view.Suggestion{suggestion("connect again before the authorisation ends", "%s", c.ConnectCommand())}
	case endsSoon(c, now):
		return []view.Suggestion{suggestion("Shopify withdraws the API version soon: look for a newer eshopctl than", "eshopctl version")}
	default: // the last attempt to connect failed; the install before it still works
		step := afterFailure(c, made.LastAttempt.Reason)
		step.Text = "the access from before still works; " + step.Text
		return []view.Suggestion{step}
	}
}

// howToGrant says how the missing scopes come to be granted.
func howToGrant(way connector.Auth) string {
	switch way {
	case connector.ClientCredentials:
		return "add the missing scopes to the app's version, release it and approve it in the shop; then connect again"
	case connector.AdminToken:
		return "give the app the missing scopes in the shop's admin; then connect again"
	}
	return "connect again to have the missing scopes granted"
}

func forRuns(made view.Card, now time.Time) []view.Suggestion {
	last := made.LastRun
	switch {
	case last == nil && (made.LastPreview == nil || isPast(made, now)):
		return []view.Suggestion{suggestion("see what an import would do", "eshopctl import preview --store %s", made.Store)}
	case last == nil && made.LastPreview.Status == importer.Succeeded:
		return []view.Suggestion{
			suggestion("look at what the import would change", "eshopctl runs changes %s", made.LastPreview.ID),
			suggestion("apply exactly what was previewed", "eshopctl import run --store %s %s", made.Store, made.LastPreview.ID),
		}
	case last == nil:
		return []view.Suggestion{suggestion("see why the last preview failed", "eshopctl runs show %s", made.LastPreview.ID)}
	case last.Status == importer.Running:
		return []view.Suggestion{suggestion("an import is at work: look again later", "eshopctl runs show %s", last.ID)}
	case last.Status == importer.Partial:
		return []view.Suggestion{suggestion("see which records were rejected, and why", "eshopctl runs warnings %s", last.ID)}
	case made.Lights.LastRun != view.Green:
		return []view.Suggestion{suggestion("see what went wrong in the last run", "eshopctl runs show %s", last.ID)}
	}
	return nil
}

// isPast reports whether the last preview says nothing about an import now: its
// plan is too old, or it failed before the store was connected anew.
func isPast(made view.Card, now time.Time) bool {
	last := made.LastPreview
	failedBefore := last.Status != importer.Succeeded && made.ConnectedAt != nil && last.StartedAt.Before(*made.ConnectedAt)
	return failedBefore || now.Sub(last.StartedAt) > defaultPlanAge
}

// forAge brings old data up to date. Where nothing was imported yet, the first
// import was suggested already.
func forAge(made view.Card) []view.Suggestion {
	last := made.LastRun
	if made.Lights.DataAge == view.Green || last == nil || last.Status == importer.Running {
		return nil
	}
	return []view.Suggestion{suggestion("bring the data up to date", "eshopctl import run --store %s", made.Store)}
}
