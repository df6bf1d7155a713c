package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

func (p *program) disconnectCommand() *cobra.Command {
	var how connector.Removal
	var yes bool
	cmd := &cobra.Command{
		Use:     "disconnect " + p.platforms.argument(),
		GroupID: "connection",
		Short:   "Take the access to a shop away and forget it",
		Long: `Take the access to a shop away and then forget token and secret for good. Imported
catalogue, warehouse mapping and history stay.

A connection made in the browser is ended at Shopify, which removes the app from
the shop for every tool that uses it. One made with client credentials or a token is
only forgotten here, unless --uninstall is given. With --local Shopify is not asked.

Somebody at a terminal says yes, or --yes on the command line does; a variable or the
configuration cannot. Without a terminal the store must be named, by --store,
ESHOPCTL_STORE or the configuration.

Exit statuses: 0 disconnected, 1 the answer was not yes, 4 never connected or the shop
does not let us, 7 the shop cannot be reached (--local helps), 64 nobody answered the
question, or no store was named.`,
		Example: `  eshopctl disconnect shopify --store main
  eshopctl disconnect shopify --store main --local --yes
  eshopctl disconnect shopify --store main --uninstall`,
		Args: usage.OneArg("provider", p.platforms.names()...),
		RunE: func(cmd *cobra.Command, args []string) error { return p.disconnect(cmd.Context(), args[0], how, yes) },
	}
	flags := cmd.Flags()
	settings.AddTypedYes(cmd, &yes)
	flags.BoolVar(&how.Local, "local", false, "only forget it here; Shopify is not asked")
	flags.BoolVar(&how.Uninstall, "uninstall", false, "remove the app from the shop, whatever the connection was made with")
	return cmd
}

func (p *program) disconnect(ctx context.Context, provider string, how connector.Removal, yes bool) error {
	of, err := p.platformNamed(provider)
	if err != nil {
		return err
	}
	if how.Local && how.Uninstall {
		return usage.Fault(p.face.Typed().Without("--uninstall").Next(), "--local does not ask %s, --uninstall has to", of.Title)
	}
	db, err := p.openToWrite(ctx)
	if err != nil {
		return err
	}
	c, err := p.choice().ConnectorToDestroy(ctx, db, of.Name, p.face.CanAsk())
	if err != nil {
		return err
	}
	service, err := p.service(db, c.Provider)
	if err != nil {
		return err
	}
	if c.Reason != connector.Disconnected {
		if yes && how.Revokes(c) {
			p.face.Note("This removes the app from %s, for every tool that uses it.", plain.Line(c.Domain))
		}
		if err := p.face.ConfirmLoss(ctx, farewell(c, how), yes); err != nil {
			return err
		}
	}
	how.Tell = func(message string) { p.face.Note("%s", plain.Line(message)) }
	if c, err = service.Disconnect(ctx, c.Store, how); err != nil {
		return err
	}
	p.face.Did(connector.Typed("status").For(c.Store), "the connection of store %s is forgotten", c.Store)
	if c.Reason == connector.NeverConnected {
		p.face.Note("Store %s was never linked to a shop, and is forgotten.", c.Store)
		return p.showForgotten(c)
	}
	p.face.Note("Store %s is disconnected. Catalogue, mapping and history are kept.", c.Store)
	return p.showCard(ctx, db, c)
}

// showForgotten tells a program how a store stands of which nothing is kept. For people
// there is nothing left to show.
func (p *program) showForgotten(c connector.Connector) error {
	if !p.face.Settings.IsForPrograms() {
		return nil
	}
	none := map[string]int{}
	for _, t := range importer.Tables() {
		none[t.Name] = 0
	}
	return p.face.Show(newCard(p.factsOf(c), none))
}

// farewell says before it is done what a disconnect does.
func farewell(c connector.Connector, how connector.Removal) string {
	if how.Revokes(c) {
		return fmt.Sprintf("Remove the app from %s, for every tool that uses it, and forget the connection of store %s?", c.Domain, c.Store)
	}
	return fmt.Sprintf("Forget the connection of store %s here?", c.Store)
}
