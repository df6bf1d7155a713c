package view

import (
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector/health"
)

// checkLine is a card as one line for cron and monitoring: which light is not green,
// why, and what to type next.
func (c Card) checkLine(v View) string {
	if c.Lights.AllGreen() {
		return fmt.Sprintf("%s: all lights are green", plain.Line(c.Store))
	}
	p := v.page()
	var troubles []string
	if c.Lights.Connection == health.Grey {
		troubles = append(troubles, "grey: "+plain.Line(c.Reason.Text()))
	}
	for _, lamp := range lampsOf(c) {
		if why, found := c.Examined.Why(lamp.lamp); found && lamp.light != health.Grey {
			troubles = append(troubles, fmt.Sprintf("%s %s: %s", lamp.name, lamp.light, findingText(p, why)))
		}
	}
	next := ""
	if len(c.Suggestions) > 0 {
		next = "; next: " + plain.Line(c.Suggestions[0].Command)
	}
	return fmt.Sprintf("%s: %s%s", plain.Line(c.Store), strings.Join(troubles, "; "), next)
}
