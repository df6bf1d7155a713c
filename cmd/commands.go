package cmd

import (
	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/trial"
)

// addCommands hangs every command below the root.
func (p *program) addCommands(root *cobra.Command) {
	root.AddCommand(
		p.connectCommand(), p.statusCommand(), p.disconnectCommand(), p.doctorCommand(),
		p.importCommand(), p.reconcileCommand(),
		p.runsCommand(), p.catalogCommand(), p.warehousesCommand(), p.stateCommand(), p.explainCommand(),
		trial.DemoCommand(p.face, Run), trial.SandboxCommand(p.face, p.callbackURL),
		p.versionCommand(),
	)
	root.AddCommand(help.Topics()...)
}
