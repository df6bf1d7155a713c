package health

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// mostSuggestions is how many an operator gets at once.
const mostSuggestions = 3

// Suggestion is a step that an operator may take, with the command to type; ""
// when the text says it all.
type Suggestion struct {
	Text    string
	Command string
}

// Suggestions says what to do about each light that is not green, the connection
// first: without it nothing else helps. It is empty, not nil, when there is
// nothing to do.
func Suggestions(f Facts) []Suggestion {
	if f.Connector.State != connector.Live {
		return forUnconnected(f)
	}
	steps := slices.Concat([]Suggestion{}, forConnection(f), forRuns(f), forAge(f))
	return steps[:min(len(steps), mostSuggestions)]
}

func suggestion(text, format string, values ...any) Suggestion {
	return Suggestion{Text: text, Command: fmt.Sprintf(format, values...)}
}

func forUnconnected(f Facts) []Suggestion {
	c := f.Connector
	if !f.attemptFailed() {
		return []Suggestion{suggestion("connect the store", "%s", c.ConnectCommand())}
	}
	return []Suggestion{
		AfterFailure(c, c.LastAttempt.Reason),
		suggestion("see what stands in the way", "eshopctl doctor --store %s", c.Store),
	}
}

// AfterFailure says what to do about an attempt to connect that failed.
func AfterFailure(c connector.Connector, reason connector.Reason) Suggestion {
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

func forConnection(f Facts) []Suggestion {
	c, light := f.Connector, connectionLight(f)
	switch {
	case light == Green:
		return nil
	case tokenEnded(c, f.Now):
		return []Suggestion{suggestion("connect again: the token has ended and cannot be renewed", "%s", c.ConnectCommand())}
	case light == Red:
		return []Suggestion{
			suggestion("see what stands in the way", "eshopctl doctor --store %s", c.Store),
			suggestion("ask the shop again", "eshopctl status --store %s --probe", c.Store),
		}
	case len(c.MissingScopes()) > 0:
		return []Suggestion{suggestion(HowToGrant(c.Auth), "%s", c.ConnectCommand())}
	case TokenEndsSoon(c, f.Now):
		c.Token.Kind = connector.Expiring // in the place of one that will be refused
		return []Suggestion{suggestion("connect again before the authorisation ends", "%s", c.ConnectCommand())}
	case endsSoon(c, f.Now):
		return []Suggestion{suggestion("Shopify withdraws the API version soon: look for a newer eshopctl than", "eshopctl version")}
	default: // the last attempt to connect failed; the install before it still works
		step := AfterFailure(c, c.LastAttempt.Reason)
		step.Text = "the access from before still works; " + step.Text
		return []Suggestion{step}
	}
}

// HowToGrant says how the missing scopes come to be granted.
func HowToGrant(way connector.Auth) string {
	switch way {
	case connector.ClientCredentials:
		return "add the missing scopes to the app's version, release it and approve it in the shop; then connect again"
	case connector.AdminToken:
		return "give the app the missing scopes in the shop's admin; then connect again"
	}
	return "connect again to have the missing scopes granted"
}

func forRuns(f Facts) []Suggestion {
	last, store := f.LastRun, f.Connector.Store
	switch {
	case last == nil && (f.LastPreview == nil || f.previewIsPast()):
		return []Suggestion{suggestion("see what an import would do", "eshopctl import preview --store %s", store)}
	case last == nil && f.LastPreview.Status == importer.Succeeded:
		return []Suggestion{
			suggestion("look at what the import would change", "eshopctl runs changes %s", f.LastPreview.ID),
			suggestion("apply exactly what was previewed", "eshopctl import run --store %s %s", store, f.LastPreview.ID),
		}
	case last == nil:
		return []Suggestion{suggestion("see why the last preview failed", "eshopctl runs show %s", f.LastPreview.ID)}
	case last.Status == importer.Running:
		return []Suggestion{suggestion("an import is at work: look again later", "eshopctl runs show %s", last.ID)}
	case last.Status == importer.Partial:
		return []Suggestion{suggestion("see which records were rejected, and why", "eshopctl runs warnings %s", last.ID)}
	case runLight(last) != Green:
		return []Suggestion{suggestion("see what went wrong in the last run", "eshopctl runs show %s", last.ID)}
	}
	return nil
}

// previewIsPast reports whether the last preview says nothing about an import
// now: its plan is too old, or it failed before the store was connected anew.
func (f Facts) previewIsPast() bool {
	last, connected := f.LastPreview, f.Connector.ConnectedAt
	failedBefore := last.Status != importer.Succeeded && !connected.IsZero() && last.StartedAt.Before(connected)
	return failedBefore || f.Now.Sub(last.StartedAt) > f.PlanAge
}

// forAge brings old data up to date. Where nothing was imported yet, the first
// import was suggested already.
func forAge(f Facts) []Suggestion {
	last := f.LastRun
	if ageLight(f) == Green || last == nil || last.Status == importer.Running {
		return nil
	}
	return []Suggestion{suggestion("bring the data up to date", "eshopctl import run --store %s", f.Connector.Store)}
}
