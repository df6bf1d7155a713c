package health

import (
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// mostSuggestions is how many an operator gets at once.
const mostSuggestions = 3

// Suggestion is one command that an operator may type next, and what for.
type Suggestion struct {
	Text    string
	Command string
}

// Suggestions says what to do about each light that is not green, the cause first.
// It is empty, not nil, when there is nothing to do.
func (e Examined) Suggestions() []Suggestion {
	steps := []Suggestion{}
	add := func(s Step) {
		if line := s.Line(); line != "" && len(steps) < mostSuggestions {
			steps = append(steps, Suggestion{s.Text, line})
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
		add(do("see what stands in the way", Facts{Connector: e.connector}.of("doctor")))
	}
	return steps
}
