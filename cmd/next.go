package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
)

// showNext answers a command line without a command: what to do next, depending on what
// exists.
func showNext(ctx context.Context, p *access.Access) error {
	cards, err := cardsOf(ctx, p, statusFlags{})
	if err != nil {
		return err
	}
	return p.Face.ShowReport(view.Overview{Cards: cards, First: firstSteps(p)})
}

// firstSteps are what a first connect needs, as far as the settings have it already.
func firstSteps(p *access.Access) view.FirstSteps {
	of := p.Platforms.Usual()
	app := p.Face.Settings.Apps[of.Name]
	return view.FirstSteps{
		Platform:    of,
		CallbackURL: app.CallbackURL,
		ClientID:    app.ClientID,
		HasSecret:   !app.ClientSecret.IsZero(),
		Sandbox:     app.SandboxURL != "",
		Connect:     plain.CommandLine(p.Face.FirstConnect()),
	}
}

// runNext is the root command. It refuses a word that is no command.
func runNext(p *access.Access, cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage.UnknownCommand(cmd, args[0])
	}
	return showNext(cmd.Context(), p)
}
