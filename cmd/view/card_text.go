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

// forPeople prints a connector: its state, the three lights, and what an operator
// checks about it; with --quiet the line for cron.
func (c Card) forPeople(v View) error {
	if v.Quiet {
		return v.sayLine("%s", c.checkLine(v))
	}
	p := v.newSheet()
	p.addLine("store %s  %s  %s", plain.Line(c.Store), plain.Line(c.Provider), paintedState(v, c.State))
	if c.Reason != "" {
		p.addLine("  %s: %s", plain.Line(string(c.Reason)), plain.Line(c.Reason.Text()))
	}
	p.addLine("")
	for _, lamp := range lampsOf(c) {
		text := lamp.well(c, p)
		if why, found := c.Examined.Why(lamp.lamp); found && lamp.light != health.Grey {
			text = findingText(p, why)
		}
		addLight(p, lamp.name, lamp.light, text)
	}
	if c.ExternalDomain != "" {
		p.addLine("")
	}
	c.addAccount(p)
	c.addRights(p)
	c.addData(p)
	p.addSuggestions(c.Suggestions)
	return p.flush()
}

func paintedState(v View, s connector.State) string {
	colours := map[connector.State]colour{connector.Live: green, connector.Failed: red}
	return v.paint(colours[s], string(s))
}

// addLight adds a light: its colour as a word, and why.
func addLight(p *sheet, name string, light health.Light, why string) {
	colours := map[health.Light]colour{health.Green: green, health.Yellow: yellow, health.Red: red, health.Grey: ""}
	word := fmt.Sprintf("%-7s", light)
	for i, line := range p.wrapText(why, 2+labelWidth+len(word)+1) {
		head := fmt.Sprintf("%-*s%s", labelWidth, name, p.paint(colours[light], word))
		if i > 0 {
			head = strings.Repeat(" ", labelWidth+len(word))
		}
		p.addLine("  %s %s", head, line)
	}
}

// lamp is one light of a card, with what is said of it when all is well.
type lamp struct {
	lamp  health.Lamp
	name  string
	light health.Light
	well  func(Card, *sheet) string
}

func lampsOf(c Card) []lamp {
	return []lamp{
		{health.ConnectionLamp, "connection", c.Lights.Connection, Card.contactText},
		{health.LastRunLamp, "last run", c.Lights.LastRun, func(c Card, p *sheet) string { return runText(p, c.LastRun) }},
		{health.DataAgeLamp, "data age", c.Lights.DataAge, Card.ageText},
	}
}

// findingText is what was found, and since when.
func findingText(p *sheet, f health.Finding) string {
	text := plain.Line(f.Detail)
	if !f.Since.At.IsZero() {
		text += "; " + f.Since.What + " " + p.timeText(f.Since.At)
	}
	return text
}

func (c Card) contactText(p *sheet) string {
	switch {
	case c.Lights.Connection == health.Grey:
		return plain.Line(c.Reason.Text())
	case c.CheckedAt != nil:
		return "last contact " + p.timeText(*c.CheckedAt)
	default:
		return "no contact yet"
	}
}

// runText is a run in one line.
func runText(p *sheet, r *importer.Run) string {
	if r == nil {
		return "none yet"
	}
	at := r.StartedAt
	if r.FinishedAt != nil {
		at = *r.FinishedAt
	}
	text := fmt.Sprintf("%s %s, %s", plain.Line(r.ID), plain.Line(string(r.Status)), p.timeText(at))
	if rejected := r.Counts.RejectedRecords(); rejected > 0 {
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
func (c Card) ageText(p *sheet) string {
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
	return "read from the shop " + p.timeText(c.Freshness[oldest].AsOf)
}

func (c Card) addAccount(p *sheet) {
	domain := plain.Line(c.ExternalDomain)
	if c.Sandbox {
		domain += " (a sandbox on this machine)"
	}
	p.addFact("domain", domain)
	p.addFact("shop", plain.Line(c.ExternalAccount))
	p.addFact("account id", plain.Line(c.ExternalAccountID))
	p.addFact("currency", plain.Line(c.Currency))
}

func (c Card) addRights(p *sheet) {
	if c.Auth != "" && c.State == connector.Live {
		p.addFact("authorised", "by "+plain.Line(string(c.Auth)))
	}
	p.addFact("client id", plain.Line(c.ClientID))
	if c.ConnectedAt != nil {
		p.addFact("connected", p.timeText(*c.ConnectedAt))
	}
	p.addFact("token", c.Token.endText(p))
	p.addFact("API version", c.versionText())
	p.addFact("scopes", plain.ListNames(c.Scopes))
	p.addFact("not granted", p.paint(yellow, plain.ListNames(c.MissingScopes)))
	if len(c.SetUpFor) != len(connector.Resources()) || len(c.Capabilities) != len(c.SetUpFor) {
		p.addFact("set up for", plain.ListNames(c.SetUpFor))
	}
	p.addFact("may import", plain.ListNames(c.Capabilities))
}

func (t Token) endText(p *sheet) string {
	text := plain.Line(string(t.Kind))
	if t.ExpiresAt != nil {
		text += ", ends " + p.timeText(*t.ExpiresAt)
	}
	switch {
	case t.Outlook != "":
		text += "\n" + plain.Line(t.Outlook)
	case t.RefreshExpiresAt != nil:
		text += "; its renewal ends " + p.timeText(*t.RefreshExpiresAt)
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

func (c Card) addData(p *sheet) {
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
			ages = append(ages, string(r)+" "+plain.AwayText(f.AsOf.Sub(p.now())))
			first = cmp.Or(first, r)
			same = same && f.AsOf.Equal(c.Freshness[first].AsOf)
		}
	}
	if same && len(ages) > 1 {
		ages = nil // the light says it
	}
	p.addFact("objects", strings.Join(objects, ", "))
	p.addFact("data as of", strings.Join(ages, ", "))
	if c.LastPreview != nil {
		p.addFact("last preview", runText(p, c.LastPreview))
	}
}

// checkLine is a card as one line for cron and monitoring: which light is not green,
// why, and what to type next.
func (c Card) checkLine(v View) string {
	if c.Lights.AllGreen() {
		return fmt.Sprintf("%s: all lights are green", plain.Line(c.Store))
	}
	p := v.newSheet()
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
