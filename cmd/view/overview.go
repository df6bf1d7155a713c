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

// forPeople prints how to register an app and connect. What was done already is not
// asked for again.
func (s FirstSteps) forPeople(v View) error {
	p := v.newSheet()
	p.addLine("Nothing is connected yet. To connect a %s shop:", s.Title)
	p.addLine("")
	if s.ClientID == "" {
		p.addLine("  In %s %s, with", s.Console, s.NewApp)
		s.addApp(p)
		p.addLine("  exactly so%s, and set what it shows:", wordsAfter(", ", s.Release))
		p.addLine("    export %s=...", s.Variable("CLIENT_ID"))
		s.addSecret(p)
	} else {
		p.addLine("  The app with the client id %s must have", plain.Line(s.ClientID))
		s.addApp(p)
	}
	if s.ClientID != "" && !s.HasSecret {
		p.addLine("  Its secret is still missing:")
		s.addSecret(p)
	}
	p.addLine("")
	p.addLine("  Then the merchant approves it in the browser:")
	p.addLine("    %s", s.Connect)
	p.addLine("")
	if s.Sandbox {
		p.addLine("  %s is set: all of this goes to a sandbox.", s.Variable("URL"))
	} else {
		p.addLine("  To see it all without a shop, in seconds:")
		p.addLine("    %s", plain.CommandLine(connector.Typed("demo")))
	}
	p.addLine("  All commands: %s", plain.CommandLine(connector.Typed("", "--help")))
	return p.flush()
}

// addApp adds the lines of what an app must have.
func (s FirstSteps) addApp(p *sheet) {
	p.addLine("    redirect URL  %s", plain.Line(s.CallbackURL))
	p.addLine("    scopes        %s", strings.Join(s.ScopesFor(nil), ","))
}

// addSecret adds the line of where the secret of an app goes.
func (s FirstSteps) addSecret(p *sheet) {
	p.addLine("    export %s=/run/secrets/%s", s.Variable("CLIENT_SECRET_FILE"), s.Name)
}

// wordsAfter is words after others, nothing where there are none.
func wordsAfter(before, words string) string {
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

func (o Overview) forPrograms() document { return Cards{List: o.Cards}.forPrograms() }

// forPeople prints each store on a line with its lights, and what to do next.
func (o Overview) forPeople(v View) error {
	cards := o.Cards
	if len(cards) == 0 {
		return o.First.forPeople(v)
	}
	p := v.newSheet()
	addLights(p, cards)
	steps := overviewSteps(cards)
	if len(steps) == 0 {
		p.addLine("")
		p.addLine("  All lights are green.")
		steps = []plain.Suggestion{plain.Suggested("see what an import would change now", importer.KindPreview.Command(cards[0].Store))}
	}
	p.addSuggestions(steps)
	p.addLine("")
	p.addLine("  All commands: %s", plain.CommandLine(connector.Typed("", "--help")))
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
			steps = append(steps, plain.Suggestion{Text: c.Store + ": " + first.Text, Command: first.Command})
		}
	}
	return steps
}
