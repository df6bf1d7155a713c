package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/completion"
	"github.com/eshopos/eshopctl/cmd/face"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
)

// Run runs the command that env.Args name and returns its exit status.
func Run(ctx context.Context, env terminal.Env) int {
	return run(ctx, env, access.RegisteredPlatforms())
}

// SecretVariables are the variables that hold secrets.
func SecretVariables() []string {
	return append(settings.SecretVariables(access.RegisteredPlatforms().Descriptions()), settings.Variable("key"))
}

// run is Run with other providers than those that there are.
func run(ctx context.Context, env terminal.Env, known access.Platforms) int {
	out := &face.Output{To: env.Stdout}
	env.Stdout = out
	p := access.New(env, known)
	p.Face.Settings.Output = settings.AskedOutput(env)
	err := executeCommand(ctx, p)
	p.CloseState()
	return p.Face.TellError(p.Face.AnswerError(err, out))
}

func executeCommand(ctx context.Context, p *access.Access) error {
	root := rootCommand(p)
	root.SetArgs(p.Face.Env.Args)
	root.SetIn(p.Face.Env.Stdin)
	root.SetOut(p.Face.Env.Stdout)
	root.SetErr(p.Face.Env.Stderr)
	return root.ExecuteContext(ctx)
}

const longHelp = `eshopctl connects an online shop to an eshopOS store, shows what an import would
do, runs it, and tells later whether the connection is healthy, how the last run
went and how old the data is.

  connect -> status -> import preview -> import run -> runs show -> catalog

Without a command it says what to do next.`

func rootCommand(p *access.Access) *cobra.Command {
	root := &cobra.Command{
		Use:   plain.Program,
		Short: "Connect a shop to an eshopOS store and import its catalogue",
		Long:  longHelp,
		Example: `  eshopctl demo
  eshopctl connect shopify --store main --shop tea-and-cups
  eshopctl import preview --store main --changes`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: p.ReadSettings,
		RunE:              func(cmd *cobra.Command, args []string) error { return runNext(p, cmd, args) },
		Args:              cobra.ArbitraryArgs,
	}
	settings.AddFlags(root)
	root.AddGroup(
		&cobra.Group{ID: "connection", Title: "Connection:"},
		&cobra.Group{ID: "import", Title: "Import:"},
		&cobra.Group{ID: "look", Title: "Look at the result:"},
		&cobra.Group{ID: "try", Title: "Try it without a shop:"},
	)
	addCommands(p, root, Run)
	completion.Add(p, root, completion.Words{Kinds: runKinds, Statuses: runStatuses, Actions: changeActions})
	help.AddPages(root, p.Face.Env.Stdout, p.Face.Env.Width)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage.FlagError(p.Face.TypedLine(), cmd, err)
	})
	return root
}
