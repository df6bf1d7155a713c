package trial

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
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

// Run runs a command line of the program and returns its exit status.
type Run func(ctx context.Context, env terminal.Env) int

// DemoCommand makes the command "demo", which types the commands of a story through run.
func DemoCommand(f *face.Face, run Run) *cobra.Command {
	var keep string
	cmd := &cobra.Command{
		Use:     "demo",
		GroupID: "try",
		Short:   "Live through the whole story against a simulated shop",
		Long: `Start a simulated Shopify inside this process and go through what an operator
does: connect, look, preview, import, and again after the merchant changed things.
Each command is shown as it would be typed, with its real output. Everything
happens in a temporary folder that is removed at the end. With -o json the story
goes to standard error, and standard output gets how each command ended.

Exit statuses: 0 done, otherwise that of the command that failed.`,
		Example: "  eshopctl demo\n  eshopctl demo --keep ./demo\n  eshopctl demo -o json",
		Args:    usage.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return demo(cmd.Context(), f, run, keep) },
	}
	cmd.Flags().StringVar(&keep, "keep", "", "keep the state file in this `DIR`, to look into")
	return cmd
}

// demo runs the story in a folder of its own.
func demo(ctx context.Context, f *face.Face, run Run, keep string) (err error) {
	folder := keep
	if keep == "" {
		if folder, err = os.MkdirTemp("", "eshopctl-demo-*"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	} else if folder, err = emptyFolder(keep); err != nil {
		return err
	}
	callback, err := freeCallback()
	if err != nil {
		return err
	}
	shop := sandbox.DefaultShop()
	shop.AutoApprove(true)
	server, err := sandbox.Start(sandbox.Options{App: sandbox.App{RedirectURLs: []string{callback}}, Shops: []*sandbox.Shop{shop}})
	if err != nil {
		return err
	}
	defer server.Close()
	story := &story{face: f, run: run, out: f.Env.Stdout, ctx: ctx, shop: shop, variables: append(server.Env(),
		"ESHOPCTL_SHOPIFY_CALLBACK_URL="+callback, "ESHOPCTL_STATE="+filepath.Join(folder, "state.db"), "XDG_CONFIG_HOME="+folder)}
	if f.Settings.IsForPrograms() {
		story.out = f.Env.Stderr
	}
	err = errors.Join(story.tell(), f.ShowReport(view.Story{Commands: story.told}))
	if err != nil {
		return err
	}
	if keep != "" {
		path := filepath.Join(folder, "state.db")
		f.Note("\nThe state file is kept. Look into it with, for example:\n  %s\n  %s",
			plain.CommandLine(connector.Typed("catalog products", "--state", path)),
			plain.CommandLine(connector.Shell("sqlite3", "-readonly", path, ".tables")))
	}
	return nil
}

// emptyFolder creates the folder of --keep, and refuses one that holds a state file.
func emptyFolder(path string) (string, error) {
	if err := usage.CheckPath("--keep", path, usage.Again("--keep", "./demo")); err != nil {
		return "", err
	}
	folder, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if _, err := os.Lstat(filepath.Join(folder, "state.db")); err == nil {
		return "", usage.Fault(usage.Again("--keep", path+"-2"), "%s holds a state file already", path)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", usage.Fault(usage.Again("--keep", "./demo"), "--keep: the folder cannot be made: %s", err)
	}
	return folder, nil
}

// freeCallback is a callback address with a free port, because a real connect may be using
// the default one. The port lies below those that systems give to connections, so that it
// stays free.
func freeCallback() (string, error) {
	var err error
	for range 20 {
		host := fmt.Sprintf("127.0.0.1:%d", 14000+rand.N(18000))
		var listener net.Listener
		if listener, err = net.Listen("tcp", host); err == nil {
			return "http://" + host + "/callback", listener.Close()
		}
	}
	return "", err
}

// story is a running demo: commands, their output, and what the merchant does in between.
type story struct {
	face      *face.Face
	run       Run
	ctx       context.Context
	out       io.Writer
	shop      *sandbox.Shop
	variables []string
	told      []view.StoryCommand
}

func (s *story) tell() error {
	for _, chapter := range []struct {
		title    string
		merchant func() error // changes the shop before the command
		commands []string
	}{
		{"A shop is connected to the store. The merchant approves in the browser.", nil, []string{
			"connect shopify --store main --shop tea-and-cups",
			"status --store main",
		}},
		{"What would an import do? Nothing is written yet.", nil, []string{
			"import preview --store main",
		}},
		{"Apply exactly that, and look at the result.", nil, []string{
			"import run latest --store main --yes",
			"runs show latest --store main",
			"warehouses list --store main",
			"catalog products --store main --limit 5",
		}},
		{"The merchant raises a price, adds a product, renames a location and sells.", s.changeShop, []string{
			"import preview --store main --changes",
			"import run --store main --yes",
		}},
		{"Nothing changed since: a rerun writes nothing.", nil, []string{
			"import run --store main --yes",
			"runs list --store main",
			"status --store main",
		}},
	} {
		if chapter.merchant != nil {
			if err := chapter.merchant(); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintf(s.out, "\n# %s\n", chapter.title); err != nil {
			return err
		}
		for _, command := range chapter.commands {
			if err := s.runCommand(command); err != nil {
				return err
			}
		}
	}
	return nil
}

// runCommand shows a command as it is typed and runs it.
func (s *story) runCommand(command string) error {
	if _, err := fmt.Fprintf(s.out, "\n$ eshopctl %s\n", command); err != nil {
		return err
	}
	env := s.face.Env
	env.Args, env.Stdout = strings.Fields(command), s.out
	env.Stdin, env.Interactive = strings.NewReader(""), false
	env.LookupEnv = s.lookupEnv
	env.OpenBrowser = s.approve
	if env.Args[0] == "connect" {
		env.Args = append(env.Args, "--auth", "browser") // there is no terminal, but approve is the browser
	}
	ended := s.run(s.ctx, env)
	s.told = append(s.told, view.StoryCommand{Command: plain.CommandLine(connector.Typed("", strings.Fields(command)...)), Exit: ended})
	if ended != exit.Done {
		return exit.Status(ended)
	}
	return nil
}

// lookupEnv looks up the variables of the story: those for the sandbox, and from the real
// environment only those about the terminal.
func (s *story) lookupEnv(name string) (string, bool) {
	for _, variable := range s.variables {
		if value, ok := strings.CutPrefix(variable, name+"="); ok {
			return value, true
		}
	}
	if name == "NO_COLOR" || name == "TERM" {
		return s.face.Env.LookupEnv(name)
	}
	return "", false
}

// approve is the merchant's browser, which follows redirects and so approves the app.
func (s *story) approve(address string) error {
	request, err := http.NewRequestWithContext(s.ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	request.Header.Set("Sec-Fetch-Mode", "navigate")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

// changeShop is what the merchant does between the two imports.
func (s *story) changeShop() error {
	_, err := s.shop.AddProduct(sandbox.NewProduct{
		Title: "Gaiwan", Vendor: "Wilder Porcelain", Type: "Tableware", Tags: []string{"tea"},
		Variants: []sandbox.NewVariant{{
			SKU: new("GAI-1"), Price: "29.00", Weight: 0.3, Stock: []sandbox.Stock{{Location: sandbox.WarehouseLocation, Available: 6}},
		}},
	})
	return errors.Join(err,
		s.shop.SetPrice("POT-1", "42.00"),
		s.shop.RenameLocation(sandbox.ShopLocation, "Shop York Minster"),
		s.shop.Sell("TEA-BRK", sandbox.WarehouseLocation, 40),
		s.shop.Sell("JUG-1", sandbox.WarehouseLocation, 2),
	)
}
