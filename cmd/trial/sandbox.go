package trial

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/face"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/sandbox"
)

type sandboxFlags struct {
	products  int
	csv       []string
	listen    string
	approve   bool
	installed bool
	rate      float64
	switches  []string
}

// SandboxCommand makes the command "sandbox", which runs a simulated shop. callbackURL
// returns the callback address of its app.
func SandboxCommand(f *face.Face, callbackURL func() string) *cobra.Command {
	var want sandboxFlags
	cmd := &cobra.Command{
		Use:     "sandbox [FILE.csv ...]",
		GroupID: "try",
		Short:   "Run a simulated Shopify on this machine",
		Long: `Run a simulated Shopify on the loopback interface until it is interrupted. It
prints the environment that points eshopctl at it: set it in another terminal and
connect as to a real shop. Nothing is kept when it ends.

Product files are those that Shopify exports and imports, with the old or the current
column names in any case. What cannot be read is refused with file, line, column and
handle.

With --installed the app is installed already: --auth client-credentials works at
once, and a token for --auth token is printed too.

--switch makes the shop do something out of the ordinary; while the sandbox runs in
a terminal, a switch typed there does the same at that moment:

` + listOfSwitches() + `
Exit statuses: 0 interrupted, 1 the address is taken, 64 an unreadable file, or an
address that is not of this machine alone.`,
		Example: `  eshopctl sandbox
  eshopctl sandbox --installed
  eshopctl sandbox --products 20000
  eshopctl sandbox --csv products.csv --listen 127.0.0.1:8080
  eshopctl sandbox --approve -o json
  eshopctl sandbox --installed --switch take-scope=read_inventory`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			want.csv = append(want.csv, args...)
			return serve(cmd.Context(), f, callbackURL(), want)
		},
	}
	cmd.Flags().IntVar(&want.products, "products", 0, "a generated shop with `N` products")
	cmd.Flags().StringSliceVar(&want.csv, "csv", nil, "a shop filled from a `FILE` in Shopify's product CSV format")
	cmd.Flags().StringVar(&want.listen, "listen", "127.0.0.1:0", "loopback `ADDRESS` to listen at")
	cmd.Flags().BoolVar(&want.approve, "approve", false, "approve every app without asking in the browser")
	cmd.Flags().BoolVar(&want.installed, "installed", false, "the app is installed in the shop already")
	cmd.Flags().Float64Var(&want.rate, "rate", 100, "query `POINTS` restored per second, 100 on a Basic plan and 1000 on Plus")
	cmd.Flags().StringArrayVar(&want.switches, "switch", nil, "`NAME[=VALUE]` of a switch; may be given several times")
	return cmd
}

// serve runs the simulated shop until ctx ends.
func serve(ctx context.Context, f *face.Face, callbackURL string, want sandboxFlags) error {
	if err := want.checkListen(); err != nil {
		return err
	}
	shop, err := want.shop()
	if err != nil {
		return err
	}
	shop.AutoApprove(want.approve)
	shop.SameOrganisation(true) // as a merchant's own app is
	app := sandbox.App{RedirectURLs: []string{callbackURL}}
	server, err := sandbox.Start(sandbox.Options{
		App: app, Shops: []*sandbox.Shop{shop}, Addr: want.listen, RestoreRate: want.rate, BucketSize: 20 * want.rate,
	})
	if err != nil {
		return want.notListening(err)
	}
	defer server.Close()
	variables := server.Env()
	if want.installed {
		server.Install(shop.Domain())
		variables = append(variables, "ESHOPCTL_SHOPIFY_ACCESS_TOKEN="+server.AccessToken(shop.Domain()))
	}
	for _, typed := range want.switches {
		if err := server.Flip(shop.Domain(), typed); err != nil {
			return usage.Fault(connector.Typed("sandbox", "--help").Next(), "--switch: %s", err)
		}
	}
	if err := f.ShowReport(view.SandboxShop{Environment: variables, Domain: shop.Domain()}); err != nil {
		return err
	}
	f.Note("a simulated Shopify is running; in another terminal, with the lines above:")
	f.Note("  %s", plain.CommandLine(connector.Typed("connect", "shopify").For("main").With("--shop", shop.Domain())))
	f.Note("stop it with Ctrl-C")
	if f.Env.Interactive {
		go flipWhatIsTyped(ctx, f, server, shop.Domain())
	}
	<-ctx.Done()
	return nil
}

// checkListen refuses an address that is not a loopback one.
func (f *sandboxFlags) checkListen() error {
	listen, err := netip.ParseAddrPort(f.listen)
	switch {
	case err != nil:
		return usage.Fault(usage.Again("--listen", "127.0.0.1:8080"), "--listen: %.80q is no IP address with a port, such as 127.0.0.1:8080 or [::1]:8080", f.listen)
	case !listen.Addr().IsLoopback():
		return usage.Fault(usage.Again("--listen", fmt.Sprintf("127.0.0.1:%d", listen.Port())), "--listen: %s is not a loopback address; nobody else has any business with a sandbox", listen)
	}
	return nil
}

// notListening is the fault of an address that cannot be listened at.
func (f *sandboxFlags) notListening(err error) error {
	if failed := (*net.OpError)(nil); !errors.As(err, &failed) {
		return err
	}
	return &connector.Fault{Code: connector.Internal, Message: fmt.Sprintf("nothing can listen at %s: %s", f.listen, exit.ReasonOf(err)),
		Err: err, Next: usage.Again("--listen", "127.0.0.1:0")}
}

// flipWhatIsTyped sets the switches that are typed while the sandbox runs.
func flipWhatIsTyped(ctx context.Context, f *face.Face, server *sandbox.Server, domain string) {
	lines := bufio.NewScanner(terminal.NewForegroundReader(ctx, f.Env.Stdin))
	for lines.Scan() {
		typed := strings.TrimSpace(lines.Text())
		if typed == "" {
			continue
		}
		if err := server.Flip(domain, typed); err != nil {
			f.Note("%s", err)
			continue
		}
		f.Note("%s: done", typed)
	}
}

// listOfSwitches is the list of switches in the help, wrapped here because help does not
// wrap indented text.
func listOfSwitches() string {
	var list strings.Builder
	for _, w := range sandbox.Switches() {
		fmt.Fprintf(&list, "  %s\n      %s\n", w.Typed(), w.What)
	}
	return list.String()
}

// shop makes the shop to serve: from files, generated, or the small default one.
func (f *sandboxFlags) shop() (*sandbox.Shop, error) {
	switch {
	case f.products < 0 || f.products > 0 && len(f.csv) > 0:
		return nil, usage.Fault(connector.Typed("sandbox", "--help").Next(), "give either --products with a number above 0, or CSV files")
	case f.products > 0:
		return sandbox.Generate(f.products), nil
	case len(f.csv) == 0:
		return sandbox.DefaultShop(), nil
	}
	files := make([]io.Reader, len(f.csv))
	for i, name := range f.csv {
		file, err := os.Open(name)
		if err != nil {
			return nil, usage.Fault(connector.Typed("sandbox", "--help").Next(), "%s", err)
		}
		defer file.Close()
		files[i] = file
	}
	shop, err := sandbox.FromCSV(files...)
	if err != nil {
		return nil, usage.Fault(connector.Typed("sandbox", "--help").Next(), "%s", err)
	}
	return shop, nil
}
