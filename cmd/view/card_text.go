package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer"
)

// text prints a connector: its state, the three lights, and what an operator
// checks about it; with --quiet the line for cron.
func (c Card) text(v View) error {
	if v.Quiet {
		return v.say("%s", c.checkLine(v))
	}
	p := v.page()
	p.line("store %s  %s  %s", plain.Line(c.Store), plain.Line(c.Provider), paintedState(v, c.State))
	if c.Reason != "" {
		p.line("  %s: %s", plain.Line(string(c.Reason)), plain.Line(c.Reason.Text()))
	}
	p.line("")
	for _, lamp := range lampsOf(c) {
		text := lamp.well(c, p)
		if why, found := c.Examined.Why(lamp.lamp); found && lamp.light != health.Grey {
			text = findingText(p, why)
		}
		addLight(p, lamp.name, lamp.light, text)
	}
	if c.ExternalDomain != "" {
		p.line("")
	}
	c.addAccount(p)
	c.addRights(p)
	c.addData(p)
	p.suggest(c.Suggestions)
	return p.flush()
}

func paintedState(v View, s connector.State) string {
	colours := map[connector.State]colour{connector.Live: green, connector.Failed: red}
	return v.paint(colours[s], string(s))
}

// addLight adds a light: its colour as a word, and why.
func addLight(p *page, name string, light health.Light, why string) {
	colours := map[health.Light]colour{health.Green: green, health.Yellow: yellow, health.Red: red, health.Grey: ""}
	word := fmt.Sprintf("%-7s", light)
	for i, line := range p.wrapped(why, 2+labelWidth+len(word)+1) {
		head := fmt.Sprintf("%-*s%s", labelWidth, name, p.paint(colours[light], word))
		if i > 0 {
			head = strings.Repeat(" ", labelWidth+len(word))
		}
		p.line("  %s %s", head, line)
	}
}

// lamp is one light of a card, with what is said of it when all is well.
type lamp struct {
	lamp  health.Lamp
	name  string
	light health.Light
	well  func(Card, *page) string
}

func lampsOf(c Card) []lamp {
	return []lamp{
		{health.ConnectionLamp, "connection", c.Lights.Connection, Card.contactText},
		{health.LastRunLamp, "last run", c.Lights.LastRun, func(c Card, p *page) string { return runText(p, c.LastRun) }},
		{health.DataAgeLamp, "data age", c.Lights.DataAge, Card.ageText},
	}
}

// findingText is what was found, and since when.
func findingText(p *page, f health.Finding) string {
	text := plain.Line(f.Detail)
	if !f.Since.At.IsZero() {
		text += "; " + f.Since.What + " " + p.when(f.Since.At)
	}
	return text
}

func (c Card) contactText(p *page) string {
	switch {
	case c.Lights.Connection == health.Grey:
		return plain.Line(c.Reason.Text())
	case c.CheckedAt != nil:
		return "last contact " + p.when(*c.CheckedAt)
	default:
		return "no contact yet"
	}
}

// runText is a run in one line.
func runText(p *page, r *importer.Run) string {
	if r == nil {
		return "none yet"
	}
	at := r.StartedAt
	if r.FinishedAt != nil {
		at = *r.FinishedAt
	}
	text := fmt.Sprintf("%s %s, %s", plain.Line(r.ID), plain.Line(string(r.Status)), p.when(at))
	if rejected := r.Counts.Rejected(); rejected > 0 {
		text += ", " + plain.Count(rejected) + " rejected"
	}
	if r.Warnings > 0 {
		text += ", " + plain.Counted(r.Warnings, "warning")
	}
	if left := words.UnreadLine(*r); left != "" && !words.LookedAtNothing(*r) {
		text += ", " + left
	}
	return text
}

// ageText is how old the data is: the oldest that the store is set up for.
func (c Card) ageText(p *page) string {
	var oldest connector.Resource
	for _, r := range connector.Resources() {
		f, imported := c.Freshness[r]
		if counts := len(c.SetUpFor) == 0 || slices.Contains(c.SetUpFor, r); !counts {
			continue
		}
		if imported && (oldest == "" || f.AsOf.Before(c.Freshness[oldest].AsOf)) {
			oldest = r
		}
	}
	if oldest == "" {
		return "never imported"
	}
	return "read from the shop " + p.when(c.Freshness[oldest].AsOf)
}

func (c Card) addAccount(p *page) {
	domain := plain.Line(c.ExternalDomain)
	if c.Sandbox {
		domain += " (a sandbox on this machine)"
	}
	p.fact("domain", domain)
	p.fact("shop", plain.Line(c.ExternalAccount))
	p.fact("account id", plain.Line(c.ExternalAccountID))
	p.fact("currency", plain.Line(c.Currency))
}

func (c Card) addRights(p *page) {
	if c.Auth != "" && c.State == connector.Live {
		p.fact("authorised", "by "+plain.Line(string(c.Auth)))
	}
	p.fact("client id", plain.Line(c.ClientID))
	if c.ConnectedAt != nil {
		p.fact("connected", p.when(*c.ConnectedAt))
	}
	p.fact("token", c.Token.endText(p))
	p.fact("API version", c.versionText())
	p.fact("scopes", plain.Listed(c.Scopes))
	p.fact("not granted", p.paint(yellow, plain.Listed(c.MissingScopes)))
	if len(c.SetUpFor) != len(connector.Resources()) || len(c.Capabilities) != len(c.SetUpFor) {
		p.fact("set up for", plain.Listed(c.SetUpFor))
	}
	p.fact("may import", plain.Listed(c.Capabilities))
}

func (t Token) endText(p *page) string {
	text := plain.Line(string(t.Kind))
	if t.ExpiresAt != nil {
		text += ", ends " + p.when(*t.ExpiresAt)
	}
	switch {
	case t.Outlook != "":
		text += "\n" + plain.Line(t.Outlook)
	case t.RefreshExpiresAt != nil:
		text += "; its renewal ends " + p.when(*t.RefreshExpiresAt)
	}
	return text
}

func (c Card) versionText() string {
	text := plain.Line(c.APIVersion)
	if c.APIVersionUntil != nil {
		text += ", served until " + c.APIVersionUntil.UTC().Format("2006-01-02") + " at least"
	}
	return text
}

func (c Card) addData(p *page) {
	var objects, ages []string
	var first connector.Resource
	same := true
	for _, t := range importer.Tables() {
		if n := c.Objects[t.Name]; n > 0 {
			objects = append(objects, t.Name+" "+plain.Count(n))
		}
	}
	for _, r := range connector.Resources() {
		if f, ok := c.Freshness[r]; ok {
			ages = append(ages, string(r)+" "+plain.Away(f.AsOf.Sub(p.now())))
			first = cmp.Or(first, r)
			same = same && f.AsOf.Equal(c.Freshness[first].AsOf)
		}
	}
	if same && len(ages) > 1 {
		ages = nil // the light says it
	}
	p.fact("objects", strings.Join(objects, ", "))
	p.fact("data as of", strings.Join(ages, ", "))
	if c.LastPreview != nil {
		p.fact("last preview", runText(p, c.LastPreview))
	}
}

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
