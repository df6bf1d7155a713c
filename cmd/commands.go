package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/trial"
	"github.com/eshopos/eshopctl/cmd/usage"
)

// addCommands adds every command to the root. run runs a command line; the demo types its
// commands through it.
func addCommands(p *access.Access, root *cobra.Command, run func(context.Context, terminal.Env) int) {
	root.AddCommand(
		connectCommand(p), statusCommand(p), disconnectCommand(p), doctorCommand(p),
		importCommand(p), reconcileCommand(p),
		runsCommand(p), catalogCommand(p), warehousesCommand(p), stateCommand(p), explainCommand(p),
		trial.DemoCommand(p.Face, run), trial.SandboxCommand(p.Face, func() string { return access.SandboxCallbackURL(p.Face.Settings) }),
		versionCommand(p),
	)
	root.AddCommand(help.Topics()...)
}

func importCommand(p *access.Access) *cobra.Command {
	return usage.GroupCommand("import", "import", "Preview an import and run it", previewCommand(p), runCommand(p))
}

func warehousesCommand(p *access.Access) *cobra.Command {
	return usage.GroupCommand("warehouses", "look", "See and mend the mapping of warehouses",
		warehousesListCommand(p), warehousesShowCommand(p), warehousesLinkCommand(p), warehousesUnlinkCommand(p), warehousesMergeCommand(p))
}
