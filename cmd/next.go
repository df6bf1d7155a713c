package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
)

// next answers the program's bare name: what to do next, depending on what
// exists.
func (p *program) next(ctx context.Context) error {
	cards, err := p.cards(ctx, statusFlags{})
	if err != nil {
		return err
	}
	return p.face.Show(view.Overview{Cards: cards, First: p.firstSteps()})
}

// firstSteps are what connecting needs, as far as it is known from here.
func (p *program) firstSteps() view.FirstSteps {
	of := p.platforms.usual()
	app := p.face.Settings.Apps[of.Name]
	return view.FirstSteps{
		Platform:    of,
		CallbackURL: app.CallbackURL,
		ClientID:    app.ClientID,
		HasSecret:   !app.ClientSecret.IsZero(),
		Sandbox:     app.SandboxURL != "",
		Connect:     plain.CommandLine(p.firstConnect()),
	}
}

// runNext is what the root command does: a word that is no command is refused.
func (p *program) runNext(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage.UnknownCommand(cmd, args[0])
	}
	return p.next(cmd.Context())
}
