package cmd

import "github.com/spf13/cobra"

// addCommands hangs every command below the root.
func (p *program) addCommands(root *cobra.Command) {
	root.AddCommand(
		p.versionCommand(),
	)
}
