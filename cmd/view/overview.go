package view

import (
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// FirstSteps is what an operator needs to know before the first connection.
type FirstSteps struct {
	connector.Platform
	CallbackURL string
	ClientID    string // "" while it is not set
	HasSecret   bool
	Sandbox     bool // requests go to a sandbox
	Connect     string
}

// text prints how to register an app and connect. What was done already is not
// asked for again.
func (s FirstSteps) text(v View) error {
	p := v.page()
	p.line("Nothing is connected yet. To connect a %s shop:", s.Title)
	p.line("")
	if s.ClientID == "" {
		p.line("  In %s %s, with", s.Console, s.NewApp)
		s.addApp(p)
		p.line("  exactly so%s, and set what it shows:", after(", ", s.Release))
		p.line("    export %s=...", s.Variable("CLIENT_ID"))
		s.addSecret(p)
	} else {
		p.line("  The app with the client id %s must have", plain.Line(s.ClientID))
		s.addApp(p)
	}
	if s.ClientID != "" && !s.HasSecret {
		p.line("  Its secret is still missing:")
		s.addSecret(p)
	}
	p.line("")
	p.line("  Then the merchant approves it in the browser:")
	p.line("    %s", s.Connect)
	p.line("")
	if s.Sandbox {
		p.line("  %s is set: all of this goes to a sandbox.", s.Variable("URL"))
	} else {
		p.line("  To see it all without a shop, in seconds:")
		p.line("    %s", plain.CommandLine(connector.Typed("demo")))
	}
	p.line("  All commands: %s", plain.CommandLine(connector.Typed("", "--help")))
	return p.flush()
}

// addApp adds the lines of what an app must have.
func (s FirstSteps) addApp(p *page) {
	p.line("    redirect URL  %s", plain.Line(s.CallbackURL))
	p.line("    scopes        %s", strings.Join(s.ScopesFor(nil), ","))
}

// addSecret adds the line of where the secret of an app goes.
func (s FirstSteps) addSecret(p *page) {
	p.line("    export %s=/run/secrets/%s", s.Variable("CLIENT_SECRET_FILE"), s.Name)
}

// after is words after others, nothing where there are none.
func after(before, words string) string {
	if words == "" {
		return ""
	}
	return before + words
}

// Overview is what the bare name of the program tells: how all stores are.
type Overview struct {
	Cards []Card
	First FirstSteps // while there is no store
}

func (o Overview) document() document { return Cards{List: o.Cards}.document() }

// text prints each store on a line with its lights, and what to do next.
func (o Overview) text(v View) error {
	cards := o.Cards
	if len(cards) == 0 {
		return o.First.text(v)
	}
	p := v.page()
	addLights(p, cards)
	steps := overviewSteps(cards)
	if len(steps) == 0 {
		p.line("")
		p.line("  All lights are green.")
		steps = []plain.Suggestion{plain.Suggested("see what an import would change now", importer.KindPreview.Command(cards[0].Store))}
	}
	p.suggest(steps)
	p.line("")
	p.line("  All commands: %s", plain.CommandLine(connector.Typed("", "--help")))
	return p.flush()
}

// overviewSteps are the next steps of the only store, or the first of each.
func overviewSteps(cards []Card) []plain.Suggestion {
	if len(cards) == 1 {
		return cards[0].Suggestions
	}
	var steps []plain.Suggestion
	for _, c := range cards {
		if len(c.Suggestions) > 0 {
			first := c.Suggestions[0]
			steps = append(steps, plain.Suggestion{c.Store + ": " + first.Text, first.Command})
		}
	}
	return steps
}
