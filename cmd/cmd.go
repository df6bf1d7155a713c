// Package cmd is the command line: it reads flags, environment and
// configuration, wires the other packages together and shows what they say.
package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/progress"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
)

// program is one run of eshopctl.
type program struct {
	env       terminal.Env
	platforms platforms // that stores may be connected to
	config    Config
	files     *given.Files        // that were read; what came through a pipe comes once
	patience  *connector.Patience // nil before the flags were read
	file      configText          // that was read; empty when there is none
	settings  *viper.Viper        // that the file has
	typedKeys map[string]bool     // keys of the flags that were typed
	state     openState           // of this command
	done      deed                // that stays done, whatever comes of telling it
	drawn     *progress.Reporter  // of the run at work, nil while there is none
	progress  *progress.Reporter  // of the store, where one of several is at work; else nil
}

// Run runs the command that env.Args name and returns its exit status.
func Run(ctx context.Context, env terminal.Env) int { return run(ctx, env, registered()) }

// SecretVariables are the variables that hold secrets.
func SecretVariables() []string { return append(registered().secretVariables(), "ESHOPCTL_KEY") }

// run is Run with other providers than those that there are.
func run(ctx context.Context, env terminal.Env, known platforms) int {
	out := &output{to: env.Stdout}
	env.Stdout = out
	p := newProgram(env, known)
	p.config.Output = askedOutput(env)
	err := p.execute(ctx)
	p.closeState()
	return p.tell(p.answered(err, out))
}

func newProgram(env terminal.Env, known platforms) *program {
	return &program{env: env, platforms: known, files: &given.Files{}}
}

func (p *program) execute(ctx context.Context) error {
	root := p.rootCommand()
	root.SetArgs(p.env.Args)
	root.SetIn(p.env.Stdin)
	root.SetOut(p.env.Stdout)
	root.SetErr(p.env.Stderr)
	return root.ExecuteContext(ctx)
}

// typed is the command as it was typed.
func (p *program) typed() usage.Line { return p.env.Args }

// machine reports whether the output is for a program.
func (p *program) machine() bool { return p.config.Output == "json" || p.config.Output == "jsonl" }

// note prints a line for the operator on standard error, unless --quiet, without
// disturbing what is drawn there.
func (p *program) note(format string, args ...any) {
	line := exit.Brief(fmt.Sprintf(format, args...))
	switch {
	case p.config.Quiet:
	case p.drawn != nil:
		p.drawn.Say(line)
	default:
		fmt.Fprintln(p.env.Stderr, line)
	}
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
	addGlobalFlags(root)
	root.AddGroup(
		&cobra.Group{ID: "connection", Title: "Connection:"},
		&cobra.Group{ID: "import", Title: "Import:"},
		&cobra.Group{ID: "look", Title: "Look at the result:"},
		&cobra.Group{ID: "try", Title: "Try it without a shop:"},
	)
	p.addCommands(root)
	p.addCompletion(root)
	help.Add(root, p.env.Stdout, p.env.Width)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage.FlagError(p.typed(), cmd, err)
	})
	return root
}
