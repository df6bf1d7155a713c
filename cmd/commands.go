package cmd

import (
	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/trial"
)

// addCommands hangs every command below the root.
func addCommands(p *access.Access, root *cobra.Command) {
	root.AddCommand(
		connectCommand(p), statusCommand(p), disconnectCommand(p), doctorCommand(p),
		importCommand(p), reconcileCommand(p),
		runsCommand(p), catalogCommand(p), warehousesCommand(p), stateCommand(p), explainCommand(p),
		trial.DemoCommand(p.Face, Run), trial.SandboxCommand(p.Face, p.CallbackURL),
		versionCommand(p),
	)
	root.AddCommand(help.Topics()...)
}
