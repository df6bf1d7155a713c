// Package cmd is the command line: it reads flags, environment and
// configuration, wires the other packages together and shows what they say.
package cmd

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/face"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
)

// program is one run of eshopctl.
type program struct {
	face      *face.Face
	platforms platforms           // that stores may be connected to
	patience  *connector.Patience // nil before the flags were read
	state     openState           // of this command
}

// Run runs the command that env.Args name and returns its exit status.
func Run(ctx context.Context, env terminal.Env) int { return run(ctx, env, registered()) }

// SecretVariables are the variables that hold secrets.
func SecretVariables() []string {
	return append(settings.SecretVariables(registered().say()), settings.Variable("key"))
}

// run is Run with other providers than those that there are.
func run(ctx context.Context, env terminal.Env, known platforms) int {
	out := &face.Output{To: env.Stdout}
	env.Stdout = out
	p := newProgram(env, known)
	p.face.Settings.Output = settings.AskedOutput(env)
	err := p.execute(ctx)
	p.closeState()
	return p.face.Tell(p.face.Answered(err, out))
}

func newProgram(env terminal.Env, known platforms) *program {
	p := &program{platforms: known, face: &face.Face{Env: env}}
	p.face.Source = &settings.Source{Env: env, Files: &given.Files{}, Platforms: known.say(), Implied: p.impliedStore}
	return p
}

func (p *program) execute(ctx context.Context) error {
	root := p.rootCommand()
	root.SetArgs(p.face.Env.Args)
	root.SetIn(p.face.Env.Stdin)
	root.SetOut(p.face.Env.Stdout)
	root.SetErr(p.face.Env.Stderr)
	return root.ExecuteContext(ctx)
}

// configure reads what counts for a command.
func (p *program) configure(cmd *cobra.Command, args []string) error {
	return p.configured(p.face.Source.Read(cmd, args))
}

// configured takes what was read, which is only a part where something is wrong with it:
// that is told in the form that was asked for.
func (p *program) configured(read settings.Settings, err error) error {
	read.Output = cmp.Or(read.Output, p.face.Settings.Output)
	read.Store = cmp.Or(read.Store, p.face.Settings.Store)
	p.face.Settings = read
	if err == nil {
		p.patience = connector.NewPatience(p.face.Settings.Patience, p.face.TellWait)
	}
	return err
}

// impliedStore is the store of a command that names none: the only one that there
// is, or that of the run which is its argument; "" when it is not known yet.
func (p *program) impliedStore(ctx context.Context, path string, args []string) string {
	db, err := p.lookInto(ctx, path)
	if err != nil {
		return "" // the command itself will say so
	}
	defer db.Close()
	if all, err := db.Connectors(ctx); err == nil && len(all) == 1 {
		return all[0].Store
	}
	if len(args) == 1 {
		if run, err := db.Run(ctx, "", args[0]); err == nil {
			return run.Store
		}
	}
	return ""
}

const longHelp = `eshopctl connects an online shop to an eshopOS store, shows what an import would
do, runs it, and tells later whether the connection is healthy, how the last run
went and how old the data is.

  connect -> status -> import preview -> import run -> runs show -> catalog

Without a command it says what to do next.`

func (p *program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   plain.Program,
		Short: "Connect a shop to an eshopOS store and import its catalogue",
		Long:  longHelp,
		Example: `  eshopctl demo
  eshopctl connect shopify --store main --shop tea-and-cups
  eshopctl import preview --store main --changes`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: p.configure,
		RunE:              p.runNext,
		Args:              cobra.ArbitraryArgs,
	}
	settings.AddFlags(root)
	root.AddGroup(
		&cobra.Group{ID: "connection", Title: "Connection:"},
		&cobra.Group{ID: "import", Title: "Import:"},
		&cobra.Group{ID: "look", Title: "Look at the result:"},
		&cobra.Group{ID: "try", Title: "Try it without a shop:"},
	)
	p.addCommands(root)
	p.addCompletion(root)
	help.Add(root, p.face.Env.Stdout, p.face.Env.Width)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage.FlagError(p.face.Typed(), cmd, err)
	})
	return root
}
