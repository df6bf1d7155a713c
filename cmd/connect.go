package cmd

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/link"
	"github.com/eshopos/eshopctl/connector/spelling"
	"github.com/eshopos/eshopctl/importer/job"
)

func connectCommand(p *access.Access) *cobra.Command {
	var f connectFlags
	cmd := &cobra.Command{
		Use:     "connect " + p.Platforms.Argument(),
		GroupID: "connection",
		Short:   "Link a store to a shop, or renew the link",
		Long: `Link a store to a Shopify shop. A failed attempt never harms a connection that
works. There are three ways in:

--auth browser (default). The browser opens, the merchant approves your app, and
Shopify calls back to this machine. Needed: ESHOPCTL_SHOPIFY_CLIENT_ID and
ESHOPCTL_SHOPIFY_CLIENT_SECRET of your app, whose redirect URLs must hold
ESHOPCTL_SHOPIFY_CALLBACK_URL, exactly so (default ` + settings.DefaultCallbackURL + `).
On a machine without a browser, over SSH or with --no-browser the address is
printed; open it anywhere and paste the address of the last page here. Shopify
keeps one renewable token for each app and shop: a second machine that connects the
same app ends the first one's. --permanent-token asks for a token that does not end.

--auth client-credentials, for CI and cron: no approval, for apps of the shop's own
organisation that are installed there. Needed: the same id and secret.

--auth token: a merchant's own admin token, from ESHOPCTL_SHOPIFY_ACCESS_TOKEN or
standard input, never from an argument.

Without a terminal nothing waits for a browser unless --auth browser is given.

What a store is set up for is remembered: --only sets it, and without it all stays
as it was. While the shop grants less, an import of everything ends with 4.

Exit statuses: 0 connected, 1 the callback port is busy or the key unusable, 4 the
attempt failed, 64 a wrong shop, store or setting, 130 interrupted.`,
		Example: `  eshopctl connect shopify --store main --shop tea-and-cups
  eshopctl connect shopify --store main --shop tea-and-cups --no-browser
  eshopctl connect shopify --store main --shop teas --auth client-credentials
  eshopctl connect shopify --store main --shop teas --auth token < token.txt
  eshopctl connect shopify --store main --only products,categories -o json`,
		Args: usage.OneArg("provider", p.Platforms.Names()...),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.provider = args[0]
			f.chosen = cmd.Flags().Changed("auth")
			return connectStore(cmd.Context(), p, f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.shop, "shop", "", "the `SHOP`: its handle or HANDLE.myshopify.com (default the one linked before)")
	flags.StringVar(&f.auth, "auth", string(connector.Browser), "`WAY`: browser, client-credentials or token")
	flags.StringVar(&f.only, "only", "", "set it up for these `RESOURCES`: products, categories, warehouses, stock; or all (default as before, and all at first)")
	flags.BoolVar(&f.noBrowser, "no-browser", false, "print the address instead of opening a browser")
	flags.BoolVar(&f.permanent, "permanent-token", false, "ask for a token that does not expire, where Shopify still gives it")
	usage.AddPeriod(flags, &f.timeout, "timeout", defaultTimeout, "`TIME` to wait for an answer, and for the approval")
	return cmd
}

func connectStore(ctx context.Context, p *access.Access, f connectFlags) error {
	of, err := p.PlatformNamed(f.provider)
	if err != nil {
		return err
	}
	request, err := connectRequest(ctx, p, of, f)
	if err != nil {
		return err
	}
	registry, err := access.RegistryToConnect(ctx, p)
	if err != nil {
		return err
	}
	if request.Store, err = storeToConnect(ctx, p, of, registry); err != nil {
		return err
	}
	service, err := p.Service(registry, of.Name)
	if err != nil {
		return err
	}
	before, err := registry.Connector(ctx, request.Store, of.Name)
	if err != nil {
		return err
	}
	connected, err := service.Connect(ctx, request)
	if err != nil {
		if ctx.Err() != nil && p.Face.Env.Interactive {
			fmt.Fprintln(p.Face.Env.Stderr) // the terminal has printed ^C on the line above
		}
		return err
	}
	p.Face.NoteDeed(connector.Typed("status", "--store", connected.Store), "store %s is connected to %s", connected.Store, connected.Domain)
	p.Face.Note("Connected.")
	if before.Attached && before.Domain != connected.Domain {
		p.Face.Note("It is the same shop (%s): it was renamed from %s to %s. What was imported, its links and its history stay.",
			connected.AccountID, plain.Line(before.Domain), connected.Domain)
	}
	if was := before.SetUpFor(); before.AccountID != "" && !slices.Equal(was, connected.SetUpFor()) {
		p.Face.Note("Store %s is set up for %s from now on; before: %s.", connected.Store,
			connector.JoinResources(connected.SetUpFor(), ", "), connector.JoinResources(was, ", "))
	}
	return showCard(ctx, p, registry.DB, connected)
}

func connectRequest(ctx context.Context, p *access.Access, of access.Platform, f connectFlags) (link.Request, error) {
	input := terminal.NewInput(terminal.NewForegroundReader(ctx, p.Face.Env.Stdin))
	request := link.Request{Shop: f.shop, Auth: connector.Auth(f.auth), Permanent: f.permanent, Timeout: f.timeout,
		Operator: operatorAt(ctx, p, of, f, input), Flags: f.again()}
	if f.timeout <= 0 {
		return request, usage.Fault(usage.Again("--timeout", "5m"), "--timeout must be longer than nothing")
	}
	if err := checkShop(p, of, f.shop); err != nil {
		return request, err
	}
	switch f.only {
	case "":
	case connector.EveryResource:
		request.Only = connector.Resources()
	default:
		var err error
		if request.Only, err = connector.ParseResources(f.only); err != nil {
			return request, usage.Fault(meantResources(f.only), "--only: %s", err)
		}
	}
	if err := settings.CheckSecrets(p.Face.Env, p.Platforms.Descriptions()); err != nil {
		return request, err
	}
	ways := []connector.Auth{connector.Browser, connector.ClientCredentials, connector.AdminToken}
	switch request.Auth {
	case connector.AdminToken:
		var err error
		request.Token, err = tokenInTime(ctx, p, of, f.timeout, input)
		return request, err
	case connector.ClientCredentials:
	case connector.Browser:
		if !p.Face.Env.Interactive && !f.chosen && !(f.noBrowser && input.MayCome(ctx)) {
			return request, usage.Fault(usage.Again("--auth", "client-credentials"),
				"connect waits for an approval in a browser, and there is no terminal; for cron and CI there are --auth client-credentials and --auth token, and --auth browser if somebody does sit at a browser")
		}
	default:
		return request, usage.Fault(usage.Again("--auth", cmp.Or(spelling.Nearest(f.auth, ways), "browser")),
			"there is no --auth %q: browser, client-credentials and token are known", f.auth)
	}
	return request, nil
}

// checkShop refuses a --shop that cannot be one, before anything else is asked for.
func checkShop(p *access.Access, of access.Platform, typed string) error {
	provider, err := p.ProviderNamed(of.Name)
	if err == nil && typed != "" {
		_, err = provider.ParseShop(typed)
	}
	return err
}

func storeToConnect(ctx context.Context, p *access.Access, of access.Platform, registry *access.Registry) (string, error) {
	switch {
	case p.Face.Settings.Store != "":
		return p.Face.Settings.Store, nil
	case registry.DB == nil:
		return "", whichStore(of)
	}
	all, err := registry.DB.Connectors(ctx)
	switch {
	case err != nil:
		return "", err
	case len(all) == 0:
		return "", whichStore(of)
	}
	return job.OnlyStore(all)
}

func whichStore(of access.Platform) error {
	return usage.Fault(of.Unconnected("NAME").ConnectCommand().Next(), "which store is to be connected? --store is missing")
}
