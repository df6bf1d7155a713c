package view

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
)

// CheckLine prints a card as one line for cron and monitoring: which light is
// not green, why, and what to type next.
func (v View) CheckLine(c Card) error {
	if c.Lights.AllGreen() {
		return v.say("%s: all lights are green", Line(c.Store))
	}
	p := v.page()
	var troubles []string
	for _, light := range []struct {
		name  string
		light health.Light
		why   string
	}{
		{"connection", c.Lights.Connection, p.connectionWhy(c)},
		{"last run", c.Lights.LastRun, p.run(c.LastRun)},
		{"data age", c.Lights.DataAge, p.age(c)},
	} {
		if light.light != health.Green {
			troubles = append(troubles, fmt.Sprintf("%s %s: %s", light.name, light.light, light.why))
		}
	}
	next := ""
	if len(c.Suggestions) > 0 {
		next = "; next: " + Line(c.Suggestions[0].Command)
	}
	return v.say("%s: %s%s", Line(c.Store), strings.Join(troubles, "; "), next)
}

// connectionWhy says what is wrong with a connection that is not green.
func (p *page) connectionWhy(c Card) string {
	switch {
	case c.State != connector.Live:
		return Line(string(c.State) + ", " + cmp.Or(c.ReasonText, c.Reason.Text()))
	case c.Trouble == "" && len(c.MissingScopes) > 0:
		return "the shop does not grant " + listed(c.MissingScopes)
	case c.Trouble == "" && c.Reason == connector.TokenExpiring:
		return Line(cmp.Or(c.Token.Outlook, c.Reason.Text()))
	case c.Trouble == "" && c.Reason != "":
		return Line(cmp.Or(c.ReasonText, c.Reason.Text()))
	default:
		return p.contact(c)
	}
}
