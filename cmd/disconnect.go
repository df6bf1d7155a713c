package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/link"
	"github.com/eshopos/eshopctl/importer"
)

func disconnectCommand(p *access.Access) *cobra.Command {
	var how link.Removal
	var yes bool
	cmd := &cobra.Command{
		Use:     "disconnect " + p.Platforms.Argument(),
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
		Args: usage.OneArg("provider", p.Platforms.Names()...),
		RunE: func(cmd *cobra.Command, args []string) error {
			return disconnectStore(cmd.Context(), p, args[0], how, yes)
		},
	}
	flags := cmd.Flags()
	settings.AddTypedYes(cmd, &yes)
	flags.BoolVar(&how.Local, "local", false, "only forget it here; Shopify is not asked")
	flags.BoolVar(&how.Uninstall, "uninstall", false, "remove the app from the shop, whatever the connection was made with")
	return cmd
}

func disconnectStore(ctx context.Context, p *access.Access, provider string, how link.Removal, yes bool) error {
	of, err := p.PlatformNamed(provider)
	if err != nil {
		return err
	}
	if how.Local && how.Uninstall {
		return usage.Fault(p.Face.TypedLine().WithoutFlag("--uninstall").Next(), "--local does not ask %s, --uninstall has to", of.Title)
	}
	db, err := p.OpenToWrite(ctx)
	if err != nil {
		return err
	}
	c, err := p.ChosenStore().ConnectorToDestroy(ctx, db, of.Name, p.Face.CanAsk())
	if err != nil {
		return err
	}
	service, err := p.Service(db, c.Provider)
	if err != nil {
		return err
	}
	if c.Reason != connector.Disconnected {
		if yes && how.Revokes(c) {
			p.Face.Note("This removes the app from %s, for every tool that uses it.", plain.Line(c.Domain))
		}
		if err := p.Face.ConfirmLoss(ctx, farewell(c, how), yes); err != nil {
			return err
		}
	}
	how.Tell = func(message string) { p.Face.Note("%s", plain.Line(message)) }
	if c, err = service.Disconnect(ctx, c.Store, how); err != nil {
		return err
	}
	p.Face.NoteDeed(connector.Typed("status").For(c.Store), "the connection of store %s is forgotten", c.Store)
	if c.Reason == connector.NeverConnected {
		p.Face.Note("Store %s was never linked to a shop, and is forgotten.", c.Store)
		return showForgotten(p, c)
	}
	p.Face.Note("Store %s is disconnected. Catalogue, mapping and history are kept.", c.Store)
	return showCard(ctx, p, db, c)
}

// showForgotten prints the card of a store that is gone from the state file, for programs
// only.
func showForgotten(p *access.Access, c connector.Connector) error {
	if !p.Face.Settings.IsForPrograms() {
		return nil
	}
	none := map[string]int{}
	for _, t := range importer.Tables() {
		none[t.Name] = 0
	}
	return p.Face.ShowReport(view.CardOf(p.Facts().Known(c), none))
}

// farewell is the question to confirm, which says what disconnect will do.
func farewell(c connector.Connector, how link.Removal) string {
	if how.Revokes(c) {
		return fmt.Sprintf("Remove the app from %s, for every tool that uses it, and forget the connection of store %s?", c.Domain, c.Store)
	}
	return fmt.Sprintf("Forget the connection of store %s here?", c.Store)
}
