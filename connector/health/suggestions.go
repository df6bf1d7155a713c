package health

import (
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// mostSuggestions is how many an operator gets at once.
const mostSuggestions = 3

// Suggestion is what an operator may type next, one after the other, and what for.
type Suggestion struct {
	Text     string
	Commands []connector.Command
}

// Suggestions returns what to do about each light that is not green, the cause first.
// It may be empty, but not nil.
func (e Examination) Suggestions() []Suggestion {
	steps := []Suggestion{}
	add := func(s Step) {
		if len(s.Commands) > 0 && len(steps) < mostSuggestions {
			steps = append(steps, Suggestion{s.Text, s.Commands})
		}
	}
	for _, finding := range e.Findings {
		if finding.lamp != noLamp && finding.Follows == "" {
			add(finding.Look)
			add(finding.Cure)
			add(finding.Or)
		}
	}
	if why, _ := e.Why(ConnectionLamp); strings.HasPrefix(why.Code, attemptCode) && e.connector.State != connector.Live {
		add(do("see what stands in the way", Facts{Connector: e.connector}.command("doctor")))
	}
	return steps
}
